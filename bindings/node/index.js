// index.js: performance assessments from Node.js. README.md shows the way through; index.d.ts has every name with its meaning.
import { existsSync } from "node:fs";
import os from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { ballotsOf, isArrow, peopleOf } from "./arrow.js";
import { ballots, bytes, list, people, settings, vocabulary, wrong } from "./columns.js";

const place = join(dirname(fileURLToPath(import.meta.url)), "prebuilds", `${process.platform}-${process.arch}`);

/** The libraries that libassess needs come before those that node itself carries: node has an OpenSSL and may have an SQLite of its own.
 *  Sanitizers cannot live with that: ASSESS_NO_DEEPBIND is for them. */
function open() {
  const file = join(place, "assess.node");
  if (!existsSync(file)) throw new Error(`assess: there is no build for ${process.platform}-${process.arch} (${file}): run npm run build`);
  const module = { exports: {} };
  const { RTLD_NOW, RTLD_DEEPBIND = 0 } = os.constants.dlopen;
  process.dlopen(module, file, RTLD_NOW | (process.env.ASSESS_NO_DEEPBIND ? 0 : RTLD_DEEPBIND));
  return module.exports;
}

const native = open();

export class AssessError extends Error {
  constructor(fields) {
    const at = fields.file ? `${fields.file}${fields.line ? `:${fields.line}` : ""}: ` : "";
    super(`${at}${fields.en}${fields.clause ? ` (clause ${fields.clause})` : ""}`);
    this.name = "AssessError";
    this.code = fields.id;
    this.status = fields.status;
    this.id = fields.id;
    this.zh = fields.zh;
    this.en = fields.en;
    this.file = fields.file || null;
    this.line = fields.line || null;
    this.column = fields.column || null;
    this.clause = fields.clause || null;
  }
}
native.useErrors(AssessError);

// ---- arguments ----

function choice(value, names, what) {
  if (value === undefined) return 0;
  const number = names.indexOf(value);
  return number >= 0 ? number : wrong(what, names.map((n) => `"${n}"`).join(" or "), value);
}
const languageOf = (value) => choice(value, ["zh", "en"], "language");
const formatOf = (value) => choice(value, ["text", "json"], "format");

function whole(value, what, most = 1 << 20) {
  if (value === undefined) return 0;
  return Number.isInteger(value) && value >= 0 && value <= most ? value : wrong(what, `a whole number from 0 to ${most}`, value);
}

function need(text, what) {
  return bytes(text ?? wrong(what, "a string", text), what);
}

function optionsOf(options) {
  if (options === undefined) return {};
  return typeof options === "object" && options !== null ? options : wrong("options", "an object", options);
}

/** The rules that came with the package; a build in the source tree has them there. */
export const rulesFolder = [join(place, "rules"), join(dirname(fileURLToPath(import.meta.url)), "..", "..", "rules")].find(existsSync) ?? null;

function loadArguments(rules, options) {
  return {
    rules: need(rules, "rules"),
    folders: list(options.folders ?? (rulesFolder ? [rulesFolder] : []), "folders"),
    settings: settings(options.settings),
    period: bytes(options.period, "period"),
    language: languageOf(options.language),
    format: formatOf(options.format),
  };
}

// ---- progress and cancelling ----

const PROGRESS_MS = 100;

/** Runs a job that reports into three numbers: cancel, done, total. They are looked at now and then, so the job never waits. */
async function watched(options, job) {
  const { signal, onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== "function") wrong("onProgress", "a function", onProgress);
  if (signal !== undefined && !(signal instanceof AbortSignal)) wrong("signal", "an AbortSignal", signal);
  signal?.throwIfAborted();
  const state = new BigInt64Array(3);
  const cancel = () => { state[0] = 1n; };
  const tell = () => onProgress(Number(state[1]), Number(state[2]));
  signal?.addEventListener("abort", cancel, { once: true });
  const timer = onProgress && setInterval(tell, PROGRESS_MS);
  try {
    const value = await job(state);
    if (onProgress) tell();
    return value;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
    signal?.removeEventListener("abort", cancel);
  }
}

// ---- schemes and results ----

const inside = Symbol("only this file makes these objects");
function guard(token, name) {
  if (token !== inside) throw new TypeError(`expected ${name} to be made by a function of this module`);
}

/** Rows as objects as well as arrays would double a large table: one function gives the cells by name. */
function withRecords(table) {
  Object.defineProperty(table, "records", {
    value: () => table.rows.map((row) => Object.fromEntries(table.columns.map((column, k) => [column.id, row[k]]))),
  });
  return table;
}

export class Scheme {
  #handle;
  #about;
  constructor(token, handle) {
    guard(token, "a Scheme");
    this.#handle = handle;
    this.#about = native.schemeAbout(handle);
  }
  get id() { return this.#about.id; }
  get period() { return this.#about.period; }
  title(language) { return languageOf(language) ? this.#about.en : this.#about.zh; }
  describe(language, format) { return native.schemeDescribe(this.#handle, languageOf(language), formatOf(format)); }
  tables() { return native.schemeTables(this.#handle); }
  table(id, language) { return withRecords(native.schemeTable(this.#handle, need(id, "id"), languageOf(language))); }
  close() { native.close(this.#handle); }
}

let handleOf;

export class Result {
  #handle;
  constructor(token, handle, problems) {
    guard(token, "a Result");
    this.#handle = handle;
    this.problems = problems;
  }
  static {
    handleOf = (result) => (#handle in Object(result) ? result.#handle : wrong("diff", "a Result", result));
  }
  get length() { return native.resultCount(this.#handle); }
  row(index, language) {
    const { length } = this;
    if (!Number.isInteger(index) || index < 0 || index >= length) wrong("index", `a number below ${length}`, index);
    const [id, name, unit, status, score, grade, flags, reasons, rank] = native.resultRow(this.#handle, index, languageOf(language));
    return { id, name, unit, status, score: score || null, grade: grade || null, rank: rank || null, flags, reasons };
  }
  *rows(language) {
    for (let k = 0, count = this.length; k < count; k++) yield this.row(k, language);
  }
  [Symbol.iterator]() { return this.rows(); }
  csv(language) { return native.resultCsv(this.#handle, languageOf(language)); }
  writeCsv(path, options) {
    const { language, force } = optionsOf(options);
    native.resultWriteCsv(this.#handle, need(path, "path"), languageOf(language), force ? 1 : 0);
  }
  summary(language, format) { return native.resultSummary(this.#handle, languageOf(language), formatOf(format)); }
  tables() { return native.resultTables(this.#handle); }
  table(id, language) { return withRecords(native.resultTable(this.#handle, need(id, "id"), languageOf(language))); }
  explain(id, options) {
    const { language, format, smallestGroup } = optionsOf(options);
    return native.resultExplain(this.#handle, need(id, "id"), languageOf(language), formatOf(format), whole(smallestGroup, "smallestGroup"));
  }
  async seal(path, options) {
    const given = optionsOf(options);
    const about = { path: need(path, "path"), language: languageOf(given.language), force: Boolean(given.force), threads: whole(given.threads, "threads", 1024) };
    return watched(given, (state) => native.seal(this.#handle, { ...about, state }));
  }
  close() { native.close(this.#handle); }
}
for (const Class of [Scheme, Result]) if (Symbol.dispose) Class.prototype[Symbol.dispose] = Class.prototype.close;

// ---- functions ----

export const version = () => native.version();

export async function load(rules, options) {
  return new Scheme(inside, await native.load(loadArguments(rules, optionsOf(options))));
}

export async function test(rules, options) {
  return native.test(loadArguments(rules, optionsOf(options)));
}

function paths(inputs) {
  if (inputs === undefined) return undefined;
  return list(typeof inputs === "string" ? [inputs] : inputs, "inputs");
}

/** Options with tables of Arrow as columns. */
function withColumns(given) {
  if (!isArrow(given.people) && !isArrow(given.ballots)) return given;
  return { ...given, people: isArrow(given.people) ? peopleOf(given.people) : given.people,
           ballots: isArrow(given.ballots) ? ballotsOf(given.ballots) : given.ballots };
}

async function work(options, readiness) {
  const given = withColumns(optionsOf(options));
  const threads = whole(given.threads, "threads", 1024);
  const inputs = { paths: paths(given.inputs), ignored: list(given.ignore, "ignore"), people: people(given.people) };
  if (given.ballots !== undefined && given.people === undefined) wrong("people", "columns, as ballots are given", given.people);
  return watched(given, async (state) => {
    const handle = await native.load(loadArguments(given.rules, given));
    try {
      const words = given.ballots && vocabulary((id) => native.schemeTable(handle, bytes(id), 1));
      return await native.run(handle, {
        ...inputs, threads, readiness, state, ballots: given.ballots && ballots(given.ballots, words, given.people.id),
        hashes: Boolean(given.hashInputs), language: languageOf(given.language), format: formatOf(given.format),
      });
    } finally {
      native.close(handle);
    }
  });
}

export async function run(options) {
  const { handle, problems } = await work(options, false);
  return new Result(inside, handle, problems);
}

export const check = async (options) => work(options, true);

export async function verify(path, options) {
  const given = optionsOf(options);
  return native.verify({ path: need(path, "path"), anchor: bytes(given.anchor, "anchor"), language: languageOf(given.language), format: formatOf(given.format) });
}

export async function replay(path) {
  const { handle, language } = await native.replay({ path: need(path, "path") });
  return { result: new Result(inside, handle, []), language: language ? "en" : "zh" };
}

export const anchor = (path) => native.anchor(need(path, "path"));

export function diff(first, second, options) {
  const { language, format } = optionsOf(options);
  return native.diff(handleOf(first), handleOf(second), languageOf(language), choice(format, ["text", "json", "csv"], "format"));
}

export default { version, load, test, run, check, verify, replay, anchor, diff, rulesFolder, AssessError, Scheme, Result };
