import type { CellTable } from "../../tables/cellTable.js";
import { readBytes } from "./bytes.js";
import { type CellOptions, cellsOfText } from "./cellText.js";
import { STANDARD_INPUT } from "./standardInput.js";

/**
 * The table of cells in a file, or on standard input for "-": delimited text, JSON records or lines, or Parquet; text may be compressed
 * with gzip. Of a table that would not fit into memory a random sample of the rows is kept, which a warning says.
 * @throws InputError where the file cannot be read or holds no table
 */
export async function readCells(path: string, options: CellOptions = {}): Promise<CellTable> {
  const name = path === STANDARD_INPUT ? "standard input" : path;
  return cellsOfText(await readBytes(path), name, options);
}
