import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Redis } from "ioredis";
import { InputError } from "../../errors.js";
import { writeDirectoryAtomically } from "../../files.js";
import { loadRun } from "../../runs/savedRun.js";
import type { JobOutcome, SentFile } from "./queueJobs.js";

/** A value that Redis bears well. */
const PIECE_BYTES = 2 ** 22;
/** The server holds all models that have not been fetched in its memory. */
const LARGEST_MODEL = 2 ** 28;
/** What nobody fetches goes. */
const KEPT_SECONDS = 7 * 24 * 3600;
const FILES = ["state.safetensors", "run.json"] as const;

/** Where the pieces of a file of a run are. */
function keyOf(sweep: string, run: string, file: string, piece: number): string {
  return `monge-files:${sweep}:${run}:${file}:${piece}`;
}

/**
 * Sends the last checkpoint of a run through Redis.
 * @throws InputError where it has more than 256 MB
 */
export async function sendModel(
  client: Redis,
  sweep: string,
  run: string,
  directory: string,
): Promise<NonNullable<JobOutcome["model"]>> {
  const { checkpoint } = await loadRun(directory);
  const sizes = await Promise.all(FILES.map((name) => stat(join(checkpoint, name))));
  const megabytes = sizes.reduce((sum, { size }) => sum + size, 0) / 2 ** 20;
  if (megabytes > LARGEST_MODEL / 2 ** 20)
    throw new InputError(
      `the model has ${megabytes.toFixed(0)} MB, and ${LARGEST_MODEL / 2 ** 20} MB come back through a queue at most: leave out --models.`,
    );
  const files: SentFile[] = [];
  for (const name of FILES) {
    const bytes = await readFile(join(checkpoint, name));
    const pieces = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
    for (let piece = 0; piece < pieces; piece++) {
      const part = bytes.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
      await client.set(keyOf(sweep, run, name, piece), part, "EX", KEPT_SECONDS);
    }
    files.push({ name, pieces, bytes: bytes.length, sha256: sha256(bytes) });
  }
  return { folder: basename(checkpoint), files };
}

/**
 * Writes a model that was sent to the folder of its run, as its checkpoint.
 * @throws InputError where a piece is missing or damaged
 */
export async function receiveModel(
  client: Redis,
  sweep: string,
  run: string,
  { folder, files }: NonNullable<JobOutcome["model"]>,
  directory: string,
): Promise<void> {
  const contents: Record<string, Uint8Array> = {};
  for (const { name, pieces, sha256: expected } of files) {
    const parts: Buffer[] = [];
    for (let piece = 0; piece < pieces; piece++) {
      const part = await client.getBuffer(keyOf(sweep, run, name, piece));
      if (part) parts.push(part);
    }
    const bytes = Buffer.concat(parts);
    if (sha256(bytes) !== expected) throw new InputError(`the model of ${run} did not come back whole.`);
    contents[name] = bytes;
  }
  await writeDirectoryAtomically(join(directory, "checkpoints", folder), contents);
}

/** Removes what was sent of a model. */
export async function removeModel(
  client: Redis,
  sweep: string,
  run: string,
  { files }: NonNullable<JobOutcome["model"]>,
): Promise<void> {
  for (const { name, pieces } of files)
    for (let piece = 0; piece < pieces; piece++) await client.del(keyOf(sweep, run, name, piece));
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
