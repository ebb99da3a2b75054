import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { firstNotFinite } from "../engine/finite.js";
import { InputError } from "../errors.js";
import { removeTemporaries, systemReason, writeDirectoryAtomically, writeFileAtomically } from "../files.js";
import { packageVersion } from "../version.js";
import {
  type CheckpointContent,
  checkpointFiles,
  FOLDER,
  FORMAT_VERSION,
  nameOf,
  RUN,
  STATE,
} from "./checkpointFiles.js";
import { LARGEST_STATE } from "./keepable.js";
import { decodeSafetensors } from "./safetensors.js";

/** The state of a run at one iteration. */
export interface Checkpoint extends CheckpointContent {
  /** Generator iterations done. */
  readonly iteration: number;
  /** The version of this package that wrote it. */
  readonly version: string;
  /** The folder that it was read from. */
  readonly path: string;
  /** One sentence for each newer checkpoint that was damaged and passed over. */
  readonly warnings: readonly string[];
}

/** Evaluations are all that grows in it, by about a kilobyte each. */
const LARGEST_RUN = 2 ** 28;

/** What `run.json` says beside the run's own members. */
const envelopeSchema = z.object({
  version: z.string(),
  iteration: z.int().min(0),
  /** Of the state file. */
  sha256: z.string(),
  /** SHA-256 of all other members as `JSON.stringify` writes them. */
  seal: z.string(),
});

/**
 * Writes the files of a checkpoint (`checkpointFiles`), so that it is there as a whole or not at all. Then keeps it and the newest whole one of the same run before it, and removes every other:
 * damaged ones, those of other runs, and those after it, which belong to a future that the run was rolled back from.
 * @param run its member `id` tells its run from others
 * @returns the folder of the checkpoint
 * @throws InputError where it cannot be written, a tensor is not finite, or it is larger than 2 GiB; the checkpoints that were there stay
 */
export async function saveCheckpoint(
  directory: string,
  iteration: number,
  { tensors, run }: CheckpointContent,
): Promise<string> {
  const version = await packageVersion();
  const { files, path: place, stateSha256 } = checkpointFiles(iteration, { tensors, run }, { version, sha256 });
  const folder = join(directory, FOLDER);
  const path = join(directory, place);
  const standing = await readWhole(join(path, STATE), LARGEST_STATE);
  // The same state with another run.json needs no moment in which neither of the two is there.
  if (typeof standing !== "string" && sha256(standing) === stateSha256)
    await writeFileAtomically(join(path, RUN), files[RUN]);
  else await writeDirectoryAtomically(path, files);
  await removeTemporaries(folder);
  await keepTwo(folder, iteration, run.id);
  return path;
}

/**
 * The newest checkpoint of a run that is whole: both files there, their content the one that was written and all of it finite, in the
 * folder that is named for its iteration. Others are passed over with a warning.
 * @param options.iteration take the checkpoint of this iteration and no other
 * @throws InputError where `directory` is missing, holds no checkpoint, or damaged ones only; where it does not hold the one that is
 * asked for, or none is asked for and it holds those of two runs; and for a checkpoint that a newer or older version of this package
 * wrote in another format
 */
export async function loadCheckpoint(
  directory: string,
  { iteration: asked }: { readonly iteration?: number | undefined } = {},
): Promise<Checkpoint> {
  const saved = await savedIn(join(directory, FOLDER));
  if (saved.length === 0) {
    const problem = await stat(directory).then(
      (found) => (found.isDirectory() ? "holds no checkpoint" : "is a file"),
      () => "does not exist",
    );
    throw new InputError(`${directory} ${problem}; give the folder of a run that saved one.`);
  }
  const candidates = saved.filter(({ iteration }) => asked === undefined || iteration === asked);
  if (candidates.length === 0) {
    const others = saved.map(({ iteration }) => iteration).reverse();
    throw new InputError(
      `${directory} holds no checkpoint of iteration ${asked}; those that it holds are of ${others.join(" and ")}.`,
    );
  }
  const damages: string[] = [];
  for (const { path, iteration } of candidates) {
    const content = await readCheckpoint(path, iteration);
    if ("refusal" in content) throw new InputError(content.refusal);
    if ("damage" in content) damages.push(`${path} was passed over: ${content.damage}`);
    else {
      await checkOneRun(directory, candidates, { iteration, id: content.run.id });
      return { iteration, ...content, path, warnings: damages.map((damage) => `The checkpoint ${damage}.`) };
    }
  }
  throw new InputError(`${directory} holds no usable checkpoint: ${damages.join("; ")}.`);
}

/**
 * A text that is another one as soon as a checkpoint is written or removed in `directory`: it tells whether another process was at work
 * there.
 */
export async function checkpointsMark(directory: string): Promise<string> {
  const saved = await savedIn(join(directory, FOLDER));
  const texts = saved.map(async ({ path }) => {
    const text = await readWhole(join(path, RUN), LARGEST_RUN);
    return `${path} ${typeof text === "string" ? text : sha256(text)}`;
  });
  return (await Promise.all(texts)).join("\n");
}

type Unusable =
  /** What is wrong with it. */
  | { readonly damage: string }
  /** Why it is of no use to this version. */
  | { readonly refusal: string };

/** What the folder of the checkpoint of `iteration` holds. */
async function readCheckpoint(
  path: string,
  iteration: number,
): Promise<Pick<Checkpoint, "tensors" | "run" | "version"> | Unusable> {
  const sealed = await readSealed(path, iteration);
  if (!("run" in sealed)) return sealed;
  const { run, version, stateSha256 } = sealed;
  const state = await readWhole(join(path, STATE), LARGEST_STATE);
  if (typeof state === "string") return { damage: `${STATE} cannot be read: ${state}` };
  if (sha256(state) !== stateSha256) return { damage: `${STATE} does not match its checksum` };
  const tensors = tensorsIn(state);
  if (typeof tensors === "string") return { damage: tensors };
  const bad = firstNotFinite(tensors);
  if (bad) return { damage: `numbers of its tensor ${bad} are not finite` };
  return { tensors, run, version };
}

/** What the folder of the checkpoint of `iteration` says beside its state. */
async function readSealed(
  path: string,
  iteration: number,
): Promise<(Pick<Checkpoint, "run" | "version"> & { readonly stateSha256: string }) | Unusable> {
  const text = await readWhole(join(path, RUN), LARGEST_RUN);
  if (typeof text === "string") return { damage: `${RUN} cannot be read: ${text}` };
  const members = parseObject(text);
  if (!members) return { damage: `${RUN} is not a JSON object` };
  const { formatVersion, version, iteration: sealedIteration, sha256: stateSha256, seal, ...run } = members;
  if (formatVersion !== FORMAT_VERSION && Number.isInteger(formatVersion)) {
    const [age, remedy] =
      Number(formatVersion) > FORMAT_VERSION
        ? ["a newer", "update monge"]
        : ["an older", "use the version that wrote it"];
    return {
      refusal: `${path} was written by ${age} monge in format ${formatVersion}, and this version reads format ${FORMAT_VERSION}: ${remedy}.`,
    };
  }
  const envelope = envelopeSchema.safeParse({ version, iteration: sealedIteration, sha256: stateSha256, seal }).data;
  if (formatVersion !== FORMAT_VERSION || !envelope) return { damage: `${RUN} lacks its version or its checksums` };
  const { seal: _, ...sealed } = members;
  if (sha256(JSON.stringify(sealed)) !== envelope.seal) return { damage: `${RUN} does not match its checksum` };
  if (envelope.iteration !== iteration)
    return { damage: `it is the checkpoint of iteration ${envelope.iteration}, copied or renamed` };
  return { run, version: envelope.version, stateSha256: envelope.sha256 };
}

/** @throws InputError where one of the checkpoints in `directory` is of another run than the one that was chosen */
async function checkOneRun(
  directory: string,
  all: readonly SavedFolder[],
  chosen: { readonly iteration: number; readonly id: unknown },
): Promise<void> {
  for (const { path, iteration } of all) {
    const sealed = await readSealed(path, iteration);
    if ("run" in sealed && sealed.run.id !== chosen.id)
      throw new InputError(
        `${directory} holds checkpoints of two runs, of iterations ${chosen.iteration} and ${iteration}: move the one that does not belong there away, or choose one with --checkpoint.`,
      );
  }
}

/** What a state file holds, or what is wrong with it. */
function tensorsIn(state: Uint8Array): Checkpoint["tensors"] | string {
  try {
    return decodeSafetensors(state, STATE).tensors;
  } catch (error) {
    if (error instanceof InputError) return error.message.replace(/\.$/, "");
    throw error;
  }
}

/** Removes all checkpoints but that of `iteration` and the newest one of the same run before it that is not damaged. */
async function keepTwo(folder: string, iteration: number, id: unknown): Promise<void> {
  let previous: string | undefined;
  for (const other of await savedIn(folder)) {
    if (other.iteration === iteration) continue;
    const isBefore = previous === undefined && other.iteration < iteration;
    const content = isBefore && (await readCheckpoint(other.path, other.iteration));
    if (content && "run" in content && content.run.id === id) previous = other.path;
    else await rm(other.path, { recursive: true, force: true });
  }
}

/** The bytes of a file, or why there are none. */
async function readWhole(path: string, most: number): Promise<Uint8Array | string> {
  try {
    const file = await stat(path);
    if (!file.isFile()) return "it is not a file";
    if (file.size > most) return `it has ${file.size} bytes, and at most ${most} are written there`;
    return await readFile(path);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return reason;
  }
}

function parseObject(text: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

interface SavedFolder {
  readonly iteration: number;
  readonly path: string;
}

/** The checkpoints in a folder, newest first. Anything else there, as what a killed writer left, is not looked at. */
async function savedIn(folder: string): Promise<SavedFolder[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return [];
    throw new InputError(`${folder} cannot be read: ${systemReason(error) ?? error.message}.`);
  });
  return names
    .map((name) => ({ iteration: Number(name), path: join(folder, name), name }))
    .filter(({ iteration, name }) => Number.isSafeInteger(iteration) && name === nameOf(iteration))
    .sort((a, b) => b.iteration - a.iteration);
}

function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
