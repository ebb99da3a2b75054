import { InputError } from "../../errors.js";
import { listed, printable, quoted } from "../../quoting.js";
import { decoded, encodingOf } from "./encoding.js";
import { numberList, requireRoom } from "./numberList.js";
import { LONGEST_ROW, MOST_CELLS } from "./rows.js";
import { type SourceTable, withoutRowCount } from "./sourceTable.js";

/** Bytes of a text that is parsed in one piece, which takes many times its size. */
const LARGEST = 2 ** 26;
const WANTED =
  'give an array of records such as [{ "x": 1, "y": 2 }], an array of rows such as [[1, 2]], or one of them a line';

/**
 * The table of numbers in a JSON text: an array of records of the same names, an array of rows, an array of numbers (one column); one
 * record or row a line (JSON lines); or `{ columns, samples }`, as `monge sample` writes it.
 * @param most numbers that it may hold
 * @throws InputError where it is no such JSON, has more than 64 MiB but is not one record a line, or holds anything but finite numbers
 */
export function parseJsonTable(bytes: Uint8Array, name: string, most: number): SourceTable {
  const text = () => decoded(bytes, encodingOf(bytes));
  const isWhole = bytes.length <= LARGEST;
  const whole = isWhole ? attempt([...text()].join("")) : { problem: "it is longer than 64 MiB" };
  if ("value" in whole) return tableOf(name, rowsOf(name, whole.value), most);
  return tableOf(name, { entries: rowsOfLines(name, text(), whole.problem) }, most);
}

/** What has rows, and the names of their cells where these stand apart from them. */
interface Rows {
  readonly entries: Iterable<unknown>;
  readonly columns?: readonly string[];
}

function rowsOf(name: string, value: unknown): Rows {
  if (Array.isArray(value)) return { entries: value };
  if (isObject(value)) {
    const { columns, samples } = value;
    if (Array.isArray(samples)) {
      const named = Array.isArray(columns) && columns.every((column) => typeof column === "string");
      return { entries: samples, ...(named && { columns }) };
    }
    if (Object.values(value).every((cell) => typeof cell === "number")) return { entries: [value] };
  }
  throw new InputError(`${name} holds JSON, but no table; ${WANTED}.`);
}

/**
 * The values of JSON lines.
 * @param problem why the text is no JSON as a whole, which is told where its first line is none either
 */
function* rowsOfLines(name: string, text: Iterable<string>, problem: string): Generator<unknown> {
  let number = 0;
  for (const line of linesOf(name, text)) {
    number++;
    if (line.trim() === "") continue;
    const read = attempt(line);
    if ("value" in read) yield read.value;
    else
      throw new InputError(
        `${name} is no JSON that can be read (${number === 1 ? problem : `line ${number}: ${read.problem}`}); ${WANTED}.`,
      );
  }
}

function* linesOf(name: string, text: Iterable<string>): Generator<string> {
  let rest = "";
  for (const piece of text) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > LONGEST_ROW)
      throw new InputError(
        `${name} has JSON of more than 64 MiB that is not one record a line; save it as JSON lines or as CSV.`,
      );
  }
  yield rest;
}

function attempt(text: string): { readonly value: unknown } | { readonly problem: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    // A RangeError comes of nesting that is too deep for the stack.
    if (error instanceof SyntaxError) return { problem: printable(error.message).slice(0, 100) };
    if (error instanceof RangeError) return { problem: "it is nested too deeply" };
    throw error;
  }
}

function tableOf(name: string, { entries, columns: given }: Rows, most: number): SourceTable {
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
    for (const [column, cell] of cells.entries()) {
      if (typeof cell !== "number" || !Number.isFinite(cell)) {
        throw new InputError(
          `${name}, row ${row}, column ${quoted(columns[column]!)}: ${described(cell)} is no finite number; correct or remove the row.`,
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

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
