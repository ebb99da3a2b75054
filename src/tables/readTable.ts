import { InputError } from "../errors.js";
import { listed, quoted } from "../quoting.js";
import type { CellColumn, CellTable } from "./cellTable.js";
import { isModelled } from "./isModelled.js";
import { isMissing, isMissingNumber } from "./missing.js";
import type { ColumnSchema, TableSchema } from "./schema.js";
import type { CategoryColumn, Column, NumberColumn, Table } from "./table.js";
import { kindOf } from "./types/catalogue.js";

/** Columns of which a message says what is wrong. */
const MOST_TOLD = 8;

/**
 * The modelled columns of a table as numbers, in the schema's order: numbers, dates and times as `NumberColumn`, categories and booleans
 * as `CategoryColumn`. Identifiers, made-up text and constants are no part of it, except where values of theirs are missing: such a
 * column has one category, "given", and -1 where the value is missing. A text that is no category of the schema becomes a further
 * category after the schema's, as in a second file; a column that the schema does not have is passed over.
 * @throws InputError where columns are not there or have cells that do not fit their type: which, and why, one by one
 */
export function readTable(cells: CellTable, schema: TableSchema): Table {
  const wrong: string[] = [];
  const byName = new Map(cells.columns.map((column) => [column.name, column]));
  const columns = schema.columns.filter(isModelled).flatMap((column): Column[] => {
    const found = byName.get(column.name);
    if (!found) {
      wrong.push(`${quoted(column.name)} is not there`);
      return [];
    }
    const read = kindOf(column).modelled === "numbers" ? numbersOf(found, column) : categoriesOf(found, column);
    if (typeof read !== "string") return [read];
    wrong.push(`${quoted(column.name)} ${read}`);
    return [];
  });
  if (wrong.length > 0) {
    const more = wrong.length > MOST_TOLD ? `; and ${wrong.length - MOST_TOLD} other columns` : "";
    throw new InputError(
      `${cells.name} does not have the columns that are expected: ${wrong.slice(0, MOST_TOLD).join("; ")}${more}.`,
    );
  }
  return { name: cells.name, rows: cells.rows, columns };
}

/** The numbers of a column, or what is wrong with its cells. */
function numbersOf({ name, texts, codes }: CellColumn, column: ColumnSchema): NumberColumn | string {
  const parse = kindOf(column).parse(column);
  const missing = new Set(column.missing);
  const unread: string[] = [];
  const numbers = Float64Array.from(texts, (text) => {
    if (missing.has(text)) return NaN;
    const number = parse(text);
    if (Number.isNaN(number) && !isMissingNumber(text)) unread.push(text);
    return number;
  });
  if (unread.length > 0) {
    return `should hold ${kindOf(column).describe(column)}, and has ${listed(unread.slice(0, 3).map(quoted))}`;
  }
  return { kind: "numbers", name, values: Float64Array.from(codes, (code) => numbers[code] ?? NaN) };
}

/** The categories of a column, or what is wrong with its cells. */
function categoriesOf({ name, texts, codes }: CellColumn, column: ColumnSchema): CategoryColumn | string {
  const known = categoriesIn(column);
  const parse = kindOf(column).parse(column);
  const missing = new Set(column.missing);
  const further: string[] = [];
  let fitting = 0;
  const places = Int32Array.from(texts, (text) => {
    if (missing.has(text)) return -1;
    const place = parse(text);
    if (Number.isNaN(place)) return isMissing(text) ? -1 : known.length + further.push(text) - 1;
    fitting++;
    return place;
  });
  if (fitting === 0 && further.length > 0) {
    return `should hold ${kindOf(column).describe(column)}, and has none of them but ${listed(further.slice(0, 3).map(quoted))}`;
  }
  return {
    kind: "categories",
    name,
    categories: [...known, ...further],
    codes: Int32Array.from(codes, (code) => places[code] ?? -1),
  };
}

/** What the places of a column stand for in a `Table`. */
function categoriesIn(column: ColumnSchema): readonly string[] {
  return column.type === "category" || column.type === "boolean" ? column.categories : ["given"];
}
