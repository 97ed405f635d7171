// arrow.js: tables of the package apache-arrow as plain columns. They are known by their shape (schema.fields, getChild), so nothing of Arrow
// is needed here; numbers of types are those of the format's own description.
import { wrong } from "./columns.js";

const TYPE = { DICTIONARY: -1, NULL: 1, INT: 2, FLOAT: 3, TEXT: 5, BOOL: 6, DECIMAL: 7, DATE: 8, TIMESTAMP: 10, LARGE_TEXT: 20, TEXT_VIEW: 24 };
const SINGLE = 1, DOUBLE = 2; // precisions of a float
const SINGLE_DIGITS = 7, DOUBLE_DIGITS = 15;
const DAY = 86400000;

export const isArrow = (given) => typeof given?.getChild === "function" && Array.isArray(given.schema?.fields);

/** A coefficient and its places as text: -950, 2 is "-9.50". */
function decimalText(coefficient, scale) {
  const sign = coefficient.startsWith("-") ? "-" : "";
  const digits = coefficient.slice(sign.length).padStart(scale + 1, "0");
  return scale ? `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}` : coefficient;
}

/** The shortest decimal that is written as this number; a number that is none (1/3) is an error that names the cell. */
function shortest(value, precision, where) {
  const text = String(Number(value.toPrecision(precision === SINGLE ? SINGLE_DIGITS : DOUBLE_DIGITS)));
  const back = precision === SINGLE ? Math.fround(Number(text)) : Number(text);
  return back === value && /^-?\d+(\.\d{1,9})?$/.test(text) ? text : wrong(where, "a decimal of at most 9 places: round it first", value);
}

function day(value, where) {
  const time = Number(value), date = new Date(time);
  if (Number.isNaN(date.getTime())) wrong(where, "a day", value);
  return time % DAY === 0 ? date.toISOString().slice(0, 10) : wrong(where, "a day without a time", date.toISOString());
}

/** What makes a cell of such a column plain. */
function reader(type, where) {
  switch (type.typeId) {
    case TYPE.DICTIONARY: return reader(type.dictionary, where);
    case TYPE.NULL: case TYPE.INT: case TYPE.TEXT: case TYPE.LARGE_TEXT: case TYPE.TEXT_VIEW: return (value) => value;
    case TYPE.BOOL: return (value) => (value ? 1 : 0);
    case TYPE.DECIMAL: return (value) => decimalText(String(value), type.scale);
    case TYPE.FLOAT:
      if (type.precision === SINGLE || type.precision === DOUBLE)
        return (value, k) => (Number.isNaN(value) ? null : shortest(value, type.precision, `${where}[${k}]`));
      break;
    case TYPE.DATE: case TYPE.TIMESTAMP: return (value, k) => day(value, `${where}[${k}]`);
  }
  return wrong(where, "a column of texts, numbers or days", String(type));
}

function columnOf(table, { name, type }, where) {
  const read = reader(type, where);
  return Array.from(table.getChild(name), (value, k) => (value === null || value === undefined ? null : read(value, k)));
}

/** Ids are texts, also where a table has them as whole numbers. */
const asTexts = (column) => column.map((value) => (typeof value === "number" || typeof value === "bigint" ? String(value) : value));

const allColumns = (table, what) => Object.fromEntries(table.schema.fields.map((field) => [field.name, columnOf(table, field, `${what}.${field.name}`)]));

export function peopleOf(table) {
  const { id, name, unit, start, ...others } = allColumns(table, "people");
  for (const other of Object.keys(others)) wrong("people", "columns id, name, unit, start: select() them", other);
  if (!id) wrong("people", "a column id", undefined);
  return { id: asTexts(id), name: name && asTexts(name), unit: unit && asTexts(unit), start };
}

/** Columns beside subject, rater and role are items. */
export function ballotsOf(table) {
  const { subject, rater, role, ...values } = allColumns(table, "ballots");
  return { subject: subject && asTexts(subject), rater, role, values };
}
