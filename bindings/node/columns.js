// columns.js: what a caller gives, as the columns that the addon takes. Whatever is wrong with it is a TypeError that names the place.

const BLANK = -(2n ** 63n);
const ANONYMOUS = 0xffffffff;
const NO_DAY = -(2 ** 31);
const MOST_PLACES = 9;

export function wrong(where, expected, found) {
  const text = typeof found === "string" ? JSON.stringify(found) : typeof found === "bigint" ? `${found}n` : String(found);
  throw new TypeError(`${where}: expected ${expected} but found ${text}`);
}

function checkText(text, where) {
  if (typeof text !== "string") wrong(where, "a string", text);
  if (text.includes("\0")) throw new TypeError(`${where}: expected a text without a zero byte`);
}

/** A text as bytes that end in NUL; undefined stays what it is. */
export function bytes(text, where) {
  if (text === undefined || text === null) return undefined;
  checkText(text, where);
  return Buffer.from(`${text}\0`);
}

/** A list of texts as one run of bytes; undefined when it is empty. */
export function list(texts, where) {
  if (texts === undefined || texts === null) return undefined;
  if (!Array.isArray(texts)) wrong(where, "a list of strings", texts);
  for (const text of texts) checkText(text, where);
  return texts.length ? Buffer.from(`${texts.join("\0")}\0`) : undefined;
}

/** { NAME: value } as texts NAME=value. A fraction has to be a string: 0.25 is exact by chance, 0.1 is not. */
export function settings(values) {
  if (values === undefined) return undefined;
  if (typeof values !== "object" || values === null || Array.isArray(values)) wrong("settings", "an object { NAME: \"value\" }", values);
  return list(Object.entries(values).map(([name, value]) => {
    const fine = typeof value === "string" || typeof value === "bigint" || Number.isSafeInteger(value);
    return `${name}=${fine ? value : wrong(`settings.${name}`, "a string or a whole number", value)}`;
  }), "settings");
}

// ---- people ----

function dayNumber(text, where) {
  if (text === "" || text === null || text === undefined) return NO_DAY;
  const found = typeof text === "string" && /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  const time = found ? Date.UTC(found[1], found[2] - 1, found[3]) : NaN;
  if (!found || new Date(time).toISOString().slice(0, 10) !== text) wrong(where, 'a day such as "2026-03-04"', text);
  return time / 86400000;
}

function column(values, count, where, map) {
  if (values === undefined || values === null) return undefined;
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) wrong(where, "a column", values);
  if (values.length !== count) wrong(where, `a column of ${count}`, values.length);
  return map(values);
}

function starts(values) {
  return values instanceof Int32Array ? values.slice() : Int32Array.from(values, (day, k) => dayNumber(day, `people.start[${k}]`));
}

/** { id: […], name?: […], unit?: […], start?: […] } */
export function people(given) {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null || !Array.isArray(given.id)) wrong("people", "columns { id: […], … }", given);
  const count = given.id.length;
  const texts = (name) => column(given[name], count, `people.${name}`, (v) => list(Array.from(v, (t) => t ?? ""), `people.${name}`));
  return count ? { id: list(given.id, "people.id"), name: texts("name"), unit: texts("unit"),
                   start: column(given.start, count, "people.start", starts) } : undefined;
}

// ---- ballots ----

/** "9.50" is [950n, 2]. */
function digits(value, where) {
  if (typeof value === "bigint") return [fitting(value), 0];
  if (Number.isSafeInteger(value)) return [BigInt(value), 0];
  const found = typeof value === "string" && /^(-?)(\d+)(?:\.(\d*))?$/.exec(value);
  const part = found?.[3] ?? "";
  if (!found || part.length > MOST_PLACES || found[2].length + part.length > 18)
    wrong(where, `a whole number, or a decimal as a string such as "9.5", of at most ${MOST_PLACES} places`, value);
  return [BigInt(`${found[1]}${found[2]}${part}`), part.length];
}

function numbers(values, Type, known, what, where) {
  if (values instanceof Type) return values.slice();
  return Type.from(values, (value, k) => known.get(value) ?? wrong(`${where}[${k}]`, what, value));
}

function raters(values) {
  if (values instanceof Uint32Array) return values.slice();
  const known = new Map();
  return Uint32Array.from(values, (rater) => {
    if (rater === null || rater === undefined || rater === "") return ANONYMOUS;
    if (!known.has(rater)) known.set(rater, known.size);
    return known.get(rater);
  });
}

/** One item: coefficients and their places, or a typed array with the scale that the caller names. */
function valueColumn(item, values, where) {
  if (values instanceof BigInt64Array) return { cells: values };
  const cells = [], places = [];
  values.forEach((value, k) => {
    const blank = value === null || value === undefined || value === "";
    const option = !blank && item.options.size ? item.options.get(value) ?? wrong(`${where}[${k}]`, "the id of an option", value) : undefined;
    const [digit, behind] = blank ? [BLANK, -1] : option === undefined ? digits(value, `${where}[${k}]`) : [option, -1];
    cells.push(digit);
    places.push(behind);
  });
  return { cells, places };
}

/** A typed array would wrap around in silence. */
function fitting(value) {
  return BigInt.asIntN(64, value) === value ? value : wrong("ballots.values", "figures that fit into 64 bits with the places of all others", value);
}

function scaled({ cells, places }, scale, into, from) {
  into.set(cells, from);
  if (!places) return;
  for (let k = 0; k < cells.length; k++)
    if (places[k] >= 0 && places[k] < scale) into[from + k] = fitting(cells[k] * 10n ** BigInt(scale - places[k]));
}

function allValues(given, items, count) {
  if (typeof given.values !== "object" || given.values === null) wrong("ballots.values", "an object { ITEM: column }", given.values);
  for (const name of Object.keys(given.values))
    if (!items.some((item) => item.id === name)) wrong("ballots.values", "items of the scheme", name);
  const empty = new Array(count).fill(null);
  const columns = items.map((item) => valueColumn(item, column(given.values[item.id], count, `ballots.values.${item.id}`, (v) => v) ?? empty,
                                                  `ballots.values.${item.id}`));
  const typed = columns.some((one) => !one.places);
  if (typed && !(Number.isInteger(given.scale) && given.scale >= 0 && given.scale <= MOST_PLACES))
    wrong("ballots.scale", `the places of the typed arrays, 0 to ${MOST_PLACES}`, given.scale);
  const most = columns.reduce((top, one) => (one.places ?? []).reduce((a, b) => Math.max(a, b), top), typed ? given.scale : 0);
  if (typed && most > given.scale) wrong("ballots.scale", `at least ${most} places, as other columns have`, given.scale);
  return { columns, scale: most };
}

/** { subject, rater?, role, values: { ITEM: column }, scale? } by the roles and items of the scheme and the people given with them. */
export function ballots(given, scheme, peopleIds) {
  if (given === undefined) return undefined;
  if (typeof given !== "object" || given === null) wrong("ballots", "columns { subject, role, values }", given);
  const count = given.subject?.length;
  if (!Number.isInteger(count)) wrong("ballots.subject", "a column", given.subject);
  const subjects = new Map();
  if (!(given.subject instanceof Uint32Array)) peopleIds.forEach((id, k) => subjects.has(id) || subjects.set(id, k));
  const { columns, scale } = allValues(given, scheme.items, count);
  const values = new BigInt64Array(columns.length * count);
  columns.forEach((one, k) => scaled(one, scale, values, k * count));
  return {
    count, items: columns.length, scale, values,
    subject: numbers(given.subject, Uint32Array, subjects, "the id of somebody in people", "ballots.subject"),
    rater: column(given.rater, count, "ballots.rater", raters),
    role: column(given.role ?? wrong("ballots.role", "a column", given.role), count, "ballots.role",
                 (v) => numbers(v, Uint8Array, scheme.roles, "a role of the scheme", "ballots.role")),
  };
}

/** What ballots refer to, out of the tables of a scheme. */
export function vocabulary(tableOf) {
  const cells = (table) => table.rows.map((row) => Object.fromEntries(table.columns.map((c, k) => [c.id, row[k]])));
  const items = cells(tableOf("items")).map(({ id }) => ({ id, options: new Map() }));
  for (const { item, id } of cells(tableOf("options"))) {
    const { options } = items.find((one) => one.id === item);
    options.set(id, BigInt(options.size));
  }
  return { items, roles: new Map(cells(tableOf("roles")).map(({ id }, k) => [id, k])) };
}
