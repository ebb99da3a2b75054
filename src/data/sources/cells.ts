import { stat } from "node:fs/promises";
import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import type { CellTable } from "../../tables/cellTable.js";
import { unreadable } from "../reading.js";
import { bytePieces, readBytes, startOfFile } from "./bytes.js";
import type { CellLimits } from "./cellCollector.js";
import { cellsOfRows } from "./cellRecords.js";
import { type CellOptions, CellTextReader, cellsOfText, START } from "./cellText.js";
import { isJson } from "./content.js";
import { parseExactly } from "./exactJson.js";
import { jsonRows } from "./json.js";
import { mostBytes, mostCells } from "./limits.js";
import { STANDARD_INPUT } from "./standardInput.js";
import { sheetText } from "./xlsx.js";
import { isZip } from "./zip.js";

type Limited = CellOptions & { readonly limits: CellLimits };

/** Bytes by which a file is told. */
const SAMPLED = 2 ** 12;

/**
 * The table of cells in a file, or on standard input for "-": delimited text (`cellsOfText`), JSON (`jsonRows`; a name that a record lacks
 * is an empty cell), Parquet (`cellsOfParquet`), or the first sheet of an Excel workbook (`sheetText`). Text may be compressed with gzip. Files are told by their content, and JSON by its name.
 *
 * A delimited text is read piece by piece, whatever its size: memory is what the codes and the different texts take. Where these would
 * take too much, a uniform random sample of the rows is kept, the same each time, and a warning says so.
 * @throws InputError where the file cannot be read or holds no table
 */
export async function readCells(path: string, options: CellOptions = {}): Promise<CellTable> {
  const limited = { ...options, limits: options.limits ?? mostCells };
  if (path === STANDARD_INPUT) return cellsOfBytes(await readBytes(path), "standard input", limited);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory()) throw new InputError(`${path} is a folder; give the file of a table.`);
  // Of a pipe there is no second reading.
  if (!found.isFile()) return cellsOfBytes(await readBytes(path), path, limited);
  const start = await startOfFile(path, SAMPLED);
  if (isParquet(start)) {
    const { cellsOfParquetFile } = await import("./cellParquet.js");
    return cellsOfParquetFile(path, limited.limits);
  }
  return isJson(start, path) || isZip(start)
    ? cellsOfBytes(await readBytes(path), path, limited)
    : streamed(path, limited);
}

async function cellsOfBytes(bytes: Uint8Array, name: string, options: Limited): Promise<CellTable> {
  if (isParquet(bytes)) {
    const { cellsOfParquet } = await import("./cellParquet.js");
    const slice = (start: number, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer;
    return cellsOfParquet({ byteLength: bytes.length, slice }, name, options.limits);
  }
  if (isJson(bytes, name)) return cellsOfRows(name, jsonRows(bytes, name, parseExactly), options.limits);
  return isZip(bytes) ? cellsOfWorkbook(bytes, name, options) : cellsOfText(bytes, name, options);
}

/** Whether a file that begins so is a Parquet file. */
function isParquet(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 4)) === "PAR1";
}

function cellsOfWorkbook(bytes: Uint8Array, name: string, options: Limited): CellTable {
  const { text, sheet, sheets } = sheetText(bytes, name, mostBytes);
  const table = cellsOfText(text, name, { ...options, delimiter: "," });
  const others = sheets > 1 ? [`${name} has ${sheets} sheets, of which the first, ${quoted(sheet)}, was read.`] : [];
  return { ...table, warnings: [...others, ...table.warnings] };
}

async function streamed(path: string, options: Limited): Promise<CellTable> {
  const start: Uint8Array[] = [];
  let length = 0;
  let reader: CellTextReader | undefined;
  const begin = () => {
    const bytes = Buffer.concat(start);
    const begun = new CellTextReader(bytes, path, options);
    begun.take(bytes);
    return begun;
  };
  for await (const piece of bytePieces(path)) {
    if (reader) reader.take(piece);
    else {
      start.push(piece);
      length += piece.length;
      if (length > START) reader = begin();
    }
  }
  return (reader ?? begin()).table();
}
