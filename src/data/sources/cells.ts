import { stat } from "node:fs/promises";
import { InputError } from "../../errors.js";
import type { CellTable } from "../../tables/cellTable.js";
import { unreadable } from "../reading.js";
import { bytePieces, readBytes, startOfFile } from "./bytes.js";
import { type CellBytesOptions, cellsOfBytes } from "./cellBytes.js";
import { type CellOptions, CellTextReader, START } from "./cellText.js";
import { isJson } from "./content.js";
import { mostBytes, mostCells } from "./limits.js";
import { STANDARD_INPUT } from "./standardInput.js";
import { isZip } from "./zip.js";

/** Bytes by which a file is told. */
const SAMPLED = 2 ** 12;

/**
 * The table of cells in a file, or on standard input for "-": Parquet (`cellsOfParquet`), or what `cellsOfBytes` reads. Text may
 * be compressed with gzip. Files are told by their content, and JSON by its name.
 *
 * A delimited text is read piece by piece, whatever its size: memory is what the codes and the different texts take. Where these would
 * take too much, a uniform random sample of the rows is kept, the same each time, and a warning says so.
 * @throws InputError where the file cannot be read or holds no table
 */
export async function readCells(path: string, options: CellOptions = {}): Promise<CellTable> {
  const limited = { ...options, limits: options.limits ?? mostCells, mostBytes };
  if (path === STANDARD_INPUT) return cellsOfWhole(await readBytes(path), "standard input", limited);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory()) throw new InputError(`${path} is a folder; give the file of a table.`);
  // Of a pipe there is no second reading.
  if (!found.isFile()) return cellsOfWhole(await readBytes(path), path, limited);
  const start = await startOfFile(path, SAMPLED);
  if (isParquet(start)) {
    const { cellsOfParquetFile } = await import("./cellParquet.js");
    return cellsOfParquetFile(path, limited.limits);
  }
  return isJson(start, path) || isZip(start)
    ? cellsOfWhole(await readBytes(path), path, limited)
    : streamed(path, limited);
}

/** The table of a file that is read in one piece. */
async function cellsOfWhole(bytes: Uint8Array, name: string, options: CellBytesOptions): Promise<CellTable> {
  if (!isParquet(bytes)) return cellsOfBytes(bytes, name, options);
  const { cellsOfParquet } = await import("./cellParquet.js");
  const slice = (start: number, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer;
  return cellsOfParquet({ byteLength: bytes.length, slice }, name, options.limits);
}

/** Whether a file that begins so is a Parquet file. */
function isParquet(bytes: Uint8Array): boolean {
  return new TextDecoder().decode(bytes.subarray(0, 4)) === "PAR1";
}

async function streamed(path: string, options: CellOptions): Promise<CellTable> {
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
