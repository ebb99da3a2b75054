import { tableWriter, writtenColumns } from "../tables/tableWriter.js";
import {
  type TypedCell,
  type TypedColumn,
  type TypedFormat,
  typedColumns,
  typedWriter,
} from "../tables/typedWriter.js";
import { tableOf } from "./askedOfTable.js";
import type { SavedRun } from "./runRecord.js";
import { type RowsAsked, sampleTables } from "./sampleTables.js";

/** Rows of text, in the columns of the file that a run was trained on. */
export interface WrittenRows {
  readonly columns: readonly string[];
  /** Some rows at a time, as many as asked for in all. */
  readonly chunks: AsyncIterable<readonly (readonly string[])[]>;
}

/** Rows of numbers, texts and the like, in the columns of the file that a run was trained on. */
export interface TypedRows {
  readonly columns: readonly TypedColumn[];
  /** Some rows at a time, column by column, as many as asked for in all. */
  readonly chunks: AsyncIterable<readonly (readonly TypedCell[])[]>;
}

/**
 * `count` new rows of a run that was trained on a table. Those that break one of its rules, or a condition, are made anew.
 * @throws InputError where the run is of no table, or a condition names no column or no value of one
 */
export async function sampleRows(run: SavedRun, count: number, asked: RowsAsked = {}): Promise<WrittenRows> {
  const { schema } = tableOf(run);
  const write = await tableWriter(schema, asked.seed ?? 0, asked);
  async function* chunks() {
    for await (const table of sampleTables(run, count, asked)) yield write(table);
  }
  return { columns: writtenColumns(schema), chunks: chunks() };
}

/** As `sampleRows`, for a format that has types. */
export async function sampleTypedRows(
  run: SavedRun,
  format: TypedFormat,
  count: number,
  asked: RowsAsked = {},
): Promise<TypedRows> {
  const { schema } = tableOf(run);
  const write = await typedWriter(schema, format, asked.seed ?? 0, asked);
  async function* chunks() {
    for await (const table of sampleTables(run, count, asked)) yield write(table);
  }
  return { columns: typedColumns(schema, format), chunks: chunks() };
}

/** Rows as records, all of them in memory. */
export async function recordsOf({ columns, chunks }: WrittenRows): Promise<Record<string, string>[]> {
  const records: Record<string, string>[] = [];
  for await (const rows of chunks)
    for (const row of rows) records.push(Object.fromEntries(columns.map((name, i) => [name, row[i] ?? ""])));
  return records;
}
