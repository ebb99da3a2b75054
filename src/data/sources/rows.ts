import { CsvError, parse } from "csv-parse/sync";
import { MOST_CELLS } from "./sourceTable.js";

/** A line of a delimited text. */
export interface Row {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Without the spaces around them. */
  readonly cells: readonly string[];
}

export const delimiters = ["\t", ";", ","] as const;
export type Delimiter = (typeof delimiters)[number];

/** The text is no table: a quotation mark without its other, more cells than a row may have, or a line that does not end. */
export class RowError extends Error {
  override readonly name = "RowError";

  constructor(
    readonly problem: "quote" | "wide" | "long",
    readonly line: number,
  ) {
    super(`line ${line}: ${problem}`);
  }
}

/** Characters that a row may have, and bytes of UTF-8 that one of its cells may. */
export const LONGEST_ROW = 2 ** 24;
/** Rows that are looked at to tell the delimiter, and characters that they are taken from. */
const SAMPLED_ROWS = 20;
const SAMPLED = 2 ** 16;

/**
 * Gives the rows of a delimited text (RFC 4180) to `take`, one by one: cells may stand in quotation marks, which are doubled within; lines
 * end with LF, CRLF or CR, mixed or not. Blank lines are passed over. What `take` throws ends it. Time is linear in the text, and one row
 * is in memory.
 * @param text in UTF-8 where it is bytes
 * @param most rows that are read. Default: -1, all of them
 * @throws RowError
 */
export function forEachRow(text: string | Uint8Array, delimiter: Delimiter, take: (row: Row) => void, most = -1): void {
  // Counted here, since csv-parse takes a CRLF within a cell for two lines.
  let lines = 1;
  try {
    parse(text, {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: LONGEST_ROW,
      // One cell more than there may be holds the rest of its row, which is bounded as a cell is.
      ignore_last_delimiters: MOST_CELLS + 1,
      to: most,
      on_record: (cells, { empty_lines }) => {
        const line = lines + empty_lines;
        lines += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n?|\n/g)?.length ?? 0), 0);
        if (cells.length > MOST_CELLS) throw new RowError("wide", line);
        if (!isBlank(cells)) take({ line, cells: cells.map((cell) => cell.trim()) });
        return undefined;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? new RowError(problemOf(error), lines + Number(error.empty_lines)) : error;
  }
}

/** The first rows of a text, at most `count`. */
export function firstRows(text: string | Uint8Array, delimiter: Delimiter, count: number): readonly Row[] {
  const rows: Row[] = [];
  forEachRow(text, delimiter, (row) => rows.push(row), count);
  return rows;
}

/**
 * What parts the cells: the one of tab, semicolon and comma under which the first rows all have equally many cells, more than one;
 * where there is none, the one that the first line has most of; and else the comma.
 * @param text its first piece
 */
export function delimiterOf(text: string): Delimiter {
  const cut = text.length > SAMPLED;
  const sample = text.slice(0, SAMPLED);
  // A row that was cut off has fewer cells than it should.
  const lastEnd = Math.max(sample.lastIndexOf("\n"), sample.lastIndexOf("\r"));
  const whole = cut && lastEnd > 0 ? sample.slice(0, lastEnd) : sample;
  const agreeing = delimiters.find((delimiter) => rowsAgree(whole, delimiter));
  if (agreeing) return agreeing;
  const [first = ""] = whole.trimStart().split(/[\r\n]/, 1);
  const count = (delimiter: Delimiter) => first.split(delimiter).length;
  return delimiters.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best), ",");
}

function rowsAgree(text: string, delimiter: Delimiter): boolean {
  try {
    const [first, ...below] = firstRows(text, delimiter, SAMPLED_ROWS);
    const cells = first?.cells.length ?? 0;
    return cells > 1 && below.every((row) => row.cells.length === cells);
  } catch (error) {
    if (error instanceof RowError) return false;
    throw error;
  }
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells.every((cell) => cell.trim() === "");
}

function problemOf({ code, column }: CsvError): RowError["problem"] {
  if (column === MOST_CELLS) return "wide";
  return code === "CSV_MAX_RECORD_SIZE" ? "long" : "quote";
}
