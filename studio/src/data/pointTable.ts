import { type Content, contentKind, parseContent } from "../../../src/data/sources/content.js";
import { encodingOf, utf8Of } from "../../../src/data/sources/encoding.js";
import { headerOf, SAMPLED_ROWS } from "../../../src/data/sources/header.js";
import { numberList, requireRoom } from "../../../src/data/sources/numberList.js";
import { cellNumber } from "../../../src/data/sources/numberText.js";
import { RowError } from "../../../src/data/sources/rowScanner.js";
import { delimiterOf, firstRows, rowsIn } from "../../../src/data/sources/rows.js";
import { InputError } from "../../../src/errors.js";

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
  | { readonly kind: "empty" | "oneColumn" | "images" }
  /** Commas part both the cells and the decimals. */
  | { readonly kind: "commas"; readonly line: number }
  | { readonly kind: "ragged"; readonly line: number; readonly cells: number; readonly usual: number }
  /** Fewer than two columns are all numbers: the first cell that is none. */
  | { readonly kind: "columns"; readonly line: number; readonly column: string; readonly cell: string }
  /** The reader of such files says why, in English. */
  | { readonly kind: "refused"; readonly sentence: string };

/** Bytes that the numbers of a file may take. */
const MOST_BYTES = 2 ** 27;

/**
 * Reads the points of a file as `monge train` does: a table in text or JSON, or an array. Columns of a text that are not all numbers are
 * left out.
 * @param name of the file, which tells its kind where the content does not
 */
export function parsePoints(bytes: Uint8Array, name: string): PointTable | TableProblem {
  try {
    if (contentKind(bytes, name) === "text") return textPoints(bytes, name);
    return contentPoints(parseContent(bytes, name, { mostBytes: MOST_BYTES }));
  } catch (error) {
    if (error instanceof RowError) return { kind: "malformed", line: error.line };
    if (error instanceof InputError) return { kind: "refused", sentence: error.message };
    throw error;
  }
}

/** Two columns side by side, `[rows, 2]`. */
export function pointsOf({ rows }: PointTable, x: NumberColumn, y: NumberColumn): Float64Array {
  return Float64Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? x : y).values[i >> 1]!);
}

/** Whether a column has the same value in every row, of which nothing can be learned. */
export function isConstant({ values }: NumberColumn): boolean {
  return values.every((value) => value === values[0]);
}

function textPoints(bytes: Uint8Array, file: string): PointTable | TableProblem {
  const text = utf8Of(bytes, encodingOf(bytes));
  const delimiter = delimiterOf(text);
  const [first, ...below] = firstRows(text, delimiter, SAMPLED_ROWS + 1);
  if (!first) return { kind: "empty" };
  const usual = first.cells.length;
  if (usual < 2) return { kind: "oneColumn" };
  const { named } = headerOf(
    first.cells,
    below.map(({ cells }) => cells),
  );
  const names = first.cells.map((cell, column) => (named && cell !== "" ? cell : String(column + 1)));
  const values = numberList();
  const wrong: TableProblem[] = [];
  for (const { line, cells } of rowsIn(text, delimiter)) {
    if (named && line === first.line) continue;
    if (delimiter === "," && cells.length === 2 * usual) return { kind: "commas", line };
    if (cells.length !== usual) return { kind: "ragged", line, cells: cells.length, usual };
    requireRoom(file, values.length + usual, MOST_BYTES / 8);
    for (const [column, cell] of cells.entries()) {
      const value = cellNumber(cell, delimiter);
      if (Number.isNaN(value))
        wrong[column] ??= { kind: "columns", line, column: names[column]!, cell: cell.slice(0, 40) };
      values.push(value);
    }
  }
  return tableOf(names, values.joined(), wrong.find(Boolean));
}

function contentPoints(content: Content): PointTable | TableProblem {
  const { names, values } = content.kind === "table" ? ofTable(content) : ofArray(content);
  if (values === undefined) return { kind: "images" };
  return names.length < 2 ? { kind: "oneColumn" } : tableOf(names, values);
}

/** @param wrong what to say of too few columns of numbers */
function tableOf(
  names: readonly string[],
  values: ArrayLike<number>,
  wrong: TableProblem = { kind: "oneColumn" },
): PointTable | TableProblem {
  const rows = values.length / names.length;
  if (rows === 0) return { kind: "empty" };
  const columns = names.map((name, column) => ({
    name,
    values: Float64Array.from({ length: rows }, (_, row) => values[row * names.length + column]!),
  }));
  const finite = columns.filter((column) => column.values.every(Number.isFinite));
  return finite.length < 2 ? wrong : { columns: finite, rows };
}

function ofTable({ table: { columns, values } }: Extract<Content, { readonly kind: "table" }>) {
  return { names: columns, values };
}

function ofArray({ array: { shape, data } }: Extract<Content, { readonly kind: "array" }>) {
  const names = Array.from({ length: shape[1] ?? 1 }, (_, column) => String(column + 1));
  return shape.length > 2 ? { names: [], values: undefined } : { names, values: data };
}
