import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Shape } from "../engine/index.js";
import { InputError } from "../errors.js";
import { systemReason, writeFileAtomically } from "../files.js";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.js";

/** Where a run of a comparison keeps the fakes that its evaluations were made on. */
const FOLDER = "fakes";
const TENSOR = "fakes";

/** Keeps the fakes of an evaluation in a run's folder: flat, `[n, ...shape]`. */
export async function keepFakes(
  directory: string,
  iteration: number,
  fakes: Float32Array,
  shape: Shape,
): Promise<void> {
  const count = fakes.length / shape.reduce((product, axis) => product * axis, 1);
  const bytes = encodeSafetensors({ [TENSOR]: { shape: [count, ...shape], data: fakes } });
  await writeFileAtomically(fileOf(directory, iteration), bytes);
}

/**
 * The fakes of the evaluation at `iteration`.
 * @throws InputError where they are not there or damaged
 */
export async function keptFakes(directory: string, iteration: number): Promise<Float32Array> {
  const path = fileOf(directory, iteration);
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new InputError(
      `${path} cannot be read: ${systemReason(error) ?? String(error)}; give --force to train again.`,
    );
  });
  const fakes = decodeSafetensors(bytes, path).tensors[TENSOR]?.data;
  if (fakes instanceof Float32Array) return fakes;
  throw new InputError(`${path} holds no fakes of a run; give --force to train again.`);
}

function fileOf(directory: string, iteration: number): string {
  return join(directory, FOLDER, `${String(iteration).padStart(8, "0")}.safetensors`);
}
