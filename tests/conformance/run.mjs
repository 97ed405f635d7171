// run.mjs: the cases of cases.tsv and the calls of calls.tsv through the package for Node.js; README.md says what it writes.
//
//     node run.mjs PACKAGE/index.js SOURCE OUT
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [module, source, out] = process.argv.slice(2);
const { default: assess, AssessError } = await import(pathToFileURL(resolve(module)).href);
const folders = [join(source, "rules")];

function readTable(name) {
  const [head, ...lines] = readFileSync(join(source, "tests", "conformance", name), "utf8").split("\n").filter(Boolean).map((line) => line.split("\t"));
  return lines.filter(([first]) => !first.startsWith("#")).map((fields) => Object.fromEntries(head.map((key, k) => [key, fields[k] ?? ""])));
}

const words = (text) => text.split(" ").filter(Boolean);
// { NAME: VALUE }: a setting named twice cannot be said here.
const settingsOf = (text) => Object.fromEntries(words(text).map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
const write = (name, ending, bytes) => writeFileSync(join(out, `${name}.${ending}`), bytes);

function about(c, more = "") {
  return { rules: c.rules, folders, period: c.period, settings: settingsOf(`${c.settings} ${more}`), ignore: words(c.ignored),
           inputs: words(c.inputs), language: c.language };
}
const run = (c, more, extra) => assess.run({ ...about(c, more), ...extra });

/** "STATUS ID"; anything but the library's own error is a mistake of this runner. */
function said(error) {
  if (!(error instanceof AssessError)) throw error;
  return `${error.status} ${error.id}\n`;
}

async function runCase(c) {
  let outcome = "0 \n", problems = [];
  try {
    const result = await run(c);
    problems = result.problems;
    write(c.name, "results.csv", result.csv(c.language));
    if (c.explain_id) write(c.name, "explain.json", result.explain(c.explain_id, { language: c.language, format: "json" }));
  } catch (error) {
    outcome = said(error);
    problems = error.problems ?? problems;
  }
  write(c.name, "outcome.txt", outcome);
  write(c.name, "problems.txt", problems.map(({ id, row }) => `${id}:${row}\n`).join(""));
}

const load = (c) => assess.load(c.rules, about(c));

function tableText({ id, title, note, columns, rows }) {
  const lines = [[id, title, note], ...columns.map((column) => [column.id, column.title, column.cells]), ...rows];
  return lines.map((cells) => `${cells.join("\t")}\n`).join("");
}

const stopped = new Error("stopped");

/** Each gives the bytes of its output. */
const calls = {
  async problems(c) {
    const { report } = await assess.check({ ...about(c), format: "json" });
    return report;
  },
  async readiness(c) {
    const result = await assess.check({ ...about(c), format: "json" });
    return `${result.open}\n${result.readiness}`;
  },
  async scheme(c) {
    return (await load(c)).describe(c.language, "json");
  },
  async cases(c) {
    const { passed, failed, report } = await assess.test(c.rules, { folders, language: c.language });
    return `${passed} ${failed}\n${report}`;
  },
  async summary(c) {
    return (await run(c, "", { hashInputs: true })).summary(c.language, "json");
  },
  async explain(c, id) {
    return (await run(c)).explain(id, { language: c.language });
  },
  async rows(c) {
    const rows = [...(await run(c)).rows(c.language)];
    return rows.map((r) => `${[r.id, r.name, r.unit, r.status, r.score ?? "", r.grade ?? "", r.rank ?? "", r.flags, r.reasons].join("\t")}\n`).join("");
  },
  async table(c, id) {
    return tableText((await run(c)).table(id, c.language));
  },
  async scheme_table(c, id) {
    return tableText((await load(c)).table(id, c.language));
  },
  async diff(c, settings) {
    const { text, moved } = assess.diff(await run(c), await run(c, settings), { language: c.language, format: "json" });
    return `${moved}\n${text}`;
  },
  async seal(c) {
    const path = join(out, "sealed.db");
    const anchor = await (await run(c, "", { hashInputs: true })).seal(path, { language: c.language });
    const same = assess.anchor(path) === anchor ? "same" : "other";
    if (!(await assess.verify(path, { anchor, language: c.language })).verified) throw new Error("a fresh seal does not verify");
    const wrong = await assess.verify(path, { anchor: `1:${"0".repeat(64)}`, language: "en" });
    const { result, language } = await assess.replay(path);
    rmSync(path);
    return Buffer.concat([Buffer.from(`${same} ${wrong.error.status}\n`), result.csv(language)]);
  },
  /** An AbortSignal gives its own reason, not an error of the library. */
  async cancel(c) {
    const controller = new AbortController();
    const running = run(c, "", { signal: controller.signal });
    controller.abort(stopped);
    return running.then(() => "", (error) => (error === stopped ? "2 call.cancelled\n" : `${error}`));
  },
};

const cases = readTable("cases.tsv");
for (const c of cases) await runCase(c);
for (const { name, case: of, call, argument } of readTable("calls.tsv"))
  write(name, "call", await calls[call](cases.find((c) => c.name === of), argument).catch(said));
