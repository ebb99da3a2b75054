import { type ByteRow, type Delimiter, delimiters, RowError, RowScanner } from "./rowScanner.js";

/** A row of a delimited text. */
export interface Row {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Without the spaces around them. */
  readonly cells: readonly string[];
}

/** Rows that are looked at to tell the delimiter, and bytes that they are taken from. */
const SAMPLED_ROWS = 20;
const SAMPLED = 2 ** 16;

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;

/**
 * The rows of a delimited text in UTF-8, as `RowScanner` parts it.
 * @throws RowError
 */
export function* rowsIn(text: Uint8Array, delimiter: Delimiter): Generator<Row> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const scanner = new RowScanner(delimiter);
  for (const row of scanner.rows(text)) yield decodedRow(row, decoder);
  for (const row of scanner.lastRows()) yield decodedRow(row, decoder);
}

/** The first rows of a text, at most `count`. */
export function firstRows(text: Uint8Array, delimiter: Delimiter, count: number): readonly Row[] {
  const rows: Row[] = [];
  for (const row of rowsIn(text, delimiter)) {
    rows.push(row);
    if (rows.length === count) break;
  }
  return rows;
}

/** A row with its cells as strings. */
export function decodedRow({ line, length, bytes, bounds }: ByteRow, decoder: TextDecoder): Row {
  const [start = 0] = bounds;
  const piece = bytes.subarray(start, bounds[2 * length - 1]);
  const text = decoder.decode(piece);
  // Where each byte became a character, the text is cut where the bytes are.
  const isPlain = text.length === piece.length;
  const cells = Array.from({ length }, (_, cell) => {
    const [from = 0, to = 0] = bounds.subarray(2 * cell, 2 * cell + 2);
    return (isPlain ? text.slice(from - start, to - start) : decoder.decode(bytes.subarray(from, to))).trim();
  });
  return { line, cells };
}

/**
 * What parts the cells: the one of tab, semicolon, comma and bar under which the first rows all have equally many cells, more than one;
 * where there is none, the one that the first line has most of; and else the comma.
 * @param text its first bytes
 */
export function delimiterOf(text: Uint8Array): Delimiter {
  const sample = text.subarray(0, SAMPLED);
  // A row that was cut off has fewer cells than it should.
  const lastEnd = Math.max(sample.lastIndexOf(LF), sample.lastIndexOf(CR));
  const whole = text.length > SAMPLED && lastEnd > 0 ? sample.subarray(0, lastEnd) : sample;
  const agreeing = delimiters.find((delimiter) => rowsAgree(whole, delimiter));
  if (agreeing) return agreeing;
  const start = whole.subarray(whole.findIndex((byte) => byte > SPACE));
  const firstEnd = start.findIndex((byte) => byte === LF || byte === CR);
  const first = firstEnd < 0 ? start : start.subarray(0, firstEnd);
  const count = (delimiter: Delimiter) => first.filter((byte) => byte === delimiter.charCodeAt(0)).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ",");
}

function rowsAgree(text: Uint8Array, delimiter: Delimiter): boolean {
  try {
    const [first, ...below] = firstRows(text, delimiter, SAMPLED_ROWS);
    const cells = first?.cells.length ?? 0;
    return cells > 1 && below.every((row) => row.cells.length === cells);
  } catch (error) {
    if (error instanceof RowError) return false;
    throw error;
  }
}
