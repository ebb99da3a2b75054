import { CsvError, parse } from "csv-parse/browser/esm/sync";

/** A column all of whose cells are numbers. */
export interface NumberColumn {
  readonly name: string;
  readonly values: Float64Array;
}

/** What a table of points holds: its columns of numbers, at least two, and how many rows they have. */
export interface PointTable {
  readonly columns: readonly NumberColumn[];
  readonly rows: number;
}

/** Why a file is no table of points; lines count from 1. */
export type TableProblem =
  | { readonly kind: "malformed"; readonly line: number }
  | { readonly kind: "empty" | "oneColumn" }
  | { readonly kind: "ragged"; readonly line: number; readonly cells: number; readonly usual: number }
  /** Fewer than two columns are all numbers: the first cell that is none. */
  | { readonly kind: "columns"; readonly line: number; readonly column: string; readonly cell: string };

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads a table: cells parted by commas, semicolons or tabs, one point a row. Where the first row is all numbers the columns are called
 * "1", "2" and so on. Columns that are not all numbers are left out.
 */
export function parsePoints(text: string): PointTable | TableProblem {
  const rows = records(text);
  if ("kind" in rows) return rows;
  const first = rows[0]?.record;
  if (!first) return { kind: "empty" };
  if (first.length < 2) return { kind: "oneColumn" };
  const named = !first.every((cell) => Number.isFinite(numberIn(cell)));
  const body = named ? rows.slice(1) : rows;
  if (body.length === 0) return { kind: "empty" };
  const odd = body.find(({ record }) => record.length !== first.length);
  if (odd) return { kind: "ragged", line: odd.info.lines, cells: odd.record.length, usual: first.length };

  const names = first.map((cell, column) => (named && cell !== "" ? cell : String(column + 1)));
  const wrong = names.map((_, column) => body.find(({ record }) => !isNumber(record[column]!)));
  const columns = names.flatMap((name, column) =>
    wrong[column] ? [] : [{ name, values: Float64Array.from(body, ({ record }) => numberIn(record[column]!)) }],
  );
  if (columns.length >= 2) return { columns, rows: body.length };
  const column = wrong.findIndex((row) => row !== undefined);
  const { record, info } = wrong[column]!;
  return { kind: "columns", line: info.lines, column: names[column]!, cell: record[column]!.slice(0, 40) };
}

/** Two columns side by side, `[rows, 2]`. */
export function pointsOf({ rows }: PointTable, x: NumberColumn, y: NumberColumn): Float64Array {
  return Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? x : y).values[i >> 1]!);
}

/** Whether a column has the same value in every row, of which nothing can be learned. */
export function isConstant({ values }: NumberColumn): boolean {
  return values.every((value) => value === values[0]);
}

function records(text: string): readonly Row[] | TableProblem {
  const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
  try {
    return parse(text, { ...options, delimiter: [",", ";", "\t"] }) as unknown as readonly Row[];
  } catch (error) {
    if (error instanceof CsvError) return { kind: "malformed", line: Number(error.lines ?? 1) };
    throw error;
  }
}

const isNumber = (cell: string): boolean => Number.isFinite(numberIn(cell));

const numberIn = (cell: string): number => (cell === "" ? Number.NaN : Number(cell));
