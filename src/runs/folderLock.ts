import { randomUUID } from "node:crypto";
import { lstat, mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { InputError } from "../errors.js";
import { makeFolder, unwritable } from "../files.js";
import { isRunning, processSchema, thisProcess } from "../processIdentity.js";

/** A folder within the folder that is locked, for as long as it is. */
const LOCK = ".lock";
const HOLDER = "holder.json";
/** What another process does between two tries takes less. */
const PAUSE_MILLISECONDS = 10;
const MOST_TRIES = 100;

const holderSchema = z.strictObject({
  /** Of this locking, and no other. */
  id: z.string(),
  process: processSchema,
  since: z.iso.datetime(),
});

type Holder = z.infer<typeof holderSchema>;

/** A folder that no other process works in. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Locks `directory` for this process, and makes it where it is missing. A lock whose process has ended is taken over.
 *
 * The lock is a folder with its holder's name in it, made under another name and renamed: a folder cannot be renamed onto one that is
 * not empty, so that one of many wins, and no lock is ever without its name. A lock that was left behind is removed under a lock of its
 * own: between reading whose it is and removing it nobody else can.
 * @throws InputError with the holder's process where the folder is locked, and where it cannot be written
 */
export async function lockFolder(directory: string): Promise<FolderLock> {
  const path = join(directory, LOCK);
  const holder: Holder = { id: randomUUID(), process: thisProcess(), since: new Date().toISOString() };
  await makeFolder(directory);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if (await attempt(directory, holder)) return { release: () => remove(path) };
    await setTimeout(PAUSE_MILLISECONDS);
  }
  throw new InputError(`${directory} cannot be locked: delete ${path} if nothing is at work there.`);
}

/**
 * Does `work` while `directory` is locked for this process. A folder that was made for it goes again where the work left nothing there.
 * @throws InputError as `lockFolder` does, and what the work throws
 */
export async function whileLocked<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const made = await makeFolder(directory);
  const lock = await lockFolder(directory);
  try {
    return await work();
  } finally {
    await lock.release();
    if (made !== undefined) await removeEmpty(resolve(directory), made);
  }
}

/** Removes a folder, and those above it up to `topmost`, as far as they are empty. */
async function removeEmpty(folder: string, topmost: string): Promise<void> {
  const removed = await rmdir(folder).then(
    () => true,
    () => false,
  );
  if (removed && folder !== topmost) await removeEmpty(dirname(folder), topmost);
}

/** Locks the folder, or removes a lock that was left behind, or does nothing. */
async function attempt(directory: string, holder: Holder): Promise<boolean> {
  const path = join(directory, LOCK);
  if (await put(path, holder)) return true;
  const left = await checkUnlocked(directory);
  if (!left) return false;
  const mayRemove = await attempt(path, holder).catch((error: unknown) => {
    if (error instanceof InputError) return false;
    throw error;
  });
  if (mayRemove && (await holderOf(path))?.id === left.id) await remove(path);
  return false;
}

/**
 * The holder that left `directory` locked when it ended; `undefined` where it is not locked.
 * @throws InputError where a process holds the lock that has not ended
 */
export async function checkUnlocked(directory: string): Promise<Holder | undefined> {
  const holder = await holderOf(join(directory, LOCK));
  if (!holder) return undefined;
  const { process: by, since } = holder;
  const running = isRunning(by);
  if (running === false) return holder;
  const remedy =
    running === undefined || by.started === null
      ? `if that process has ended, delete ${join(directory, LOCK)}`
      : "wait for it, stop it, or choose another folder";
  throw new InputError(`${directory} is in use by process ${by.id} on ${by.host}, since ${since}: ${remedy}.`);
}

/** Puts the lock there, where there is none. */
async function put(path: string, holder: Holder): Promise<boolean> {
  const made = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(made);
    await writeFile(join(made, HOLDER), JSON.stringify(holder));
    await rename(made, path);
    return true;
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // A lock is there; or the folder went away meanwhile, if it is a lock itself.
    if (["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(error))) return false;
    // Windows says of a lock that stands in the way that it is not permitted.
    if (["EPERM", "EACCES"].includes(codeOf(error)) && (await holderOf(path))) return false;
    throw unwritable(path, error);
  }
}

/** What a lock says of its holder; `undefined` where there is no lock. */
async function holderOf(path: string): Promise<Holder | undefined> {
  try {
    const holder = holderSchema.safeParse(JSON.parse(await readFile(join(path, HOLDER), "utf8"))).data;
    if (holder) return holder;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || (await isBelowFile(path))) return undefined;
  }
  throw new InputError(`${path} is not a lock of this version of monge: delete it if no process works there.`);
}

/** Whether what should be the folder of the lock is a file, or below one: no lock can be there. */
async function isBelowFile(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    (error: unknown) => codeOf(error) === "ENOTDIR",
  );
}

/** So that nobody finds a part of it, it is renamed first. One that was deleted by hand is no fault. */
async function remove(path: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  await rename(path, aside).catch((error: unknown) => {
    if (codeOf(error) !== "ENOENT") throw unwritable(path, error);
  });
  // Others may still be writing in there, in the belief that it is a lock to be locked.
  await rm(aside, { recursive: true, force: true, maxRetries: 10, retryDelay: PAUSE_MILLISECONDS });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
