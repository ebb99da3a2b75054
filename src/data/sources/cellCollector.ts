import { createRng, type Rng } from "../../random.js";
import type { CellColumn } from "../../tables/cellTable.js";
import { STRING_BYTES, TextDictionary } from "./textDictionary.js";

/** What the cells of a table may take. */
export interface CellLimits {
  /** Cells: four bytes each. */
  readonly cells: number;
  /** Bytes of the different texts of all columns. */
  readonly textBytes: number;
}

/** What fits beside what is made of a table. */
export const mostInMemory: CellLimits = { cells: 100_000_000, textBytes: 1_000_000_000 };

const FIRST_ROWS = 64;
const NO_BYTES = new Uint8Array();

/**
 * Gathers the cells of a table row by row, as codes of their texts. Where they take more than they may, half of the rows are dropped, each
 * by the toss of a coin, and of those that follow as few are kept: what is left at the end is a uniform random sample, in the order of the
 * file. As long as all fit, nothing is drawn.
 */
export class CellCollector {
  readonly #columns: ColumnCells[];
  readonly #limits: CellLimits;
  readonly #rng: Rng;
  readonly #encoder = new TextEncoder();
  #scratch = new Uint8Array(256);
  #rows = 0;
  #rowsInFile = 0;
  #textBytes = 0;
  /** The part of the rows that is kept. */
  #share = 1;

  constructor(columns: number, limits: CellLimits, seed = 0) {
    this.#columns = Array.from({ length: columns }, () => new ColumnCells(0));
    this.#limits = limits;
    this.#rng = createRng(seed);
  }

  get columns(): number {
    return this.#columns.length;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Rows that were offered. */
  get rowsInFile(): number {
    return this.#rowsInFile;
  }

  /** Appends a column, which is empty in the rows before. */
  addColumn(): void {
    this.#columns.push(new ColumnCells(this.#rows));
  }

  /** Whether the next row is to be added. */
  offer(): boolean {
    this.#rowsInFile++;
    return this.#share === 1 || this.#rng.uniform() < this.#share;
  }

  /** Puts a cell into the row that is being added; each column gets one. */
  put(column: number, bytes: Uint8Array, start: number, end: number): void {
    this.#textBytes += this.#columns[column]!.put(this.#rows, bytes, start, end);
  }

  /** Puts a text as `put` does bytes. */
  putText(column: number, text: string): void {
    // A character takes three bytes of UTF-8 at most, and one outside the basic plane is two characters.
    if (3 * text.length > this.#scratch.length) this.#scratch = new Uint8Array(6 * text.length);
    const { written } = this.#encoder.encodeInto(text, this.#scratch);
    this.put(column, this.#scratch, 0, written);
  }

  endRow(): void {
    this.#rows++;
    while (this.#isFull()) this.#halve();
  }

  /** Whether all texts are UTF-8. */
  isUtf8(): boolean {
    return this.#columns.every(({ texts }) => texts.isUtf8());
  }

  /** The columns, by their names. It has no cells any more afterwards, so that memory is not taken twice. */
  *taken(names: readonly string[], decoder = new TextDecoder("utf-8", { ignoreBOM: true })): Generator<CellColumn> {
    for (const name of names) {
      const cells = this.#columns.shift();
      if (cells) yield { name, ...cells.column(this.#rows, decoder) };
    }
  }

  #isFull(): boolean {
    if (this.#rows < 2) return false;
    return this.#rows * this.#columns.length > this.#limits.cells || this.#textBytes > this.#limits.textBytes;
  }

  #halve(): void {
    this.#share /= 2;
    const kept = Uint32Array.from({ length: this.#rows }, (_, row) => row).filter(() => this.#rng.uniform() < 0.5);
    for (const column of this.#columns) column.keep(kept);
    this.#rows = kept.length;
    this.#textBytes = this.#columns.reduce((sum, { texts }) => sum + texts.memory, 0);
  }
}

/** A column while it grows. */
class ColumnCells {
  texts = new TextDictionary();
  #codes: Uint32Array;

  /** @param rows that it is empty in */
  constructor(rows: number) {
    this.#codes = new Uint32Array(Math.max(FIRST_ROWS, rows));
    if (rows > 0) this.texts.codeOf(NO_BYTES, 0, 0);
  }

  /** Returns the bytes that its texts take more. */
  put(row: number, bytes: Uint8Array, start: number, end: number): number {
    if (row === this.#codes.length) {
      const codes = new Uint32Array(2 * row);
      codes.set(this.#codes);
      this.#codes = codes;
    }
    const { size } = this.texts;
    this.#codes[row] = this.texts.codeOf(bytes, start, end);
    return this.texts.size === size ? 0 : STRING_BYTES + end - start;
  }

  keep(rows: Uint32Array): void {
    for (const [place, row] of rows.entries()) this.#codes[place] = this.#codes[row]!;
    this.texts = this.texts.only(this.#codes.subarray(0, rows.length));
  }

  column(rows: number, decoder: TextDecoder): Omit<CellColumn, "name"> {
    return { texts: this.texts.texts(decoder), codes: this.#codes.slice(0, rows) };
  }
}

/** Says that only a sample of the rows is kept, where it is so. */
export function sampledWarning(name: string, rows: number, rowsInFile: number): string[] {
  if (rows === rowsInFile) return [];
  return [`${name} has ${rowsInFile} rows, more than fit into memory; ${rows} of them, drawn at random, are used.`];
}
