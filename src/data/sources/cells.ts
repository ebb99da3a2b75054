import { stat } from "node:fs/promises";
import { InputError } from "../../errors.js";
import type { CellTable } from "../../tables/cellTable.js";
import { unreadable } from "../reading.js";
import { bytePieces, readBytes } from "./bytes.js";
import { type CellOptions, CellTextReader, cellsOfText, START } from "./cellText.js";
import { mostCells } from "./limits.js";
import { STANDARD_INPUT } from "./standardInput.js";

/**
 * The table of cells in a file, or on standard input for "-": delimited text (`cellsOfText`), compressed with gzip or not.
 *
 * A delimited text is read piece by piece, whatever its size: memory is what the codes and the different texts take. Where these would
 * take too much, a uniform random sample of the rows is kept, the same each time, and a warning says so.
 * @throws InputError where the file cannot be read or holds no table
 */
export async function readCells(path: string, options: CellOptions = {}): Promise<CellTable> {
  const limited = { limits: mostCells, ...options };
  if (path === STANDARD_INPUT) return cellsOfText(await readBytes(path), "standard input", limited);
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isDirectory()) throw new InputError(`${path} is a folder; give the file of a table.`);
  // Of a pipe there is no second reading.
  if (!found.isFile()) return cellsOfText(await readBytes(path), path, limited);
  return streamedCells(path, limited);
}

async function streamedCells(path: string, options: CellOptions): Promise<CellTable> {
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
