import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { firstNotFinite } from "../engine/finite.js";
import type { TensorData } from "../engine/tensor.js";
import { InputError } from "../errors.js";
import { removeTemporaries, systemReason, writeDirectoryAtomically } from "../files.js";
import { packageVersion } from "../version.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";

/** The state of a run at one iteration. */
export interface Checkpoint {
  /** Generator iterations done. */
  readonly iteration: number;
  readonly tensors: Readonly<Record<string, TensorData>>;
  /** What the run kept besides its tensors, as it was given to `saveCheckpoint`. Its schema is the caller's to check. */
  readonly run: Readonly<Record<string, unknown>>;
  /** The version of this package that wrote it. */
  readonly version: string;
  /** The folder that it was read from. */
  readonly path: string;
  /** One sentence for each newer checkpoint that was damaged and passed over. */
  readonly warnings: readonly string[];
}

const FOLDER = "checkpoints";
const STATE = "state.safetensors";
const RUN = "run.json";
const FORMAT_VERSION = 1;

/** What `run.json` says beside the run's own members. */
const sealSchema = z.object({ version: z.string(), sha256: z.string(), runSha256: z.string() });

/**
 * Writes `directory/checkpoints/<iteration, 8 digits>/` with `state.safetensors` (the tensors) and `run.json` (the members of `run`,
 * and `formatVersion`, the package's `version`, the `sha256` of the state file and `runSha256` of the run's own members), so that
 * it is there as a whole or not at all. Then keeps it and the newest one before it, and removes every other: those after it belong
 * to a future that the run was rolled back from.
 * @param run plain data that JSON can hold; the four names above are taken
 * @returns the folder of the checkpoint
 * @throws InputError where it cannot be written, or a tensor is not finite; the checkpoints that were there stay
 */
export async function saveCheckpoint(
  directory: string,
  iteration: number,
  { tensors, run }: { readonly tensors: Readonly<Record<string, TensorData>>; readonly run: object },
): Promise<string> {
  const bad = firstNotFinite(tensors);
  if (bad) throw new InputError(`No checkpoint was written: numbers of the tensor ${bad} are not finite.`);
  const folder = join(directory, FOLDER);
  const path = join(folder, String(iteration).padStart(8, "0"));
  const state = encodeSafetensors(tensors);
  const seal = {
    formatVersion: FORMAT_VERSION,
    version: await packageVersion(),
    sha256: sha256(state),
    runSha256: sha256(JSON.stringify(run)),
  };
  const taken = Object.keys(seal).find((name) => name in run);
  if (taken) throw new Error(`a run cannot have a member called ${taken}: ${RUN} has one of its own`);
  await writeDirectoryAtomically(path, {
    [STATE]: state,
    [RUN]: `${JSON.stringify({ ...seal, ...run }, null, 2)}\n`,
  });
  await removeTemporaries(folder);
  const saved = await savedIn(folder);
  const previous = saved.find((other) => other.iteration < iteration);
  for (const other of saved) {
    if (other.iteration !== iteration && other !== previous) await rm(other.path, { recursive: true, force: true });
  }
  return path;
}

/**
 * The newest checkpoint of a run that is whole: both files there, their content the one that was written, and all of it finite. Damaged
 * ones are passed over with a warning.
 * @throws InputError where `directory` is missing, holds no checkpoint, or holds damaged ones only
 */
export async function loadCheckpoint(directory: string): Promise<Checkpoint> {
  const saved = await savedIn(join(directory, FOLDER));
  if (saved.length === 0) {
    const problem = await stat(directory).then(
      () => "holds no checkpoint",
      () => "does not exist",
    );
    throw new InputError(`${directory} ${problem}; give the folder of a run that saved one.`);
  }
  const damages: string[] = [];
  for (const { path, iteration } of saved) {
    const content = await readCheckpoint(path);
    if ("damage" in content) damages.push(`${path} was passed over: ${content.damage}`);
    else return { iteration, ...content, path, warnings: damages.map((damage) => `The checkpoint ${damage}.`) };
  }
  throw new InputError(`${directory} holds no usable checkpoint: ${damages.join("; ")}.`);
}

type Content = Pick<Checkpoint, "tensors" | "run" | "version">;

/** What a checkpoint's folder holds, or what is wrong with it. */
async function readCheckpoint(path: string): Promise<Content | { readonly damage: string }> {
  const [text, state] = [await readWhole(join(path, RUN)), await readWhole(join(path, STATE))];
  if (typeof text === "string") return { damage: `${RUN} cannot be read: ${text}` };
  if (typeof state === "string") return { damage: `${STATE} cannot be read: ${state}` };
  const members = parseObject(text);
  if (!members) return { damage: `${RUN} is not a JSON object` };
  const { formatVersion, version: _, sha256: __, runSha256: ___, ...run } = members;
  if (formatVersion !== FORMAT_VERSION) {
    return {
      damage: `${RUN} has format version ${JSON.stringify(formatVersion)}, and ${FORMAT_VERSION} is the one known here`,
    };
  }
  const seal = sealSchema.safeParse(members).data;
  if (!seal) return { damage: `${RUN} lacks its version or its checksums` };
  if (sha256(JSON.stringify(run)) !== seal.runSha256) return { damage: `${RUN} does not match its checksum` };
  if (sha256(state) !== seal.sha256) return { damage: `${STATE} does not match its checksum` };
  const { tensors } = decodeSafetensors(state, join(path, STATE));
  const bad = firstNotFinite(tensors);
  if (bad) return { damage: `numbers of its tensor ${bad} are not finite` };
  return { tensors, run, version: seal.version };
}

/** The bytes of a file, or why there are none. */
async function readWhole(path: string): Promise<Uint8Array | string> {
  return readFile(path).catch((error: unknown) => {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return reason;
  });
}

function parseObject(text: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** The checkpoints in a folder, newest first. Anything else there, as what a killed writer left, is not looked at. */
async function savedIn(folder: string): Promise<{ readonly iteration: number; readonly path: string }[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new InputError(`${folder} cannot be read: ${systemReason(error) ?? error.message}.`);
  });
  return names
    .filter((name) => /^\d{8,}$/.test(name))
    .map((name) => ({ iteration: Number(name), path: join(folder, name) }))
    .sort((a, b) => b.iteration - a.iteration);
}

function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
