import { InputError } from "../../errors.js";
import { listed, quoted } from "../../quoting.js";
import { numberList, requireRoom } from "./numberList.js";
import { MOST_CELLS, type SourceTable, withoutRowCount } from "./sourceTable.js";

/** What a table may be given as. */
export const WANTED =
  'give an array of records such as [{ "x": 1, "y": 2 }], an array of rows such as [[1, 2]], or one of them a line';

/** What has rows, and the names of their cells where these stand apart from them. */
export interface Rows {
  /** Records, arrays of cells, or single cells. */
  readonly entries: Iterable<unknown>;
  readonly columns?: readonly string[];
}

/**
 * The table of rows of numbers. Records must all have the names of the first.
 * @param name of the table, for messages
 * @param most numbers that it may hold
 * @throws InputError where there is no row, rows differ in their cells, or a cell is no finite number
 */
export function tableOfRows(name: string, { entries, columns: given }: Rows, most: number): SourceTable {
  const values = numberList();
  let columns = given;
  let isNamed = given !== undefined;
  let row = 0;
  for (const entry of entries) {
    row++;
    if (columns === undefined) {
      isNamed = isObject(entry);
      columns = isNamed ? Object.keys(Object(entry)) : cellsOf(entry).map((_, column) => String(column + 1));
      requireColumns(name, columns);
    }
    const cells = isObject(entry) ? cellsByName(name, row, entry, columns) : cellsOf(entry);
    if (cells.length !== columns.length) {
      throw new InputError(
        `${name}, row ${row}: it has ${cells.length} numbers where the first has ${columns.length}; make all rows as long.`,
      );
    }
    requireRoom(name, values.length + cells.length, most);
    for (const [place, column] of columns.entries()) {
      const cell = cells[place];
      if (typeof cell !== "number" || !Number.isFinite(cell)) {
        throw new InputError(
          `${name}, row ${row}, column ${quoted(column)}: ${described(cell)} is not a finite number; correct or remove the row.`,
        );
      }
      values.push(cell);
    }
  }
  if (columns === undefined || values.length === 0)
    throw new InputError(`${name} holds no rows of numbers; ${WANTED}.`);
  return withoutRowCount(name, { columns, values: values.joined(), named: isNamed, warnings: [] });
}

function requireColumns(name: string, { length }: readonly string[]): void {
  if (length > MOST_CELLS)
    throw new InputError(`${name}: the rows have ${length} numbers, and may have ${MOST_CELLS}; give fewer columns.`);
}

function cellsOf(entry: unknown): readonly unknown[] {
  return Array.isArray(entry) ? entry : [entry];
}

function cellsByName(name: string, row: number, record: Record<string, unknown>, columns: readonly string[]) {
  const missing = columns.find((column) => !Object.hasOwn(record, column));
  if (missing !== undefined) {
    throw new InputError(`${name}, row ${row}: it has no ${quoted(missing)}; give all records the same names.`);
  }
  const names = Object.keys(record);
  if (names.length !== columns.length) {
    throw new InputError(
      `${name}, row ${row}: its names are ${listed(names)}, and those of the first are ${listed(columns)}; give all records the same.`,
    );
  }
  return columns.map((column) => record[column]);
}

function described(cell: unknown): string {
  if (typeof cell === "string") return quoted(cell);
  if (typeof cell === "object" && cell !== null) return Array.isArray(cell) ? "an array" : "a record";
  return String(cell);
}

/** Whether a value is a record. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
