import { stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.js";
import { closest } from "../../nearest.js";
import { datasets } from "../catalogue.js";
import type { Dataset } from "../dataset.js";
import type { LabelOptions } from "../labels.js";
import { unreadable } from "../reading.js";
import { readBytes } from "./bytes.js";
import { type Content, parseContent } from "./content.js";
import { mostBytes } from "./limits.js";
import type { NumberArray } from "./numberArray.js";
import { STANDARD_INPUT } from "./standardInput.js";

/** What a name or path stands for. Files are read; folders are not yet. */
export type Source = { readonly name: string } & (
  | { readonly kind: "name"; readonly open: (options?: LabelOptions) => Dataset | Promise<Dataset> }
  | { readonly kind: "run" | "folder"; readonly folder: string }
  | Content
);

export interface SourceOptions {
  /** Whether the first row of a table holds the names of its columns. Default: told by its cells. */
  readonly header?: boolean | undefined;
}

/**
 * What a name or path stands for, the same for every command:
 *
 * - a name in `datasets` (one wins over a file that is called the same; write `./grid` for that), with capital letters too
 * - the folder of a run, told by its checkpoints; any other folder is one of images
 * - a table: delimited text (`parseTable`) or JSON (`parseJsonTable`)
 * - an array: `.npy` (`parseNpy`), `.npz` (`parseNpz`; `FILE.npz:NAME` takes one of several), or IDX (`parseIdx`)
 * - `-`, one of these files on standard input
 *
 * Files may be compressed with gzip. They are told by their content, and by their names where the content leaves it open.
 * @throws InputError where there is no such name or path, it is of no known kind, damaged, or too large
 */
export async function openSource(nameOrPath: string, { header }: SourceOptions = {}): Promise<Source> {
  const named = sourceOfName(nameOrPath);
  if (named) return named;
  if (nameOrPath === STANDARD_INPUT) return contentOf(nameOrPath, "standard input", { header });
  const found = await stat(nameOrPath).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const inSmallLetters = sourceOfName(nameOrPath.toLowerCase());
    if (inSmallLetters) return inSmallLetters;
    const [, path, array] = /^(.+\.npz):([^/\\]+)$/i.exec(nameOrPath) ?? [];
    if (path === undefined || !(await exists(path))) throw missing(nameOrPath, found);
    return contentOf(path, path, { header, array });
  }
  if (!found.isDirectory()) return contentOf(nameOrPath, nameOrPath, { header });
  const isRun = await exists(join(nameOrPath, "checkpoints"));
  return { kind: isRun ? "run" : "folder", name: nameOrPath, folder: nameOrPath };
}

/**
 * The array of a `.npy`, `.npz` or IDX file, compressed with gzip or not.
 * @throws InputError as `openSource` does, and where the file holds a table
 */
export async function readArray(path: string): Promise<NumberArray> {
  const source = await openSource(path);
  if (source.kind === "array") return source.array;
  throw new InputError(`${path} holds no array; give a .npy, .npz or IDX file.`);
}

/** The file of a path: that of one of several arrays is in the file that is named before it. */
export function fileOfPath(path: string): string {
  return path.replace(/(\.npz):[^/\\]+$/i, "$1");
}

function sourceOfName(name: string): Source | undefined {
  return datasets.has(name) ? { kind: "name", name, open: datasets.get(name).open } : undefined;
}

async function contentOf(
  path: string,
  name: string,
  options: { readonly header: boolean | undefined; readonly array?: string | undefined },
): Promise<Source> {
  return { name, ...parseContent(await readBytes(path), name, { ...options, mostBytes }) };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function missing(path: string, error: NodeJS.ErrnoException): unknown {
  if (error.code !== "ENOENT" && error.code !== "ENOTDIR") return unreadable(path, error);
  const { names } = datasets;
  // What has a separator or an extension was meant as a path, which no name resembles.
  const guess = /[\\/.]/.test(path) ? "" : ` Did you mean ${closest(path, names)}?`;
  return new InputError(
    `There is no data set and no file or folder called "${path}".${guess} Known data sets: ${names.join(", ")}.`,
  );
}
