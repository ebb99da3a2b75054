import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { getSystemErrorMap } from "node:util";
import { InputError } from "./errors.js";

/** What is in a file: bytes, text, or either in pieces that are made as they are written. */
export type FileContent = Uint8Array | string | Iterable<string> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file so that a reader finds the old content or the new one, and never a part: under a temporary name in the same
 * folder, synced to disk, then renamed. Missing parent folders are made. A link stays, and the file that it leads to is written. A
 * device or a pipe, such as `/dev/null`, is written to as it is: renaming onto it would put a file in its place.
 * @throws InputError with the path and the system's reason where it cannot be written; no temporary file is left then
 */
export async function writeFileAtomically(path: string, content: FileContent): Promise<void> {
  if (path === "") throw new InputError("the name of the file is empty; give one.");
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new InputError(`${path} is a folder; give the name of a file.`);
  if (found && !found.isFile()) {
    return writeFile(path, content).catch((error: unknown) => {
      throw unwritable(path, error);
    });
  }
  const target = found ? await realpath(path) : path;
  await throughTemporary(target, async (temporary) => {
    await writeSynced(temporary, content);
    await rename(temporary, target);
  });
}

/**
 * Writes a folder of files so that a reader finds all of it or nothing. Missing parent folders are made. A folder that stands at
 * `path` is replaced as a whole; for the moment between two renames neither of the two is there.
 * @param files content by file name (names only, no folders within)
 * @throws InputError with the path and the system's reason where it cannot be written; what stood at `path` is there again then
 */
export async function writeDirectoryAtomically(
  path: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  await throughTemporary(path, async (temporary) => {
    await mkdir(temporary);
    for (const [name, content] of Object.entries(files)) await writeSynced(join(temporary, name), content);
    await syncFolder(temporary);
    await replaceFolder(temporary, path);
  });
}

/** A hundred runs of a thousand evaluations take half of it. */
const LARGEST_TEXT_MEGABYTES = 100;

/**
 * The text of a file of results or settings; `undefined` where there is none.
 * @throws InputError where it cannot be read, is no regular file, or has more than 100 MB
 */
export async function readTextFile(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new InputError(`${path} is not a file.`);
    const megabytes = found.size / 2 ** 20;
    if (megabytes > LARGEST_TEXT_MEGABYTES)
      throw new InputError(
        `${path} has ${megabytes.toFixed(0)} MB, and such a file has ${LARGEST_TEXT_MEGABYTES} MB at most.`,
      );
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    const reason = systemReason(error);
    throw reason === undefined ? error : new InputError(`${path} cannot be read: ${reason}.`);
  }
}

/**
 * Finds out, before long work, that files can be written in `folder`, and leaves everything as it was.
 * @throws InputError where they cannot
 */
export async function checkWritable(folder: string): Promise<void> {
  const made = await makeFolder(folder);
  const probe = join(folder, `.probe.${randomUUID()}.tmp`);
  try {
    await writeSynced(probe, "");
  } catch (error) {
    throw unwritable(folder, error);
  } finally {
    await rm(made ?? probe, { recursive: true, force: true }).catch(() => {});
  }
}

/**
 * Makes a folder, and those above it that are missing.
 * @returns the topmost folder that was made; `undefined` where all of them were there
 * @throws InputError with the system's reason where one of them cannot be made; none is left then
 */
export async function makeFolder(path: string): Promise<string | undefined> {
  return makeFolders(path).catch((error: unknown) => {
    throw unwritable(path, error);
  });
}

/**
 * The names in a folder, hidden ones left out; none where there is no such folder.
 * @throws InputError where it cannot be read, or its name is empty
 */
export async function namesIn(folder: string): Promise<string[]> {
  if (folder === "") throw new InputError("the name of the folder is empty; give one.");
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw new InputError(
      `${folder} cannot be used as a folder: ${systemReason(error) ?? error.message}; give another.`,
    );
  });
  return names.filter((name) => !name.startsWith("."));
}

/**
 * Checks, before work is written to a folder, that it holds nothing but what such work writes there.
 * @param own the names that it may hold
 * @param remedy what else can be done than to give another --out
 * @throws InputError where it holds anything else
 */
export async function checkHoldsOnly(folder: string, own: readonly string[], remedy = ""): Promise<void> {
  const other = (await namesIn(folder)).find((name) => !own.includes(name));
  if (other === undefined) return;
  throw new InputError(`${folder} is not empty (it holds ${other}): give another --out${remedy}.`);
}

/** Removes from `folder` what a writer that was killed half-way left there under a temporary name. */
export async function removeTemporaries(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (TEMPORARY_NAME.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** What the operating system says of a failed call, as "permission denied"; `undefined` for any other error. */
export function systemReason(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("errno" in error) || typeof error.errno !== "number") return undefined;
  return getSystemErrorMap().get(error.errno)?.[1] ?? error.message;
}

/** Whether a system call failed because no further file can be opened or no memory is left, whatever it was called for. */
export function isExhausted(error: unknown): boolean {
  return error instanceof Error && "code" in error && EXHAUSTED.includes(String(error.code));
}

const EXHAUSTED = ["EMFILE", "ENFILE", "ENOMEM"];
const TEMPORARY_NAME = /^\..+\.[0-9a-f-]{36}\.tmp$/;

function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
}

async function throughTemporary(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await makeFolders(dirname(path));
    await write(temporary);
    await syncFolder(dirname(path));
  } catch (error) {
    // Where even this fails, the first error is the one to tell.
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
    throw unwritable(path, error);
  }
}

/** The error to throw when writing `path` failed: the system's reason as an `InputError`, any other error as it is. */
export function unwritable(path: string, error: unknown): unknown {
  // The folders above it were there or were made: what is missing is a way to make it.
  const isRefused = error instanceof Error && "code" in error && error.code === "ENOENT";
  const reason = isRefused ? "no file can be made there" : systemReason(error);
  if (reason === undefined) return error;
  return new InputError(`${path} cannot be written: ${reason}; choose a place that can be written.`);
}

/**
 * One level at a time: Node's own way of making several never returns below `/proc`, and calls read-only places missing. Throws what the
 * system says.
 */
async function makeFolders(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = resolve(path); !(await isFolder(at)); at = dirname(at)) missing.unshift(at);
  const made: string[] = [];
  try {
    for (const folder of missing) if (await makeOne(folder)) made.push(folder);
    return made[0];
  } catch (error) {
    for (const folder of made.reverse()) await rmdir(folder).catch(() => {});
    throw error;
  }
}

/** Whether there is a folder; `false` where there is nothing. */
async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  if (found && !found.isDirectory()) throw new InputError(`${path} is a file, and a folder is needed there.`);
  return found !== undefined;
}

/** Makes a folder whose parent is there. `false` where another process was quicker. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && (await isFolder(path))) return false;
    const problem =
      code === "EEXIST"
        ? "is a link to nothing"
        : code === "ENOENT" && `cannot be made: ${dirname(path)} takes no folders`;
    throw problem ? new InputError(`${path} ${problem}; choose a place that can be written.`) : error;
  }
}

async function writeSynced(path: string, content: FileContent): Promise<void> {
  const file = await open(path, "wx");
  try {
    await writeFile(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable. Windows opens no folders, and keeps names without it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Renames `from` to `to`. No system call replaces a folder that is not empty, so that one steps aside first. */
async function replaceFolder(from: string, to: string): Promise<void> {
  const aside = temporaryBeside(to);
  const replaced = await rename(to, aside).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
  try {
    await rename(from, to);
  } catch (error) {
    if (replaced) await rename(aside, to);
    throw error;
  }
  if (replaced) await rm(aside, { recursive: true, force: true });
}
