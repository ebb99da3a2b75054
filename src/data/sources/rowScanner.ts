import { MOST_CELLS } from "./sourceTable.js";

export const delimiters = ["\t", ";", ",", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/** A row of a delimited text as ranges of bytes, which hold until the next is asked for. */
export interface ByteRow {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly length: number;
  readonly bytes: Uint8Array;
  /** Where each cell begins and where it ends in `bytes`, without the spaces around it. */
  readonly bounds: Uint32Array;
}

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

/** Bytes that a row may have. */
export const LONGEST_ROW = 2 ** 24;
/** Bytes that are looked through at a time. */
const PIECE = 2 ** 20;

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Parts a delimited text (RFC 4180) into rows as its bytes come: cells may stand in quotation marks, which are doubled within; lines end
 * with LF, CRLF or CR, mixed or not. Blank lines and a byte order mark are passed over. Memory holds one row and one piece of the text.
 *
 *     const scanner = new RowScanner(",");
 *     for (const piece of pieces) for (const row of scanner.rows(piece)) take(row);
 *     for (const row of scanner.lastRows()) take(row);
 */
export class RowScanner {
  readonly #delimiter: number;
  /** What has not become rows yet: from `#at` to `#end`. */
  #bytes = new Uint8Array();
  #at = 0;
  #end = 0;
  #line = 1;
  #isStart = true;
  /** Of the row that is read: its cells, how many of them there are, and which have doubled quotation marks. */
  #bounds = new Uint32Array(64);
  #length = 0;
  #doubled: number[] = [];

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /**
   * The rows that end in these bytes, which are the next of the text: UTF-8, or any encoding of which ASCII is a part.
   * @throws RowError
   */
  *rows(bytes: Uint8Array): Generator<ByteRow> {
    for (let start = 0; start < bytes.length; start += PIECE) {
      this.#append(bytes.subarray(start, start + PIECE));
      yield* this.#wholeRows(false);
      if (this.#end - this.#at > LONGEST_ROW) throw new RowError("long", this.#line);
    }
  }

  /**
   * The rows that end with the text.
   * @throws RowError
   */
  lastRows(): Generator<ByteRow> {
    return this.#wholeRows(true);
  }

  #append(piece: Uint8Array): void {
    const rest = this.#bytes.subarray(this.#at, this.#end);
    const length = rest.length + piece.length;
    const bytes = length > this.#bytes.length ? new Uint8Array(2 * length) : this.#bytes;
    bytes.set(rest);
    bytes.set(piece, rest.length);
    [this.#bytes, this.#at, this.#end] = [bytes, 0, length];
  }

  *#wholeRows(isLast: boolean): Generator<ByteRow> {
    if (this.#isStart && (isLast || this.#end >= BYTE_ORDER_MARK.length)) {
      if (BYTE_ORDER_MARK.every((byte, i) => byte === this.#bytes[i])) this.#at = BYTE_ORDER_MARK.length;
      this.#isStart = false;
    }
    while (this.#at < this.#end) {
      const line = this.#line;
      if (!this.#readRow(isLast)) return;
      if (this.#length > 0) yield { line, length: this.#length, bytes: this.#bytes, bounds: this.#bounds };
    }
  }

  /** Reads the next row and goes to the one below; `false` where more of the text may belong to it. */
  #readRow(isLast: boolean): boolean {
    this.#length = 0;
    this.#doubled.length = 0;
    let breaks = 0;
    let at = this.#at;
    let wasQuoted = false;
    for (;;) {
      while (this.#isBlank(at)) at++;
      wasQuoted = this.#bytes[at] === QUOTE && at < this.#end;
      if (wasQuoted) {
        const { close, lines } = this.#closing(at + 1);
        if (close === undefined && isLast) throw new RowError("quote", this.#line);
        if (close === undefined) return false;
        this.#cell(at + 1, close);
        breaks += lines;
        at = close + 1;
        while (this.#isBlank(at)) at++;
        if (at < this.#end && !this.#endsCell(at)) throw new RowError("quote", this.#line);
      } else {
        const start = at;
        while (at < this.#end && !this.#endsCell(at)) at++;
        this.#cell(start, at);
      }
      if (at < this.#end && this.#bytes[at] === this.#delimiter) at++;
      else break;
    }
    // More of the cell may follow, and a line feed after a carriage return.
    const isReturn = at < this.#end && this.#bytes[at] === CR;
    if (!isLast && (at === this.#end || (isReturn && at + 1 === this.#end))) return false;
    if (at - this.#at > LONGEST_ROW) throw new RowError("long", this.#line);
    for (const cell of this.#doubled) this.#undouble(cell);
    const [start = 0, end = 0] = this.#bounds;
    if (this.#length === 1 && start === end && !wasQuoted) this.#length = 0;
    this.#line += breaks + 1;
    this.#at = Math.min(this.#end, isReturn && this.#bytes[at + 1] === LF ? at + 2 : at + 1);
    return true;
  }

  /** Where a quotation mark stands that closes the one before `from`, and how many lines end up to there. */
  #closing(from: number): { readonly close: number | undefined; readonly lines: number } {
    let lines = 0;
    let isDoubled = false;
    for (let at = from; at < this.#end; at++) {
      const byte = this.#bytes[at];
      if (byte === LF || (byte === CR && this.#bytes[at + 1] !== LF)) lines++;
      if (byte !== QUOTE) continue;
      if (this.#bytes[at + 1] !== QUOTE || at + 1 === this.#end) {
        if (isDoubled) this.#doubled.push(this.#length);
        return { close: at, lines };
      }
      isDoubled = true;
      at++;
    }
    return { close: undefined, lines };
  }

  #cell(from: number, to: number): void {
    if (this.#length === MOST_CELLS) throw new RowError("wide", this.#line);
    let [start, end] = [from, to];
    while (start < end && isSpace(this.#bytes[start])) start++;
    while (end > start && isSpace(this.#bytes[end - 1])) end--;
    if (2 * this.#length === this.#bounds.length) {
      const bounds = new Uint32Array(2 * this.#bounds.length);
      bounds.set(this.#bounds);
      this.#bounds = bounds;
    }
    this.#bounds[2 * this.#length] = start;
    this.#bounds[2 * this.#length + 1] = end;
    this.#length++;
  }

  /** Leaves one of each two quotation marks in a cell. */
  #undouble(cell: number): void {
    const end = this.#bounds[2 * cell + 1]!;
    let to = this.#bounds[2 * cell]!;
    for (let at = to; at < end; at++) {
      this.#bytes[to++] = this.#bytes[at]!;
      if (this.#bytes[at] === QUOTE) at++;
    }
    this.#bounds[2 * cell + 1] = to;
  }

  #endsCell(at: number): boolean {
    const byte = this.#bytes[at];
    return byte === this.#delimiter || byte === LF || byte === CR;
  }

  #isBlank(at: number): boolean {
    return at < this.#end && isSpace(this.#bytes[at]) && !this.#endsCell(at);
  }
}

/** Whether a byte is a space or one of the characters from tab to carriage return. */
function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || (byte !== undefined && byte >= TAB && byte <= CR);
}
