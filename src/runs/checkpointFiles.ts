import { firstNotFinite } from "../engine/finite.js";
import type { TensorData } from "../engine/tensor.js";
import { InputError } from "../errors.js";
import { LARGEST_STATE } from "./keepable.js";
import { encodeSafetensors } from "./safetensors.js";

/** Where a run's folder has its checkpoints, and the files of one. */
export const FOLDER = "checkpoints";
export const STATE = "state.safetensors";
export const RUN = "run.json";
export const FORMAT_VERSION = 4;

/** What a checkpoint holds of a run. */
export interface CheckpointContent {
  readonly tensors: Readonly<Record<string, TensorData>>;
  /** What the run kept besides its tensors, as it was given to `checkpointFiles`. Its schema is the caller's to check. */
  readonly run: Readonly<Record<string, unknown>>;
}

/** Who writes a checkpoint: the version of this package, and a function that gives the SHA-256 of bytes or of a text in UTF-8, in hexadecimal. */
export interface CheckpointWriter {
  readonly version: string;
  readonly sha256: (content: Uint8Array | string) => string;
}

/** The folder of a checkpoint within that of its run, and its content by file name. */
export interface CheckpointFiles {
  readonly path: string;
  readonly files: { readonly [STATE]: Uint8Array; readonly [RUN]: string };
  readonly stateSha256: string;
}

/**
 * The files of a checkpoint: `checkpoints/<iteration, 8 digits>/` with `state.safetensors` (the tensors) and `run.json` (the members of
 * `run`, and `formatVersion`, the package's `version`, the `iteration`, the `sha256` of the state file and a `seal` over all of these).
 * It runs in browsers too.
 * @param content.run plain data that JSON can hold; the five names above are taken
 * @throws InputError where a tensor is not finite, or the state is larger than 2 GiB
 */
export function checkpointFiles(
  iteration: number,
  { tensors, run }: CheckpointContent,
  { version, sha256 }: CheckpointWriter,
): CheckpointFiles {
  const bad = firstNotFinite(tensors);
  if (bad) throw new InputError(`No checkpoint was written: numbers of the tensor ${bad} are not finite.`);
  const state = encodeSafetensors(tensors);
  if (state.length > LARGEST_STATE)
    throw new InputError(
      `The state of the run has ${state.length} bytes, and 2 GiB can be kept: choose a smaller width.`,
    );
  const stateSha256 = sha256(state);
  const envelope = { formatVersion: FORMAT_VERSION, version, iteration, sha256: stateSha256 };
  const taken = [...Object.keys(envelope), "seal"].find((name) => name in run);
  if (taken) throw new Error(`a run cannot have a member called ${taken}: ${RUN} has one of its own`);
  const members = { ...envelope, ...run };
  const text = `${JSON.stringify({ seal: sha256(JSON.stringify(members)), ...members }, null, 2)}\n`;
  return { path: `${FOLDER}/${nameOf(iteration)}`, files: { [STATE]: state, [RUN]: text }, stateSha256 };
}

/** The name of a checkpoint's folder. */
export function nameOf(iteration: number): string {
  return String(iteration).padStart(8, "0");
}
