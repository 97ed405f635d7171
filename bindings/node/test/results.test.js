// results.test.js: what comes out, by files and by columns. The bytes of the command line are compared by tests/product/node_test.py.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Worker } from "node:worker_threads";

import assess, { AssessError } from "../index.js";
import { BUREAU, ITEMS, SOURCE, YEAR_END } from "./support.js";

const GOLDEN = join(SOURCE, "tests", "golden");

function folder(t) {
  const made = mkdtempSync(join(tmpdir(), "assess-"));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("files give the golden bytes, in both languages, in memory and on disk", async (t) => {
  const result = await assess.run({ ...BUREAU, inputs: "examples/year-end" });
  const path = join(folder(t), "results.csv");
  assert.deepEqual(result.csv(), readFileSync(join(GOLDEN, "year-end.results.csv")));
  result.writeCsv(path, { language: "en" });
  assert.deepEqual(readFileSync(path), readFileSync(join(GOLDEN, "year-end.results.en.csv")));
  assert.throws(() => result.writeCsv(path), AssessError);
  result.writeCsv(path, { force: true });
});

test("rows, tables, summary and explanation agree", async () => {
  const result = await assess.run({ ...BUREAU, inputs: "examples/year-end" });
  const table = result.table("results", "en").records();
  assert.equal(table.length, result.length);
  [...result.rows("en")].forEach((row, k) => assert.equal(row.score ?? "", table[k].score));
  assert.ok([...result].some((row) => row.score === null && row.rank === null));
  for (const id of result.tables()) for (const row of result.table(id).rows) assert.equal(row.length, result.table(id).columns.length);
  assert.equal(JSON.parse(result.summary("en", "json")).schema, "assess.result/1");
  assert.equal(result.explain("1403"), readFileSync(join(GOLDEN, "year-end.explain-1403.zh.txt"), "utf8"));
  assert.equal(result.explain("1909", { format: "json", language: "en" }).trimEnd(), readFileSync(join(GOLDEN, "year-end.explain-1909.json"), "utf8").trimEnd());
});

// 0.40 × 80 + 0.60 × 90 = 86; 0.40 × 89.9875 + 0.60 × 90 = 89.995 → 90.00 (rules/bureau.cases.lua)
const peers = [[8, 8, 8, 48, 8], ["9", 9n, "9.0", "53.9875", "9.00"]];
const leader = [9, 9, 9, 54, 9];
const columns = (rows) => Object.fromEntries(ITEMS.map((item, k) => [item, rows.map((row) => row[k])]));
const people = { id: ["a", "b"], name: ["甲", null], start: ["2020-02-29", ""] };

test("columns of plain values are exact", async () => {
  const ballots = { subject: ["a", "a", "b", "b"], rater: ["r", null, "r", 7], role: ["peer", "leader", "peer", "leader"],
                    values: columns([peers[0], leader, peers[1], leader]) };
  const result = await assess.run({ ...BUREAU, people, ballots });
  assert.deepEqual([...result].map((row) => row.score), ["86.00", "90.00"]);
});

test("columns of typed arrays give the same", async () => {
  const typed = (rows) => Object.fromEntries(ITEMS.map((item, k) => [item, BigInt64Array.from(rows, (row) => BigInt(Math.round(Number(row[k]) * 10000)))]));
  const ballots = { subject: Uint32Array.of(0, 0, 1, 1), role: Uint8Array.of(1, 2, 1, 2), scale: 4, values: typed([peers[0], leader, peers[1], leader]) };
  const start = Int32Array.of(18321, -(2 ** 31));
  const result = await assess.run({ ...BUREAU, people: { ...people, start }, ballots });
  assert.deepEqual([...result].map((row) => row.score), ["86.00", "90.00"]);
});

test("a column of typed arrays may stand beside plain ones", async () => {
  const values = { ...columns([peers[1], leader]), virtue: BigInt64Array.of(90000n, 90000n) };
  const ballots = { subject: ["b", "b"], role: ["peer", "leader"], scale: 4, values };
  assert.equal((await assess.run({ ...BUREAU, people: { id: ["b"] }, ballots })).row(0).score, "90.00");
});

test("seal, verify, replay, diff", async (t) => {
  const path = join(folder(t), "sealed.db");
  const options = { ...BUREAU, inputs: "examples/year-end", hashInputs: true };
  const result = await assess.run(options);
  const anchor = await result.seal(path);
  assert.equal(assess.anchor(path), anchor);
  assert.equal((await assess.verify(path, { anchor })).verified, true);
  const wrong = await assess.verify(path, { anchor: `1:${"0".repeat(64)}`, language: "en" });
  assert.equal(wrong.verified, false);
  assert.ok(wrong.error instanceof AssessError && wrong.report.includes("anchor"));
  const again = await assess.replay(path);
  assert.equal(again.language, "zh");
  assert.deepEqual(again.result.csv(), result.csv());
  assert.deepEqual(assess.diff(result, again.result, { format: "csv" }).moved, 0);
  const other = await assess.run({ ...options, settings: { rounding: "whole" } });
  const { text, moved } = assess.diff(result, other, { format: "csv", language: "en" });
  assert.ok(moved > 0);
  assert.equal(text, readFileSync(join(GOLDEN, "year-end.diff-whole.en.csv"), "utf8"));
});

test("schemes say what they are, and their cases pass", async () => {
  const scheme = await assess.load("bureau", BUREAU);
  assert.deepEqual([scheme.id, scheme.period], ["bureau", "2026"]);
  assert.match(scheme.title("en"), /bureau staff/);
  assert.equal(JSON.parse(scheme.describe("en", "json")).schema, "assess.scheme/1");
  for (const id of scheme.tables()) assert.equal(scheme.table(id).id, id);
  const cases = await assess.test("bureau", { folders: BUREAU.folders, language: "en" });
  assert.ok(cases.passed > 10 && cases.failed === 0, cases.report);
});

test("check() says what is wrong and what lacks", async () => {
  const fine = await assess.check({ ...BUREAU, inputs: YEAR_END, language: "en" });
  assert.deepEqual([fine.errors, fine.people], [0, 180]);
  assert.ok(fine.readiness.length > 100 && Number.isInteger(fine.open));
  const bad = await assess.check({ ...BUREAU, people: { id: ["a", "a"] } });
  assert.ok(bad.errors > 0 && bad.problems.every((p) => p.zh && p.en));
});

test("the event loop turns while a run is at work", async () => {
  const order = [];
  const running = assess.run({ ...BUREAU, inputs: YEAR_END }).then(() => order.push("run"));
  setImmediate(() => order.push("loop"));
  await running;
  assert.deepEqual(order, ["loop", "run"]);
});

test("runs side by side, in worker threads too", async () => {
  const here = Array.from({ length: 4 }, () => assess.run({ ...BUREAU, inputs: "examples/year-end" }));
  const worker = `const { parentPort, workerData: w } = require("node:worker_threads");
    import(w.module).then(async ({ run }) => parentPort.postMessage((await run(w.options)).csv()));`;
  const there = Array.from({ length: 2 }, () => new Promise((done, failed) => {
    const options = { ...BUREAU, inputs: "examples/year-end" };
    new Worker(worker, { eval: true, workerData: { module: new URL("../index.js", import.meta.url).href, options } }).on("message", done).on("error", failed);
  }));
  const golden = readFileSync(join(GOLDEN, "year-end.results.csv"));
  for (const result of await Promise.all(here)) assert.deepEqual(result.csv(), golden);
  for (const bytes of await Promise.all(there)) assert.deepEqual(Buffer.from(bytes), golden);
});
