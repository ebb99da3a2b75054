import type { TableSchema } from "../schema.js";
import type { Table } from "../table.js";
import { FALSE, truthOf } from "./evaluate.js";
import { clausesOf } from "./rule.js";

/** What rows are held to. */
export interface ObeyingOptions {
  /** Whether numbers, days and times have to lie inside the ranges of their columns. Default: true. */
  readonly ranges?: boolean | undefined;
}

/**
 * Which rows fulfil every rule of a schema, and have all their numbers inside the ranges of their columns, `[rows]`: 1 or 0. A clause
 * about a missing value, or about a number that was divided by zero, counts as fulfilled.
 * @param table of the schema's columns: what `restore` returned, its numbers rounded as they are written
 */
export function obeys(schema: TableSchema, table: Table, { ranges = true }: ObeyingOptions = {}): Uint8Array {
  const fits = new Uint8Array(table.rows).fill(1);
  for (const rule of schema.rules)
    for (const { condition } of clausesOf(rule, schema.columns)) {
      const truths = truthOf(condition, table);
      for (let row = 0; row < table.rows; row++) if (truths[row] === FALSE) fits[row] = 0;
    }
  if (!ranges) return fits;
  for (const column of table.columns) {
    const known = schema.columns.find(({ name }) => name === column.name);
    if (column.kind !== "numbers" || !known || !("range" in known)) continue;
    const [low, high] = known.range;
    for (let row = 0; row < table.rows; row++) {
      const value = column.values[row] ?? NaN;
      if (value < low || value > high) fits[row] = 0;
    }
  }
  return fits;
}
