// overhead.js: what one call costs, as tests/bench/call_bench.c measures it; bindings/README.md has the figures. Run by hand: node test/overhead.js
import assess from "../index.js";
import { BUREAU, YEAR_END } from "./support.js";

const run = () => assess.run({ ...BUREAU, inputs: YEAR_END, threads: 1 });
const now = () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
const result = await run();
const line = (name, ms, times) => console.log(`${name.padEnd(40)} ${((ms * 1e6) / times).toFixed(0).padStart(12)} ns`);

function measure(name, times, f) {
  let best = Infinity;
  for (let again = 0; again < 5; again++) {
    const start = now();
    for (let k = 0; k < times; k++) f(k);
    best = Math.min(best, now() - start);
  }
  line(name, best, times);
}

measure("count: a number", 1e6, () => result.length);
measure("row: nine fields", 2e5, (k) => result.row(k % result.length));
measure("explain of nobody: an error", 2e4, () => { try { result.explain("nobody"); } catch { /* it is what is measured */ } });
measure("explain: a text", 2000, () => result.explain("1602"));
let best = Infinity;
for (let again = 0; again < 5; again++) {
  const start = now();
  for (let k = 0; k < 20; k++) (await run()).close();
  best = Math.min(best, now() - start);
}
line("run: 180 people from 14 files", best, 20);
