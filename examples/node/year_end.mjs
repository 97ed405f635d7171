// year_end.mjs: runs a batch, prints who is excellent, and explains the first of them.
//
//     node year_end.mjs INPUT_FOLDER [RULES_FOLDER]
import { AssessError, run, rulesFolder } from "assess";

const [inputs, rules = rulesFolder] = process.argv.slice(2);
try {
  const result = await run({ rules: "bureau", folders: [rules], period: "2026", inputs });
  const excellent = [...result.rows("en")].filter((row) => row.grade === "excellent");
  for (const row of excellent) console.log(`${row.id.padEnd(8)} ${row.score} ${row.name} (rank ${row.rank})`);
  if (excellent.length) console.log(`\n${result.explain(excellent[0].id, { language: "en" })}`);
  result.close();
} catch (error) {
  if (!(error instanceof AssessError)) throw error;
  for (const problem of error.problems ?? []) console.error(`${problem.file}:${problem.row}: ${problem.en}`);
  console.error(error.message);
  process.exitCode = error.status;
}
