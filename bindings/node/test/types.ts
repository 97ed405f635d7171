// types.ts: what a program in TypeScript may write, and what it may not. Compiled, never run.
import { tableFromArrays, tableFromIPC } from "apache-arrow";
import assess, { AssessError, run, type Ballots, type Row, type Table } from "../index.js";

export async function uses(): Promise<void> {
  const controller = new AbortController();
  const result = await run({ rules: "bureau", period: "2026", inputs: ["year-end/"], signal: controller.signal,
                             settings: { rounding: "whole" }, onProgress: (done: number, total: number) => void (done + total) });
  const first: Row = result.row(0, "en");
  const score: string | null = first.score;
  for (const row of result) void row.rank;
  const table: Table = result.table("grades", "en");
  const cells: Record<string, string>[] = table.records();
  const bytes: Buffer = result.csv();
  const anchor: string = await result.seal("a.db", { force: true });
  const ballots: Ballots = { subject: new Uint32Array(1), role: ["peer"], values: { virtue: new BigInt64Array(1), ability: ["9.5"] }, scale: 1 };
  await assess.check({ rules: "bureau", period: "2026", people: { id: ["a"] }, ballots });
  await run({ rules: "bureau", period: "2026", people: tableFromIPC(new Uint8Array()), ballots: tableFromArrays({ subject: ["a"] }) });
  try {
    await assess.load("x.lua");
  } catch (error) {
    if (error instanceof AssessError) void [error.status, error.clause?.length, error.problems?.[0]?.zh];
  }
  void [score, cells, bytes, anchor];

  // @ts-expect-error a period is needed
  await run({ rules: "bureau", inputs: [] });
  // @ts-expect-error a score is a text
  const wrong: number = first.score;
  // @ts-expect-error no such language
  result.csv("fr");
  // @ts-expect-error results come from run()
  new assess.Result();
  void wrong;
}
