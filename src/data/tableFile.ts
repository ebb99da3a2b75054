import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { datasets } from "./catalogue.js";
import { type CellsDataset, cellsDataset } from "./cellsDataset.js";
import type { Dataset } from "./dataset.js";
import { bytePieces, readBytes } from "./sources/bytes.js";
import { readCells } from "./sources/cells.js";
import { contentKind } from "./sources/content.js";
import { STANDARD_INPUT } from "./sources/standardInput.js";
import { firstMember } from "./sources/zip.js";

/** The endings of single images, which no command takes. */
const IMAGES = [".png", ".jpg", ".jpeg", ".webp", ".gif"];

/**
 * Whether a name or path stands for rows with columns: neither a data set of that name, nor a folder, an array or an image. A file, and what
 * is on standard input, is told by how it begins; a pipe, of which there is no second reading, by its name.
 */
export async function isTableFile(nameOrPath: string): Promise<boolean> {
  if (nameOrPath === STANDARD_INPUT) return isOfRows(await readBytes(nameOrPath), "standard input");
  if (datasets.has(nameOrPath)) return false;
  const found = await stat(nameOrPath).catch(() => undefined);
  if (!found || found.isDirectory()) return false;
  return isOfRows(found.isFile() ? await beginning(nameOrPath) : new Uint8Array(), nameOrPath);
}

function isOfRows(bytes: Uint8Array, name: string): boolean {
  const kind = contentKind(bytes, name);
  // A workbook of Excel is a zip archive too.
  const isArrays = kind === "npz" && (firstMember(bytes) ?? ".npy").endsWith(".npy");
  const isArray = kind === "npy" || kind === "idx" || isArrays;
  return !isArray && !IMAGES.includes(extname(name).toLowerCase());
}

/** The first bytes of a file, unpacked. */
async function beginning(path: string): Promise<Uint8Array> {
  for await (const piece of bytePieces(path)) return piece;
  return new Uint8Array();
}

/** How the rows of a table are read. */
export interface RowsOptions extends CellsDataset {
  readonly header?: boolean | undefined;
}

/**
 * The data set of the rows in a file: delimited text, JSON records or lines, Parquet. Its columns are what `inferSchema` makes of them.
 * @throws InputError where the file cannot be read, a choice does not fit it, or its rows break a rule
 */
export async function openRows(path: string, { header, ...options }: RowsOptions): Promise<Dataset> {
  return cellsDataset(await readCells(path, { header }), options).data;
}
