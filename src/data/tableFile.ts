import { stat } from "node:fs/promises";
import { extname } from "node:path";
import { inferSchema } from "../tables/inferSchema.js";
import { readTable } from "../tables/readTable.js";
import { reshape, reshapingOf, sentencesOf } from "../tables/reshaping.js";
import type { TableChoices } from "../tables/tableChoices.js";
import { datasets } from "./catalogue.js";
import type { Dataset } from "./dataset.js";
import { rowsDataset } from "./rows.js";
import { readCells } from "./sources/cells.js";
import { STANDARD_INPUT } from "./sources/standardInput.js";

/** The endings of files that hold no table of columns. */
const OTHERS = [".npy", ".npz", ".png", ".jpg", ".jpeg", ".webp", ".gif"];

/** Whether a name or path stands for a file of rows with columns: neither a data set of that name, nor a folder, an array or an image. */
export async function isTableFile(nameOrPath: string): Promise<boolean> {
  if (nameOrPath === STANDARD_INPUT) return true;
  if (datasets.has(nameOrPath)) return false;
  const path = nameOrPath.replace(/\.gz$/i, "");
  if (OTHERS.includes(extname(path).toLowerCase()) || /(-|\.)idx\d-?ubyte$/i.test(path)) return false;
  return stat(nameOrPath).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}

/** How the rows of a table are read. */
export interface RowsOptions {
  /** What is decided of its columns. Default: all is inferred. */
  readonly table?: TableChoices | undefined;
  readonly header?: boolean | undefined;
  /** Whether any columns of a row may be given. Default: true. */
  readonly conditional?: boolean | undefined;
  /** Seed of the shuffle that holds a tenth out. Default: 0. */
  readonly seed?: number | undefined;
}

/**
 * The data set of the rows in a file: delimited text, JSON records or lines, Parquet. Its columns are what `inferSchema` makes of them.
 * @throws InputError where the file cannot be read, a choice does not fit it, or its rows break a rule
 */
export async function openRows(
  path: string,
  { table: choices, header, seed, conditional }: RowsOptions,
): Promise<Dataset> {
  const cells = await readCells(path, { header });
  const { schema, notes } = inferSchema(cells, choices);
  const table = readTable(cells, schema);
  const reshaping = reshapingOf(schema, table);
  const warnings = [...cells.warnings, ...notes, ...sentencesOf(reshaping)];
  return { ...rowsDataset(reshape(reshaping, table), { seed, conditional }), table: { schema, reshaping }, warnings };
}
