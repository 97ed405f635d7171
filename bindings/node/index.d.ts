// Performance assessments of people, exact and explained. Scores and cells of tables are strings: exact decimals, never numbers.

export type Language = "zh" | "en";
export type Format = "text" | "json";
export type Status = "assessed" | "excluded" | "incomplete";

/** What the library has to say when something fails. `message` is the English sentence with its place. */
export class AssessError extends Error {
  /** 1 input tables, 2 call, 3 rule file, 4 machine: the exit codes of the command line. */
  readonly status: 1 | 2 | 3 | 4;
  /** Language-free, such as "rules.unknown_word"; `code` is the same. */
  readonly id: string;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** The clause of the rule file that was in force. */
  readonly clause: string | null;
  /** When a rule file is loaded: everything that is wrong with it, in its order, this error first; whether there is more. */
  readonly mistakes?: AssessError[];
  readonly moreMistakes?: boolean;
  /** Of run() and check(): what is wrong with the tables, and the same in words. */
  readonly problems?: Problem[];
  readonly report?: string;
  private constructor(fields: never);
}

export interface Problem {
  severity: "error" | "notice";
  id: string;
  file: string;
  sheet: string;
  /** As a spreadsheet counts, the header is 1; 0: the whole file. */
  row: number;
  /** From 1; 0: the whole row. */
  column: number;
  header: string;
  value: string;
  zh: string;
  en: string;
}

export interface Row {
  id: string;
  name: string;
  unit: string;
  status: Status;
  /** An exact decimal, null unless assessed. */
  score: string | null;
  grade: string | null;
  rank: number | null;
  flags: string;
  reasons: string;
}

export interface Column {
  id: string;
  title: string;
  cells: "text" | "number" | "share" | "date" | "figure";
}

export interface Table {
  id: string;
  title: string;
  /** What its reader must know; "" when nothing. */
  note: string;
  columns: Column[];
  rows: string[][];
  /** The rows as objects by the ids of the columns. */
  records(): Record<string, string>[];
}

export interface SchemeOptions {
  /** Where names of rules are looked up; rulesFolder unless given. */
  folders?: string[];
  /** Parameters; a fraction as a string. */
  settings?: Record<string, string | number | bigint>;
  /** 2026, 2026-03, 2026Q1, 2026H1, 2026-01-01..2026-06-30. */
  period?: string;
}

/** People as columns of one length. */
export interface People {
  id: string[];
  name?: (string | null)[];
  unit?: (string | null)[];
  /** The first day in post: "2026-03-04", or days since 1970-01-01 with -2147483648 where empty. */
  start?: (string | null)[] | Int32Array;
}

/** A whole number, an exact decimal as a string, the id of an option, or blank. */
export type Value = number | bigint | string | null;

/** Ballots as columns of one length. */
export interface Ballots {
  /** Ids of people, or their numbers from 0. */
  subject: string[] | Uint32Array;
  /** What tells raters apart; null or 4294967295: anonymous. All are, without the column. */
  rater?: (string | number | null)[] | Uint32Array;
  /** Ids of roles, or their numbers in the scheme's order. */
  role: string[] | Uint8Array;
  /** A column for each item; blank where there is none. In a typed array: coefficients of `scale` places, numbers of options,
   *  -9223372036854775808n where blank. */
  values: Record<string, Value[] | BigInt64Array>;
  /** Places of the typed arrays, 0 to 9. */
  scale?: number;
}

/** A table of the package apache-arrow, as tableFromIPC() gives it; known by its shape. */
export interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type: unknown }[] };
  getChild(name: string): Iterable<unknown> | null;
}

export interface WatchOptions {
  threads?: number;
  /** Cancels; the promise is rejected with the signal's reason. */
  signal?: AbortSignal;
  /** Told a few times a second, and at the end. total 0: unknown. */
  onProgress?: (done: number, total: number) => void;
}

export interface RunOptions extends SchemeOptions, WatchOptions {
  /** A name, or a path with "/" or ending in ".lua". */
  rules: string;
  /** Needed here. */
  period: string;
  /** CSV files and folders. */
  inputs?: string | string[];
  /** Columns, or a table of Arrow with columns id, name, unit, start. */
  people?: People | ArrowTable;
  /** Columns, or a table of Arrow with columns subject, rater, role and one for each item, by their ids. Decimals are exact; floats are the
   *  shortest decimal that is written as them. */
  ballots?: Ballots | ArrowTable;
  /** Kinds of events that are meant to be passed over. */
  ignore?: string[];
  /** Hashes every file; needed to seal. */
  hashInputs?: boolean;
  /** Of error.report, which is always text, and of report and readiness of check(). */
  language?: Language;
  format?: Format;
}

export interface Check {
  errors: number;
  notices: number;
  people: number;
  ballots: number;
  problems: Problem[];
  /** The same as the command line shows it, in `language` and `format`. */
  report: string;
  /** What still lacks before scoring. */
  readiness: string;
  /** How many points of it are open. */
  open: number;
}

/** A rule file, loaded and checked. */
export class Scheme {
  private constructor(token: never);
  readonly id: string;
  readonly period: string;
  title(language?: Language): string;
  describe(language?: Language, format?: Format): string;
  tables(): string[];
  table(id: string, language?: Language): Table;
  close(): void;
}

/** What came out for everybody, in the order of the people. Everything but seal() is done at once, on the calling thread. */
export class Result implements Iterable<Row> {
  private constructor(token: never);
  /** Notices about the tables; [] after replay(). */
  readonly problems: Problem[];
  readonly length: number;
  row(index: number, language?: Language): Row;
  rows(language?: Language): IterableIterator<Row>;
  [Symbol.iterator](): IterableIterator<Row>;
  /** results.csv: UTF-8 with BOM, CRLF; the bytes of the command line. */
  csv(language?: Language): Buffer;
  writeCsv(path: string, options?: { language?: Language; force?: boolean }): void;
  summary(language?: Language, format?: Format): string;
  tables(): string[];
  table(id: string, language?: Language): Table;
  explain(id: string, options?: { language?: Language; format?: Format; smallestGroup?: number }): string;
  /** Seals into one file; gives the anchor "COUNT:HASH", to be kept elsewhere. Nothing else may be done with the result meanwhile. */
  seal(path: string, options?: WatchOptions & { language?: Language; force?: boolean }): Promise<string>;
  close(): void;
}

/** The folder of rules that came with the package; null when there is none. */
export const rulesFolder: string | null;
export function version(): string;
export function load(rules: string, options?: SchemeOptions): Promise<Scheme>;
/** Runs the worked cases beside a rule file. */
export function test(rules: string, options?: { folders?: string[]; language?: Language; format?: Format }):
  Promise<{ passed: number; failed: number; report: string }>;
export function run(options: RunOptions): Promise<Result>;
/** Reads the tables and says what is wrong and what lacks, without a result. */
export function check(options: RunOptions): Promise<Check>;
export function verify(path: string, options?: { anchor?: string; language?: Language; format?: Format }):
  Promise<{ verified: boolean; report: string; error?: AssessError }>;
export function replay(path: string): Promise<{ result: Result; language: Language }>;
export function anchor(path: string): string;
export function diff(first: Result, second: Result, options?: { language?: Language; format?: Format | "csv" }): { text: string; moved: number };

declare const assess: {
  version: typeof version; load: typeof load; test: typeof test; run: typeof run; check: typeof check; verify: typeof verify;
  replay: typeof replay; anchor: typeof anchor; diff: typeof diff; rulesFolder: typeof rulesFolder;
  AssessError: typeof AssessError; Scheme: typeof Scheme; Result: typeof Result;
};
export default assess;
