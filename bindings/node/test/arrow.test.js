// arrow.test.js: tables of Arrow in. Where the package apache-arrow is not installed, tables of its shape alone are tried.
import assert from "node:assert/strict";
import { test } from "node:test";

import assess from "../index.js";
import { BUREAU, ITEMS } from "./support.js";

const arrow = await import("apache-arrow").catch(() => null);
const skip = arrow ? false : "apache-arrow is not installed (npm install)";

// The figures of results.test.js: 0.40 × 80 + 0.60 × 90 = 86; 0.40 × 89.9875 + 0.60 × 90 = 89.995 → 90.00 (rules/bureau.cases.lua)
const ROWS = [["8", "8", "8", "48", "8"], ["9", "9", "9", "54", "9"], ["9", "9", "9", "53.9875", "9"], ["9", "9", "9", "54", "9"]];
const SUBJECT = ["a", "a", "b", "b"], ROLE = ["peer", "leader", "peer", "leader"];
const item = (k) => ROWS.map((row) => row[k]);

/** A table of the shape of apache-arrow's, out of { name: [type, values] }. */
const shaped = (columns) => ({ schema: { fields: Object.entries(columns).map(([name, [type]]) => ({ name, type })) }, getChild: (name) => columns[name][1] });
const TEXT = { typeId: 5 }, FLOAT = { typeId: 3, precision: 2 }, SINGLE = { typeId: 3, precision: 1 };

function shapedBallots(type, convert) {
  return shaped({ subject: [TEXT, SUBJECT], role: [TEXT, ROLE], ...Object.fromEntries(ITEMS.map((id, k) => [id, [type, item(k).map(convert)]])) });
}
const people = shaped({ id: [TEXT, ["a", "b"]], name: [TEXT, ["甲", null]] });
const scores = async (tables) => [...await assess.run({ ...BUREAU, ...tables })].map((row) => row.score);

test("decimals, floats, texts and dictionaries give the same scores", async () => {
  const kinds = {
    text: [TEXT, (text) => text],
    dictionary: [{ typeId: -1, dictionary: TEXT }, (text) => text],
    decimal: [{ typeId: 7, scale: 4 }, (text) => String(Math.round(Number(text) * 10000))],
    float: [FLOAT, Number],
    single: [SINGLE, (text) => Math.fround(Number(text))],
  };
  for (const [kind, [type, convert]] of Object.entries(kinds))
    assert.deepEqual(await scores({ people, ballots: shapedBallots(type, convert) }), ["86.00", "90.00"], kind);
});

test("what cannot be a cell is a TypeError that names it", async () => {
  const wrong = (tables, pattern) => assert.rejects(assess.run({ ...BUREAU, ...tables }), (error) => error instanceof TypeError && pattern.test(error.message) ||
    assert.fail(String(error)));
  const ballots = shapedBallots(TEXT, String);
  await wrong({ people: shaped({ id: [TEXT, ["a"]], age: [TEXT, ["9"]] }), ballots }, /people: expected columns id, name, unit, start.*"age"/);
  await wrong({ people: shaped({ name: [TEXT, ["a"]] }) }, /people: expected a column id/);
  await wrong({ people, ballots: shapedBallots(FLOAT, () => 1 / 3) }, /ballots.virtue\[0\]: expected a decimal of at most 9 places/);
  await wrong({ people, ballots: shapedBallots({ typeId: 13, toString: () => "Struct" }, Object) }, /ballots.virtue: expected a column of texts.*"Struct"/);
  await wrong({ people: shaped({ id: [TEXT, ["a"]], start: [{ typeId: 10 }, [5]] }) }, /people.start\[0\]: expected a day without a time/);
  await wrong({ people: shaped({ id: [TEXT, ["a"]], start: [{ typeId: 8 }, [NaN]] }) }, /people.start\[0\]: expected a day but found NaN/);
  await wrong({ people, ballots: shaped({ subject: [TEXT, ["a"]], role: [TEXT, ["peer"]], speed: [TEXT, ["9"]] }) }, /items of the scheme but found "speed"/);
});

test("whole numbers may be ids; blank cells are blank", async () => {
  const numbers = shaped({ id: [{ typeId: 2 }, [1101, 1102n]], start: [{ typeId: 8 }, [1582934400000, null]] }); // 2020-02-29
  const result = await assess.check({ ...BUREAU, people: numbers, ballots: shaped({ subject: [{ typeId: 2 }, [1101n]], role: [TEXT, ["peer"]], virtue: [FLOAT, [NaN]] }) });
  assert.deepEqual([result.people, result.problems.filter((p) => p.id.includes("unknown"))], [2, []]);
});

test("a table of apache-arrow that came as a buffer of IPC", { skip }, async () => {
  const { Decimal, DateDay, Float64, Table, Utf8, tableFromIPC, tableToIPC, vectorFromArray } = arrow;
  const decimal = (text) => Uint32Array.of(Math.round(Number(text) * 10000), 0, 0, 0);
  const columns = Object.fromEntries(ITEMS.map((id, k) => [id, k === 3 ? vectorFromArray(item(k).map(decimal), new Decimal(4, 18, 128))
                                                                       : vectorFromArray(item(k).map(Number), new Float64())]));
  const ballots = new Table({ subject: vectorFromArray(SUBJECT), role: vectorFromArray(ROLE, new Utf8()), ...columns });
  const staff = new Table({ id: vectorFromArray(["a", "b"], new Utf8()), start: vectorFromArray([new Date("2020-02-29"), null], new DateDay()) });
  const sent = { people: tableFromIPC(tableToIPC(staff)), ballots: tableFromIPC(tableToIPC(ballots, "file")) };
  assert.deepEqual(await scores(sent), ["86.00", "90.00"]);
});
