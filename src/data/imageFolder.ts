import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../errors.js";
import { unreadable } from "./reading.js";

const IMAGE_NAME = /\.(png|jpe?g|webp)$/i;

/**
 * The files of a folder and its subfolders that are named as PNG, JPEG or WebP images, sorted, so that one seed gives the same samples
 * on every machine. What begins with a dot, as `.ipynb_checkpoints` and `._photo.png` do, and `__MACOSX` are passed over. Links are
 * followed, and no folder is read twice, so that links that lead in a circle come to an end.
 * @throws InputError where a folder cannot be read, or there is no such file
 */
export async function imagePaths(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  await collect(folder, found, new Set());
  if (found.length === 0) {
    throw new InputError(`${folder} holds no PNG, JPEG or WebP image, nor do its subfolders; give a folder of images.`);
  }
  return found.sort();
}

async function collect(folder: string, found: string[], seen: Set<string>): Promise<void> {
  const entries = await entriesOf(folder, seen).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  for (const entry of entries) {
    if (entry.name.startsWith(".") || entry.name === "__MACOSX") continue;
    const path = join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
    if (kind?.isDirectory()) await collect(path, found, seen);
    // A link that leads nowhere is a broken image; a pipe or a device is none.
    else if (IMAGE_NAME.test(entry.name) && kind?.isFile() !== false) found.push(path);
  }
}

async function entriesOf(folder: string, seen: Set<string>) {
  const place = await realpath(folder);
  if (seen.has(place)) return [];
  seen.add(place);
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
