import { InputError } from "../../errors.js";
import { namesIn, writeDirectoryAtomically } from "../../files.js";
import { imageGrid } from "../../report/index.js";
import type { SavedRun } from "../../runs/runRecord.js";

/** Digits in the names of the files: 00000.png is the first. */
const DIGITS = 5;

/** Whether a place for samples is a folder, which ends in a slash. */
export function isPictureFolder(output: string): boolean {
  return /[/\\]$/.test(output);
}

/** @throws InputError where the run makes no images, or the folder holds anything */
export async function checkPictureFolder({ data }: SavedRun, folder: string): Promise<void> {
  if (data.kind !== "images") throw new InputError(`${folder} is a folder, which is only for images: give a file.`);
  const [other] = await namesIn(folder);
  if (other !== undefined) throw new InputError(`${folder} is not empty (it holds ${other}): give another folder.`);
}

/** Writes each image to a file of its own, all of them or none. */
export async function writePictures(folder: string, samples: Float32Array, shape: readonly number[]): Promise<void> {
  const size = shape.reduce((product, length) => product * length, 1);
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i * size < samples.length; i++) {
    const name = `${i}`.padStart(DIGITS, "0");
    files[`${name}.png`] = await imageGrid(samples.subarray(i * size, (i + 1) * size), shape, 1);
  }
  await writeDirectoryAtomically(folder.replace(/[/\\]+$/, ""), files);
}
