import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InputError } from "../errors.js";
import type { Dataset } from "./dataset.js";
import { type Idx, parseIdx } from "./idxArray.js";
import { arrayImages } from "./imageArray.js";
import { type ImageOptions, imageDataset } from "./images.js";
import { unreadable } from "./reading.js";

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
 * The images of an IDX file (see `arrayImages`), as samples `[height, width, channels]` in [-1, 1]. A seeded tenth is held out (none
 * below 20 images).
 * @throws InputError as `readIdx` and `arrayImages` do, and where the file holds anything but images
 */
export async function openIdx(path: string, options: ImageOptions = {}): Promise<Dataset> {
  const idx = await readIdx(path);
  const images = await arrayImages(path, idx, options);
  if (images === undefined) {
    throw new InputError(
      `${path} holds no images: it is an array of shape [${idx.shape.join(", ")}], where [count, height, width] is needed.`,
    );
  }
  return imageDataset(path, images, options.seed);
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
