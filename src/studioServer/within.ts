import { readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { readTextFile } from "../files.js";

/**
 * The real path of a file in a folder; `null` where there is none, where it is no regular file, and where the names or a symbolic link
 * lead out of the folder.
 * @param root the real path of the folder
 */
export async function fileWithin(root: string, ...names: readonly string[]): Promise<string | null> {
  const path = await realpath(join(root, ...names)).catch(() => null);
  if (path === null || !isBelow(root, path)) return null;
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? path : null;
}

/** The text of such a file; `null` likewise. */
export async function textWithin(root: string, ...names: readonly string[]): Promise<string | null> {
  const path = await fileWithin(root, ...names);
  return path && ((await readTextFile(path).catch(() => null)) ?? null);
}

/** The names in a folder below `root`, sorted; none where it is not there or lies elsewhere. */
export async function namesWithin(root: string, folder: string): Promise<string[]> {
  const path = await realpath(join(root, folder)).catch(() => null);
  if (path === null || !isBelow(root, path)) return [];
  return (await readdir(path).catch(() => [])).sort();
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== "" && !isAbsolute(way) && way.split(sep)[0] !== "..";
}
