// overhead.js: what one call costs, for README.md. Run by hand: node test/overhead.js
import { performance } from "node:perf_hooks";

import assess from "../index.js";
import { BUREAU, YEAR_END } from "./support.js";

const result = await assess.run({ ...BUREAU, inputs: YEAR_END });
const line = (name, ms, times) => console.log(`${name.padEnd(44)} ${(ms * 1000 / times).toFixed(3).padStart(10)} µs`);

function measure(name, times, f) {
  let best = Infinity;
  for (let again = 0; again < 5; again++) {
    const start = performance.now();
    for (let k = 0; k < times; k++) f(k);
    best = Math.min(best, performance.now() - start);
  }
  line(name, best, times);
}

measure("result.length, a number", 1e6, () => result.length);
measure("version(), a text", 1e6, () => assess.version());
measure("result.row(k), an object of nine", 1e5, (k) => result.row(k % result.length));
measure("result.table(x), an AssessError", 2e4, () => { try { result.table("x"); } catch { /* it is what is measured */ } });
const start = performance.now();
for (let k = 0; k < 20; k++) (await assess.run({ ...BUREAU, inputs: YEAR_END })).close();
line("run() of the example, 180 people", performance.now() - start, 20);
