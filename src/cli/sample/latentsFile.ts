import { extname } from "node:path";
import { npyBytes } from "../../data/npyBytes.js";
import { readArray } from "../../data/sources/source.js";
import { InputError } from "../../errors.js";
import { writeFileAtomically } from "../../files.js";

/**
 * Reads latents of a `.npy` file.
 * @param latent how many numbers a latent of the run has
 * @returns `[count, latent]`, flat
 * @throws InputError where the file holds no array of that shape, or a number that is not finite in 32 bits
 */
export async function readLatents(path: string, latent: number): Promise<Float32Array> {
  const { shape, data } = await readArray(path);
  if (shape.length !== 2 || shape[1] !== latent || shape[0] === 0)
    throw new InputError(
      `${path} holds an array of shape [${shape.join(", ")}]; latents of this run have the shape [count, ${latent}].`,
    );
  const latents = Float32Array.from(data);
  const bad = latents.findIndex((z) => !Number.isFinite(z));
  if (bad >= 0)
    throw new InputError(`${path}: latent ${Math.floor(bad / latent) + 1} holds ${data[bad]}; give finite numbers.`);
  return latents;
}

/** @throws InputError where the name of a file for latents does not end in .npy */
export function checkLatentsFile(path: string): void {
  if (extname(path).toLowerCase() !== ".npy") throw new InputError(`${path} must end in .npy, the format of latents.`);
}

/** Writes latents, `[count, latent]`, to a `.npy` file of float32. */
export async function writeLatents(path: string, latents: Float32Array, latent: number): Promise<void> {
  await writeFileAtomically(path, npyBytes([latents.length / latent, latent], latents));
}
