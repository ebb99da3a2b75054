import { InputError } from "../../errors.js";
import type { CellColumn, CellTable } from "../../tables/cellTable.js";
import { CellCollector, type CellLimits, mostInMemory, sampledWarning } from "./cellCollector.js";
import { utf8Recoder } from "./encoding.js";
import { type ByteRow, LONGEST_ROW, RowScanner } from "./rowScanner.js";
import { nameless, ROW_COUNTS, rowCountWarning } from "./sourceTable.js";
import { readingRows, requireLength, type TextOptions, type TextStart, textStart } from "./textStart.js";

const WANTED = "a table with a row of column names and then rows of cells";
const LF = 0x0a;
const CR = 0x0d;

/** How cells are read. */
export interface CellOptions extends TextOptions {
  /** What they may take in memory; a random sample is kept of a table that takes more. Default: 100 million cells, and 1 GB for their texts. */
  readonly limits?: CellLimits | undefined;
}

/**
 * The table of cells in a delimited text (`RowScanner`): UTF-8, UTF-16 with a byte order mark, or Latin-1, with what its first rows tell of
 * it (`textStart`). A first column without a name that only counts the rows is left out, with a warning, and so are columns without a name
 * that are empty.
 *
 *     cellsOfText(new TextEncoder().encode("name,age\nAda,36\nAlan,\n"), "people")
 *
 * It runs in browsers too.
 * @param name of the text, for messages
 * @throws InputError with the line where a row has another length than the first or a quotation mark is not closed, and where the text is
 * empty, is none, or has columns without a name or of the same
 */
export function cellsOfText(bytes: Uint8Array, name: string, options: CellOptions = {}): CellTable {
  const reader = new CellTextReader(bytes, name, options);
  reader.take(bytes);
  return reader.table();
}

/** Bytes of a text that tell how to read it: its first row is among them. */
export const START = LONGEST_ROW;

/** Reads the cells of a delimited text that comes piece by piece. */
export class CellTextReader {
  readonly #name: string;
  readonly #start: TextStart;
  readonly #scanner: RowScanner;
  readonly #cells: CellCollector;
  readonly #utf8: (bytes: Uint8Array) => Uint8Array;
  #isNames: boolean;

  /** @param start of the text: all of it, or at least its first `START` bytes, which are to be taken too */
  constructor(start: Uint8Array, name: string, { limits = mostInMemory, ...options }: CellOptions) {
    this.#name = name;
    this.#start = readingRows(name, () => textStart(wholeLines(start), name, options, WANTED));
    this.#scanner = new RowScanner(this.#start.delimiter);
    this.#cells = new CellCollector(this.#start.columns.length, limits);
    this.#isNames = this.#start.named;
    this.#utf8 = utf8Recoder(this.#start.encoding);
  }

  /** Reads the next bytes of the text. */
  take(bytes: Uint8Array): void {
    this.#add(this.#scanner.rows(this.#utf8(bytes)));
  }

  /** The table, when all of the text was taken. */
  table(): CellTable {
    this.#add(this.#scanner.lastRows());
    const { columns: names, encoding, warnings } = this.#start;
    const { rows, rowsInFile } = this.#cells;
    if (rows === 0) throw new InputError(`${this.#name} has column names but no rows below them; give ${WANTED}.`);
    const isUtf8 = encoding !== "windows-1252" && this.#cells.isUtf8();
    const decoder = new TextDecoder(isUtf8 ? "utf-8" : "windows-1252", { ignoreBOM: true });
    const all = [...this.#cells.taken(names, decoder)];
    const { columns, told: leftOut } = namedColumns(this.#name, all, rows < rowsInFile);
    const told = [
      ...warnings,
      ...(isUtf8 ? [] : [`${this.#name} is not UTF-8 and was read as Latin-1.`]),
      ...leftOut,
      ...sampledWarning(this.#name, rows, rowsInFile),
    ];
    return { name: this.#name, rows, rowsInFile, columns, warnings: told };
  }

  #add(rows: Iterable<ByteRow>): void {
    readingRows(this.#name, () => {
      for (const row of rows) {
        if (this.#isNames) this.#isNames = false;
        else this.#addRow(row);
      }
    });
  }

  #addRow({ line, length, bytes, bounds }: ByteRow): void {
    requireLength(this.#name, line, length, this.#cells.columns);
    if (!this.#cells.offer()) return;
    for (let cell = 0; cell < length; cell++) {
      this.#cells.put(cell, bytes, bounds[2 * cell]!, bounds[2 * cell + 1]!);
    }
    this.#cells.endRow();
  }
}

/** The bytes without a last line that may be cut off. */
function wholeLines(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= START) return bytes;
  const lastEnd = Math.max(bytes.lastIndexOf(LF, START), bytes.lastIndexOf(CR, START));
  return bytes.subarray(0, lastEnd < 0 ? START : lastEnd);
}

/**
 * The columns that have names, without a first one that counts the rows from 0 or 1 under no name, as pandas and R write it, and without
 * those that have neither a name nor a cell, as spreadsheets write them; sentences say so.
 * @param isSample whether rows are left out, so that the count has gaps
 * @throws InputError where a column without a name holds anything else
 */
function namedColumns(name: string, all: readonly CellColumn[], isSample: boolean) {
  const [first] = all;
  const counts = first !== undefined && all.length > 1 && ROW_COUNTS.includes(first.name) && isCount(first, isSample);
  const empty = all.filter((column) => column.name === "" && column.texts.every((text) => text === ""));
  const columns = all.filter((column) => !(counts && column === first) && !empty.includes(column));
  const wrong = columns.find((column) => column.name === "");
  if (wrong) throw nameless(name, all.indexOf(wrong));
  const told = [
    ...(counts ? [rowCountWarning(name)] : []),
    ...(empty.length > 0 ? [`${name}: columns without a name and without a cell are left out (${empty.length}).`] : []),
  ];
  return { columns, told };
}

function isCount({ texts, codes }: CellColumn, isSample: boolean): boolean {
  const from = Number(texts[0]);
  if (isSample) return codes.every((code, row) => code === row && /^\d+$/.test(texts[code] ?? ""));
  return (from === 0 || from === 1) && codes.every((code, row) => texts[code] === String(from + row));
}
