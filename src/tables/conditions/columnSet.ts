import { columnIn } from "../columnIn.js";
import type { Column, Table } from "../table.js";

/** The values that a condition allows in a column. */
export type ColumnSet = CategorySet | NumberSet;

export interface CategorySet {
  readonly column: string;
  readonly kind: "categories";
  /** Places in the column's categories, the least first; -1 for a missing value. */
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

/** Which rows of a table all of `sets` allow, `[rows]`: 1 or 0. */
export function matches(sets: readonly ColumnSet[], table: Table): Uint8Array {
  const fits = new Uint8Array(table.rows).fill(1);
  for (const set of sets) {
    const allows = allowance(set, columnIn(table, set.column));
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

/** What both of two conditions on a column allow; `undefined` where that is nothing. */
export function intersection(one: ColumnSet, other: ColumnSet): ColumnSet | undefined {
  if (one.kind === "categories" && other.kind === "categories") {
    const codes = one.codes.filter((code) => other.codes.includes(code));
    return codes.length > 0 ? { ...one, codes } : undefined;
  }
  if (one.kind === "numbers" && other.kind === "numbers") {
    const ranges = one.ranges.flatMap(([low, high]) =>
      other.ranges
        .map(([least, most]) => [Math.max(low, least), Math.min(high, most)] as const)
        .filter(([least, most]) => least <= most),
    );
    const missing = one.missing && other.missing;
    return missing || ranges.length > 0 ? { ...one, ranges, missing } : undefined;
  }
  throw new RangeError(`the conditions on ${one.column} are of different kinds`);
}
