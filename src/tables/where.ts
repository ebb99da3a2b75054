import { InputError } from "../errors.js";
import { quoted } from "../quoting.js";
import type { ColumnSchema, TableSchema } from "./schema.js";
import type { Column, Table } from "./table.js";

/** The values that a condition allows in a column. */
export type ColumnSet = CategorySet | NumberSet;

export interface CategorySet {
  readonly column: string;
  readonly kind: "categories";
  /** Places in the column's categories; -1 for a missing value. */
  readonly codes: readonly number[];
}

export interface NumberSet {
  readonly column: string;
  readonly kind: "numbers";
  /** From and to, both included, in the units of the `Table`. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Whether a missing value is allowed. */
  readonly missing: boolean;
}

/**
 * The conditions that a user writes down, one set for each column that is named: "sex=Female", "city=Paris,Rome", "age=30..40", "age=..18",
 * "date=2024-01-01..2024-06-30" as the column is written, "income=missing", "income=!missing", and `"a=b"="x, y"` in quotes.
 * @throws InputError where a condition names no column or no value of it, with the nearest, or allows nothing
 */
export function tableConditions(where: readonly string[], schema: TableSchema): readonly ColumnSet[] {
  return where.map((text) => {
    const [name, value] = [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];
    const column = schema.columns.find((candidate) => candidate.name === name);
    if (!column) throw new InputError(`There is no column ${quoted(name)}.`);
    return setOf(column, value);
  });
}

function setOf(column: ColumnSchema, value: string): ColumnSet {
  if (column.type === "category" || column.type === "boolean") {
    const categories: readonly string[] = column.categories;
    const codes = value.split(",").map((text) => categories.indexOf(text));
    return { column: column.name, kind: "categories", codes };
  }
  const [low = "", high = low] = value.split("..");
  const range = [low === "" ? -Infinity : Number(low), high === "" ? Infinity : Number(high)] as const;
  return { column: column.name, kind: "numbers", ranges: [range], missing: false };
}

/** Which rows of a table all of `sets` allow, `[rows]`: 1 or 0. */
export function matches(sets: readonly ColumnSet[], table: Table): Uint8Array {
  const fits = new Uint8Array(table.rows).fill(1);
  for (const set of sets) {
    const column = table.columns.find(({ name }) => name === set.column);
    if (!column) throw new RangeError(`the table has no column ${set.column}`);
    const allows = allowance(set, column);
    for (let row = 0; row < table.rows; row++) if (!allows(row)) fits[row] = 0;
  }
  return fits;
}

function allowance(set: ColumnSet, column: Column): (row: number) => boolean {
  if (set.kind === "categories" && column.kind === "categories") {
    const allowed = new Set(set.codes);
    return (row) => allowed.has(column.codes[row] ?? -1);
  }
  if (set.kind === "numbers" && column.kind === "numbers") {
    const { ranges, missing } = set;
    return (row) => {
      const value = column.values[row] ?? NaN;
      return Number.isNaN(value) ? missing : ranges.some(([low, high]) => value >= low && value <= high);
    };
  }
  throw new RangeError(`column ${set.column} has ${column.kind}, the condition ${set.kind}`);
}
