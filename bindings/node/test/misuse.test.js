// misuse.test.js: whatever a program does wrong is an error that it can read, never a crash.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import assess, { AssessError, Result, Scheme } from "../index.js";
import { BUREAU, ITEMS, YEAR_END } from "./support.js";

const full = () => assess.run({ ...BUREAU, inputs: YEAR_END });
const refused = (promise, status, extra = {}) => assert.rejects(promise, (error) => {
  assert.ok(error instanceof AssessError && error instanceof Error, String(error));
  assert.equal(error.status, status, String(error));
  assert.ok(error.id && error.code === error.id && error.zh && error.message.includes(error.en));
  for (const [name, value] of Object.entries(extra)) assert.equal(error[name], value);
  return true;
});
const typeError = (f, pattern) => assert.rejects(async () => f(), (error) => error instanceof TypeError && pattern.test(error.message) ||
  assert.fail(`expected a TypeError like ${pattern} but found ${error}`));

test("arguments of wrong types", async () => {
  await typeError(() => assess.load(5), /rules: expected a string but found 5/);
  await typeError(() => assess.load(), /rules/);
  await typeError(() => assess.load("bur\0eau"), /zero byte/);
  await typeError(() => assess.load("bureau", { folders: "rules" }), /folders: expected a list/);
  await typeError(() => assess.load("bureau", { folders: [1] }), /folders: expected a string/);
  await typeError(() => assess.load("bureau", { settings: { share: 0.25 } }), /settings.share: expected a string or a whole number/);
  await typeError(() => assess.run(null), /options/);
  await typeError(() => assess.run({ ...BUREAU, threads: -1 }), /threads: expected a whole number/);
  await typeError(() => assess.run({ ...BUREAU, inputs: [{}] }), /inputs: expected a string/);
  await typeError(() => assess.run({ ...BUREAU, language: "fr" }), /language: expected "zh" or "en"/);
  await typeError(() => assess.run({ ...BUREAU, inputs: YEAR_END, signal: {} }), /signal/);
  await typeError(() => assess.run({ ...BUREAU, inputs: YEAR_END, onProgress: 1 }), /onProgress/);
  await typeError(() => new Result(), /made by a function/);
  await typeError(() => new Scheme({}, {}), /made by a function/);
  await typeError(() => assess.diff({}, {}), /expected a Result/);
  await typeError(() => Result.prototype.csv.call({}), /./);
});

test("columns that cannot be", async () => {
  const run = (people, ballots) => () => assess.run({ ...BUREAU, people, ballots });
  const id = ["a"], one = { subject: ["a"], role: ["peer"], values: {} };
  await typeError(run({}), /people: expected columns/);
  await typeError(run({ id, name: ["x", "y"] }), /people.name: expected a column of 1 but found 2/);
  await typeError(run({ id, start: ["2026-02-30"] }), /people.start\[0\]: expected a day/);
  await typeError(run({ id, start: new Int32Array(2) }), /people.start/);
  await typeError(run({ id: [1] }), /people.id: expected a string/);
  await typeError(run(undefined, one), /people: expected columns/);
  await typeError(run({ id }, { ...one, subject: ["z"] }), /ballots.subject\[0\]: expected the id of somebody/);
  await typeError(run({ id }, { ...one, role: ["boss"] }), /ballots.role\[0\]: expected a role/);
  await typeError(run({ id }, { ...one, role: undefined }), /ballots.role: expected a column/);
  await typeError(run({ id }, { ...one, values: { speed: [1] } }), /items of the scheme but found "speed"/);
  await typeError(run({ id }, { ...one, values: { virtue: [9.5] } }), /ballots.values.virtue\[0\]: expected a whole number, or a decimal as a string/);
  await typeError(run({ id }, { ...one, values: { virtue: ["9,5"] } }), /ballots.values.virtue/);
  await typeError(run({ id }, { ...one, values: { virtue: ["1.0123456789"] } }), /at most 9 places/);
  await typeError(run({ id }, { ...one, values: { virtue: BigInt64Array.of(9n) } }), /ballots.scale/);
  await typeError(run({ id }, { ...one, values: { virtue: [2n ** 64n + 9n] } }), /64 bits/);
  await typeError(run({ id }, { ...one, values: { virtue: [10n ** 17n], ability: ["0.001"] } }), /64 bits/);
  await typeError(run({ id }, { ...one, values: { virtue: [1, 2] } }), /a column of 1 but found 2/);
  await refused(run({ id: [""] })(), 2);
  const values = Object.fromEntries(ITEMS.map((item) => [item, [11]]));
  await refused(run({ id }, { ...one, values })(), 1);
  await refused(run({ id }, { ...one, subject: Uint32Array.of(4000000000), values: {} })(), 1);
  await refused(run({ id }, { ...one, role: Uint8Array.of(200), values: {} })(), 1);
});

test("what the library says", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "assess-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "bad.lua");
  writeFileSync(path, 'scheme { id = "x", format = 1, subjects = "people", effective = "2020-01-01", title = { zh = "x", en = "x" }, source = { zh = "x", en = "x" } }\nclause "2"\nnonsense { }\n');
  await refused(assess.load(path), 3, { line: 3, clause: "2" });
  await refused(assess.load("nothing", BUREAU), 2);
  await refused(assess.load("bureau", { ...BUREAU, period: "last year" }), 2);
  await refused(assess.run({ ...BUREAU, period: undefined, inputs: YEAR_END }), 2);
  await refused(assess.run({ ...BUREAU, inputs: "/no/such/place" }), 1);
  await refused(assess.run({ ...BUREAU }), 1);
  await refused(assess.verify("/no/such.db"), 4);
  await refused(assess.replay(join(YEAR_END, "人员.csv")), 1);
  await refused(assess.test("nothing"), 2);
  assert.throws(() => assess.anchor(join(YEAR_END, "人员.csv")), AssessError);
  const wrong = await assess.run({ ...BUREAU, people: { id: ["a", "a"] } }).catch((error) => error);
  assert.ok(wrong.problems.some((p) => p.severity === "error") && wrong.report.includes("\n"));
});

test("the wrong state", async () => {
  const result = await full();
  await typeError(() => result.row(-1), /index/);
  await typeError(() => result.row(result.length), /index/);
  await typeError(() => result.row(0.5), /index/);
  await typeError(() => result.explain(), /id/);
  assert.throws(() => result.explain("nobody"), AssessError);
  assert.throws(() => result.table("nothing"), AssessError);
  await refused(result.seal(join(tmpdir(), "never.db")), 2);
  result.close();
  result.close();
  for (const use of [() => result.length, () => result.csv(), () => result.table("about"), () => result.seal("x.db"), () => [...result]])
    await typeError(use, /closed/);
  const scheme = await assess.load("bureau", BUREAU);
  scheme.close();
  await typeError(() => scheme.describe(), /closed/);
});

test("a result that is being sealed is left alone", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "assess-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const result = await assess.run({ ...BUREAU, inputs: YEAR_END, hashInputs: true });
  const sealing = result.seal(join(folder, "a.db"));
  for (const use of [() => result.csv(), () => result.close(), () => result.seal(join(folder, "b.db"))]) await typeError(use, /at work/);
  await sealing;
  assert.ok(result.csv().length > 0);
});

test("cancelling", async () => {
  await assert.rejects(assess.run({ ...BUREAU, inputs: YEAR_END, signal: AbortSignal.abort() }), { name: "AbortError" });
  const controller = new AbortController(), reason = new Error("enough");
  const running = assess.run({ ...BUREAU, inputs: YEAR_END, signal: controller.signal });
  controller.abort(reason);
  await assert.rejects(running, reason);
  assert.ok((await full()).length > 0, "and the next run is whole");
});

test("progress is told, at the latest at the end", async () => {
  const told = [];
  await assess.run({ ...BUREAU, inputs: YEAR_END, onProgress: (done, total) => told.push([done, total]) });
  assert.ok(told.length > 0 && told.every(([done, total]) => done >= 0 && total >= done));
});

test("the collector frees what nobody closed", async () => {
  for (let k = 0; k < 30; k++) await full();
  globalThis.gc?.();
});
