// fuzz.test.js: calls in any order, at once and one after the other, with what they want and with what they do not: values or errors, never a
// crash. The seed is fixed.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import assess, { AssessError, Result, Scheme } from "../index.js";
import { BUREAU, ITEMS, SOURCE } from "./support.js";

const SMALL = join(SOURCE, "tests", "conformance", "tables", "small");
const STEPS = Number(process.env.ASSESS_FUZZ_STEPS ?? 12000);
const small = () => assess.run({ ...BUREAU, inputs: SMALL, hashInputs: true });

/** Numbers from 0 to 1, the same for a seed: mulberry32. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const detached = new BigInt64Array(2);
structuredClone(detached, { transfer: [detached.buffer] });

const JUNK = [undefined, null, true, -1, 0, 1, 2, 99, 2 ** 31, 2 ** 53, 0.5, NaN, Infinity, 5n, 2n ** 70n, "", "zh", "\0", "\ud800", "人员", [], [1], ["\0"], {},
  Symbol("x"), () => { throw new Error("mine"); }, new Uint8Array(3), new BigInt64Array(2), detached, new Date(NaN), Object.create(null), new Proxy({}, {}),
  { get rules() { throw new Error("mine"); } }, { toString() { throw new Error("mine"); } }, globalThis, Promise.resolve()];

class Walk {
  constructor(seed, folder, pool) {
    Object.assign(this, { draw: random(seed), folder, pool, counts: { values: 0, failures: 0, errors: 0 } });
  }
  pick(list) { return list[Math.floor(this.draw() * list.length)]; }
  value(kind) {
    if (this.draw() < 0.1) return this.pick(JUNK);
    if (this.draw() < 0.05) return undefined;
    if (this.pool[kind]) return this.pick(this.pool[kind]);
    return this.pick(this.makes[kind]());
  }
  makes = {
    language: () => ["zh", "en"], format: () => ["text", "json", "csv"], id: () => ["001", "002", "nobody"], number: () => [0, 1, 2, 3, -1],
    table: () => ["results", "items", "roles", "grades", "nothing"], rules: () => ["bureau", "five-star", "nothing", "a/b.lua"],
    path: () => [join(this.folder, "a.db"), join(this.folder, "b.db"), SMALL],
    load: () => [BUREAU, { folders: BUREAU.folders }, { ...BUREAU, period: "x" }, { ...BUREAU, settings: { rounding: "whole" } }],
    options: () => [{}, { language: "en", format: "json" }, { force: true }, { threads: 2 }, { anchor: `1:${"0".repeat(64)}` }, { smallestGroup: 3 },
                    { signal: AbortSignal.abort() }, { onProgress: () => this.pick(this.pool.result).close() }],
    run: () => [{ ...BUREAU, inputs: SMALL }, { ...BUREAU, inputs: SMALL, hashInputs: true }, { ...BUREAU, inputs: ["/nowhere"] }, { ...BUREAU },
                { ...BUREAU, inputs: SMALL, signal: this.aborting() }, { ...BUREAU, ...this.columns() }, { ...BUREAU, people: this.arrow(["id", "start"]), ballots: this.arrow(["subject", "role", ...ITEMS]) },
                { ...BUREAU, inputs: SMALL, threads: this.value("number") }],
  };
  aborting() {
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    return controller.signal;
  }
  /** Of the shape of a table of Arrow; the cells are seldom of the type that its columns say. */
  arrow(names) {
    const type = () => ({ typeId: Math.floor(this.draw() * 12) - 1, scale: 2, precision: 2, dictionary: { typeId: 5 } });
    return { schema: { fields: names.map((name) => ({ name, type: type() })) },
             getChild: () => this.pick([["a", "b"], ["peer", "leader"], [9.5, NaN], [950n, 5n], [1e300, -1], [null, undefined], JUNK, null]) };
  }
  columns() {
    const cells = () => this.pick([[9, 9], ["9.5", null], new BigInt64Array(2), new BigInt64Array(3), detached, this.value("number")]);
    return { people: { id: ["a", "b"], name: this.pick([undefined, ["x", null], ["x"]]), start: this.pick([undefined, new Int32Array(2), ["2020-01-01", ""]]) },
             ballots: { subject: this.pick([["a", "b"], new Uint32Array(2), Uint32Array.of(7, 2 ** 31)]), rater: this.pick([undefined, new Uint32Array(2), [null, "r"]]),
                        role: this.pick([["peer", "leader"], new Uint8Array(2), Uint8Array.of(9, 255)]), scale: this.value("number"),
                        values: Object.fromEntries(ITEMS.map((item) => [item, cells()])) } };
  }
  async step() {
    const [of, name, kinds, gives] = this.pick(CALLS);
    const where = of ? this.pick(this.pool[of]) : assess;
    const args = kinds.map((kind) => this.value(kind));
    try {
      const member = where[name];
      let value = typeof member === "function" ? member.apply(this.draw() < 0.97 ? where : this.pick(JUNK), args) : member;
      if (value?.then) value = this.draw() < 0.5 ? await value : (value.catch(() => {}), undefined); // half of them go on beside the next calls
      if (name === "rows") value = [...value];
      if (gives && value) this.keep(gives, value.result ?? value);
      this.counts.values++;
    } catch (error) {
      this.counts[error instanceof AssessError ? "failures" : "errors"]++;
      if (error instanceof AssessError) assert.ok(error.status >= 1 && error.status <= 4 && error.id && error.zh && error.en, `${name}: ${error.id}`);
    }
  }
  keep(kind, value) {
    const list = this.pool[kind];
    if (value instanceof (kind === "result" ? Result : Scheme)) list[Math.floor(this.draw() * 4)] = value;
  }
}

/** Of which object, function, what it takes, what it gives. */
const CALLS = [
  [null, "version", []], [null, "load", ["rules", "load"], "scheme"], [null, "test", ["rules", "load"]], [null, "run", ["run"], "result"], [null, "check", ["run"]],
  [null, "verify", ["path", "options"]], [null, "replay", ["path"], "result"], [null, "anchor", ["path"]], [null, "diff", ["result", "result", "options"]],
  ["scheme", "id", []], ["scheme", "period", []], ["scheme", "title", ["language"]], ["scheme", "describe", ["language", "format"]], ["scheme", "tables", []],
  ["scheme", "table", ["table", "language"]], ["scheme", "close", []],
  ["result", "length", []], ["result", "row", ["number", "language"]], ["result", "rows", ["language"]], ["result", "csv", ["language"]],
  ["result", "writeCsv", ["path", "options"]], ["result", "summary", ["language", "format"]], ["result", "tables", []], ["result", "table", ["table", "language"]],
  ["result", "explain", ["id", "options"]], ["result", "seal", ["path", "options"]], ["result", "close", []],
];

test("every function is called", () => {
  const known = (of) => new Set(CALLS.filter(([where]) => where === of).map(([, name]) => name));
  const members = (Class) => Object.getOwnPropertyNames(Class.prototype).filter((name) => name !== "constructor");
  assert.deepEqual(known("scheme"), new Set(members(Scheme)));
  assert.deepEqual(known("result"), new Set(members(Result)));
  assert.deepEqual(known(null), new Set(Object.keys(assess).filter((name) => typeof assess[name] === "function" && !/^[A-Z]/.test(name))));
});

test("any calls in any order are values or errors", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "assess-"));
  const before = process.cwd();
  t.after(() => { process.chdir(before); rmSync(folder, { recursive: true, force: true }); });
  process.chdir(folder); // names of files are among what is tried
  const pool = { scheme: [], result: [] };
  const walk = new Walk(20261126, folder, pool);
  for (let step = 0; step < STEPS; step++) {
    if (step % 200 === 0) { // most objects are closed by then
      const [scheme, result] = await Promise.all([assess.load("bureau", BUREAU), small()]);
      for (let k = 0; k < 4; k++) Object.assign(pool.scheme, { [k]: scheme }), Object.assign(pool.result, { [k]: result });
      globalThis.gc?.();
    }
    await walk.step();
  }
  for (const [what, count] of Object.entries(walk.counts)) assert.ok(count > STEPS / 50, `${what}: ${count}`);
  assert.equal((await small()).length, 2); // tests/conformance/tables/small has two people
});

test("a worker may be ended in the middle of its calls", async () => {
  const code = `const { parentPort, workerData: w } = require("node:worker_threads");
    import(w.module).then(async ({ run }) => {
      for (let k = 0; ; k++) {
        const running = [run(w.options), run(w.options)];
        if (k === 1) parentPort.postMessage("at work");
        await Promise.all(running);
      }
    });`;
  for (let k = 0; k < 8; k++) {
    const worker = new Worker(code, { eval: true, workerData: { module: new URL("../index.js", import.meta.url).href, options: { ...BUREAU, inputs: SMALL } } });
    await new Promise((done, failed) => worker.on("message", done).on("error", failed));
    await worker.terminate();
  }
  assert.equal((await small()).length, 2);
});
