import { InputError } from "../../errors.js";
import type { NumberTable } from "../codecs/index.js";

/** A table of numbers as it was read. */
export interface SourceTable extends NumberTable {
  readonly values: Float64Array;
  /** Whether the columns have names of their own, not only numbers that count them. */
  readonly named: boolean;
  /** What was guessed, in sentences. */
  readonly warnings: readonly string[];
}

export const MOST_CELLS = 2 ** 16;

/** The names that pandas gives to the index of a table: when it writes one, and when it reads that. */
export const ROW_COUNTS = ["", "Unnamed: 0"];

/**
 * The table without a first column that has no name and counts the rows from 0 or 1, as pandas and R write it.
 * @throws InputError where that column holds anything else
 */
export function withoutRowCount(name: string, table: SourceTable): SourceTable {
  const { columns, values, warnings } = table;
  const [first, ...others] = columns;
  if (first === undefined || !ROW_COUNTS.includes(first)) return table;
  const width = columns.length;
  const counts = values.every((value, i) => i % width !== 0 || value === values[0]! + i / width);
  if (counts && (values[0] === 0 || values[0] === 1) && others.length > 0) {
    return {
      ...table,
      columns: others,
      values: values.filter((_, i) => i % width !== 0),
      warnings: [...warnings, rowCountWarning(name)],
    };
  }
  if (first !== "") return table;
  throw nameless(name, 0);
}

/** Says that a first column which only counts the rows is left out. */
export function rowCountWarning(name: string): string {
  return `${name}: the first column has no name and only counts the rows, and is left out.`;
}

/** The error where a column has no name and is needed. */
export function nameless(name: string, column: number): InputError {
  return new InputError(`${name}: column ${column + 1} has no name; name it or remove it.`);
}
