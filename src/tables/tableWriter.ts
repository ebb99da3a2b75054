import { createRng } from "../random.js";
import { isModelled } from "./isModelled.js";
import { loadMadeUp } from "./madeUp.js";
import type { ColumnSchema, TableSchema } from "./schema.js";
import type { Column, Table } from "./table.js";
import { kindOf } from "./types/catalogue.js";
import type { Making } from "./types/columnKind.js";
import { type WritingOptions, writtenNumber } from "./writtenNumber.js";

/** The columns that a writer gives, in their order: all of the schema except text that is left out. */
export function columnsToWrite({ columns }: TableSchema): readonly ColumnSchema[] {
  return columns.filter((column) => column.type !== "text" || column.fill === "replace");
}

/** The names of the columns that a writer gives, in their order. */
export function writtenColumns(schema: TableSchema): readonly string[] {
  return columnsToWrite(schema).map(({ name }) => name);
}

/**
 * Makes rows of text of a table's numbers, in the order of `writtenColumns`: the inverse of `readTable`, which adds constants, new
 * identifiers and made-up text. It is called for one chunk of rows after the other; identifiers are unique over all of them.
 * @param seed of what is drawn: made-up text, which of several formats a date has, which of the pooled texts a rare category is
 */
export async function tableWriter(
  schema: TableSchema,
  seed: number,
  options: WritingOptions = {},
): Promise<(table: Table) => readonly (readonly string[])[]> {
  const write = await cellWriter(schema, seed, options);
  const absent = columnsToWrite(schema).map(({ missing: [text = ""] }) => text);
  return (table) => {
    const cellsOf = write(table);
    return Array.from({ length: table.rows }, (_, row) => cellsOf(row).map((cell, i) => cell ?? absent[i] ?? ""));
  };
}

/**
 * As `tableWriter`, with `null` where a value is missing.
 * @param isText the columns whose texts are asked for; the others have `null`. Default: all.
 * @returns of each chunk the cells of a row, which are to be asked for once for each row, in their order, before another chunk is written
 */
export async function cellWriter(
  schema: TableSchema,
  seed: number,
  options: WritingOptions = {},
  isText: (column: ColumnSchema) => boolean = () => true,
): Promise<(table: Table) => (row: number) => readonly (string | null)[]> {
  const rng = createRng(seed);
  const columns = columnsToWrite(schema);
  const madeUp = columns.some(({ type }) => type === "text") ? await loadMadeUp(rng.split()) : undefined;
  const writers = columns.map((column, i) =>
    columnWriter(column, { rng: rng.split(), seed, madeUp, person: personOf(columns, i) }, options),
  );
  return (table) => {
    madeUp?.begin();
    const cells = columns.map((column, i) => (isText(column) && writers[i]?.(columnOf(column, table))) || (() => null));
    return (row) => {
      madeUp?.nextRow();
      return cells.map((cell) => cell(row));
    };
  };
}

/** What a table has of a column, which is nothing of those that are the same in all rows, new in each, or made up. */
export function columnOf(column: ColumnSchema, table: Table): Column | undefined {
  const found = table.columns.find(({ name }) => name === column.name);
  if (!found && isModelled(column)) throw new RangeError(`the table has no column ${column.name}`);
  return found;
}

/** Whom a column is about: the first name, the first last name and the first address of a row are one person's, the second ones another's. */
function personOf(columns: readonly ColumnSchema[], place: number): number {
  const about = aboutOf(columns[place]);
  return columns.slice(0, place).filter((column) => about !== undefined && aboutOf(column) === about).length;
}

function aboutOf(column: ColumnSchema | undefined) {
  return column?.type === "text" ? column.about : undefined;
}

/** The texts of a column's rows; of what is no part of the table they are made. */
function columnWriter(
  column: ColumnSchema,
  making: Making,
  options: WritingOptions,
): (values: Column | undefined) => (row: number) => string | null {
  const exact = options.round === false && column.type === "decimal";
  const shown = exact ? { ...column, decimals: null } : column;
  const format = kindOf(column).format(shown, making);
  const nearest = writtenNumber(column, options);
  const known = column.type === "category" || column.type === "boolean" ? column.categories.length : 1;
  return (values) => {
    if (!values) return () => format(0);
    if (values.kind === "numbers") {
      const { values: numbers } = values;
      return (row) => {
        const value = numbers[row] ?? NaN;
        return Number.isNaN(value) ? null : format(nearest(value));
      };
    }
    const { categories, codes } = values;
    return (row) => {
      const code = codes[row] ?? -1;
      if (code < 0) return null;
      return code < known ? format(code) : (categories[code] ?? "");
    };
  };
}
