import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InputError } from "../errors.js";
import type { Dataset } from "./dataset.js";
import { type Idx, parseIdx } from "./idxArray.js";
import type { ImageBytes } from "./images.js";
import { unreadable } from "./reading.js";
import { partedDataset } from "./stored.js";

/** How the names of IDX files end. */
export const idxName = /(ubyte|\.idx\d?)(\.gz)?$/i;

/**
 * Reads an IDX file (`parseIdx`). One that is compressed with gzip is told by its content.
 * @throws InputError as `parseIdx` does, and where the file is missing or its compression is damaged
 */
export async function readIdx(path: string): Promise<Idx> {
  return parseIdx(await readPlain(path), path);
}

/**
 * The images of an IDX file of bytes, `[count, height, width]` or `[count, height, width, channels]` with 1 or 3 channels, as
 * samples `[height, width, channels]` in [-1, 1]. A seeded tenth is held out (none below 20 images).
 * @throws InputError as `readIdx` does, and where the file holds anything but images
 */
export async function openIdx(path: string, seed = 0): Promise<Dataset> {
  const idx = await readIdx(path);
  const images = imagesOf(idx);
  if (images === undefined) {
    throw new InputError(
      `${path} holds no images: it is an array of shape [${idx.shape.join(", ")}], where bytes of [count, height, width] are needed.`,
    );
  }
  return partedDataset({ name: path, shape: images.shape }, images.bytes, seed);
}

/** The array as images, each of `shape` `[height, width, channels]`, where it is bytes of such a shape. */
export function imagesOf({ shape, data }: Idx): ImageBytes | undefined {
  const [, height, width, channels = 1] = shape;
  const images = (shape.length === 3 || shape.length === 4) && (channels === 1 || channels === 3);
  return images && data instanceof Uint8Array ? { shape: [height!, width!, channels], bytes: data } : undefined;
}

async function readPlain(path: string): Promise<Buffer> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const compressed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!compressed) return bytes;
  return promisify(gunzip)(bytes).catch((error: Error) => {
    throw new InputError(`${path} is a damaged gzip file (${error.message}); get the file again.`);
  });
}
