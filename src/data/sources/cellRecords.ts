import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import type { CellTable } from "../../tables/cellTable.js";
import { CellCollector, mostInMemory, sampledWarning } from "./cellCollector.js";
import { isObject, type Rows, WANTED } from "./records.js";
import { MOST_CELLS } from "./sourceTable.js";

/**
 * The table of records in memory, a record a row. The columns are the names that any record has, in the order in which they first appear.
 * A cell is the text of its value: an ISO time of a `Date`, JSON of what nests, and "" of `null`, `undefined`, `NaN` and what is absent.
 *
 *     cellsOfRecords("people", [{ name: "Ada", age: 36 }, { name: "Alan" }])
 *
 * It runs in browsers too.
 * @param name of the table, for messages
 * @throws InputError where there is no record, or none has a name
 */
export function cellsOfRecords(name: string, rows: readonly Readonly<Record<string, unknown>>[]): CellTable {
  return cellsOfRows(name, { entries: rows });
}

/**
 * The table of records or arrays, a random sample of its rows where these take more memory than `limits` (`CellCollector`).
 * @throws InputError where there is no row, arrays differ in length, or records and arrays are mixed
 */
export function cellsOfRows(name: string, rows: Rows, limits = mostInMemory): CellTable {
  const names = [...(rows.columns ?? [])];
  const cells = new CellCollector(names.length, limits);
  const places = new Map(names.map((column, place) => [column, place]));
  const addColumn = (column: string) => {
    if (names.length === MOST_CELLS)
      throw new InputError(`${name}: the rows have more than ${MOST_CELLS} names; give fewer columns.`);
    places.set(column, names.length);
    names.push(column);
    cells.addColumn();
  };
  const wholeRow = (entry: readonly unknown[], row: number): readonly unknown[] => {
    if (row === 1 && names.length === 0) for (let i = 0; i < entry.length; i++) addColumn(String(i + 1));
    if (entry.length === names.length) return entry;
    throw new InputError(
      `${name}, row ${row}: it has ${entry.length} cells where the first has ${names.length}; make all rows as long.`,
    );
  };
  const record = (entry: Readonly<Record<string, unknown>>): readonly unknown[] => {
    for (const column of Object.keys(entry)) if (!places.has(column)) addColumn(column);
    return names.map((column) => (Object.hasOwn(entry, column) ? entry[column] : undefined));
  };
  for (const entry of rows.entries) {
    const taken = cells.offer();
    const row = isObject(entry) ? record(entry) : wholeRow(Array.isArray(entry) ? entry : [entry], cells.rowsInFile);
    if (!taken) continue;
    for (const [column, value] of row.entries()) cells.putText(column, textOf(value));
    cells.endRow();
  }
  if (cells.rows === 0 || names.length === 0) throw new InputError(`${name} holds no rows; ${WANTED}.`);
  const nameless = names.indexOf("");
  if (nameless >= 0)
    throw new InputError(`${name}: the name of column ${nameless + 1} is ${quoted("")}; give it one, or remove it.`);
  return {
    name,
    rows: cells.rows,
    rowsInFile: cells.rowsInFile,
    columns: [...cells.taken(names)],
    warnings: sampledWarning(name, cells.rows, cells.rowsInFile),
  };
}

/** What a value of JSON, of a program or of a Parquet file is as a cell. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      return Number.isNaN(value) ? "" : String(value);
    case "undefined":
    case "function":
    case "symbol":
      return "";
    case "object":
      return value === null ? "" : textOfObject(value);
    default:
      return String(value);
  }
}

function textOfObject(value: object): string {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "" : value.toISOString();
  if (value instanceof Uint8Array) return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return JSON.stringify(value, (_, member: unknown) => (typeof member === "bigint" ? String(member) : member));
}
