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

export const MOST_CELLS = 2 ** 16;
/** Characters that a row may have. */
export const LONGEST_ROW = 2 ** 24;
/** Rows that are looked at to tell the delimiter, and characters that they are taken from. */
const SAMPLED_ROWS = 20;
const SAMPLED = 2 ** 16;

const SPACE = 0x20;
const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * The rows of a delimited text (RFC 4180): cells may stand in quotation marks, which are doubled within; lines end with LF, CRLF or CR,
 * mixed or not. Blank lines are passed over. Time and memory are linear in the text.
 * @param text in pieces, parted anywhere
 * @throws RowError
 */
export function* rowsOf(text: Iterable<string>, delimiter: Delimiter): Generator<Row> {
  let rest = "";
  let line = 1;
  const read = (from: number, isLast: boolean) => rowAt(rest, from, delimiter.charCodeAt(0), line, isLast);
  for (const piece of text) {
    rest += piece;
    let start = 0;
    for (let row = read(0, false); row !== undefined; row = read(start, false)) {
      if (row.end - start > LONGEST_ROW) throw new RowError("long", line);
      if (!isBlank(row.cells)) yield { line, cells: row.cells };
      start = row.end;
      line += row.lines;
    }
    rest = rest.slice(start);
    if (rest.length > LONGEST_ROW) throw new RowError("long", line);
  }
  const last = rest === "" ? undefined : read(0, true);
  if (last && !isBlank(last.cells)) yield { line, cells: last.cells };
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
  let expected = 0;
  let rows = 0;
  try {
    for (const { cells } of rowsOf([text], delimiter)) {
      expected ||= cells.length;
      if (cells.length !== expected || expected === 1) return false;
      if (++rows === SAMPLED_ROWS) break;
    }
  } catch (error) {
    if (error instanceof RowError) return false;
    throw error;
  }
  return rows > 0;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0] === "";
}

interface ReadRow {
  readonly cells: readonly string[];
  /** Where the next begins. */
  readonly end: number;
  /** How many lines it takes. */
  readonly lines: number;
}

/** The row that begins at `start`; `undefined` where its end is not within `text` and more may follow. */
function rowAt(text: string, start: number, delimiter: number, line: number, isLast: boolean): ReadRow | undefined {
  const cells: string[] = [];
  let lines = 1;
  let at = start;
  for (;;) {
    const cellStart = at;
    while (text.charCodeAt(at) === SPACE) at++;
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at + 1);
      if (close === undefined || (close + 1 === text.length && !isLast)) {
        if (isLast) throw new RowError("quote", line);
        return undefined;
      }
      const quoted = text.slice(at + 1, close);
      lines += quoted.match(/\r\n|\n|\r/g)?.length ?? 0;
      cells.push(quoted.replaceAll('""', '"').trim());
      at = close + 1;
      while (text.charCodeAt(at) === SPACE) at++;
    } else {
      at = cellEnd(text, at, delimiter);
      cells.push(text.slice(cellStart, at).trim());
    }
    if (at >= text.length) return isLast ? { cells, end: at, lines } : undefined;
    const code = text.charCodeAt(at++);
    if (code === LINE_FEED) return { cells, end: at, lines };
    if (code === CARRIAGE_RETURN) {
      if (at === text.length && !isLast) return undefined;
      return { cells, end: text.charCodeAt(at) === LINE_FEED ? at + 1 : at, lines };
    }
    if (code !== delimiter) throw new RowError("quote", line);
    if (cells.length === MOST_CELLS) throw new RowError("wide", line);
  }
}

/** Where the quotation mark is that ends a cell; two of them stand for one within it. */
function closingQuote(text: string, start: number): number | undefined {
  let at = text.indexOf('"', start);
  while (at >= 0 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at < 0 ? undefined : at;
}

function cellEnd(text: string, start: number, delimiter: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === delimiter || code === LINE_FEED || code === CARRIAGE_RETURN) break;
  }
  return at;
}
