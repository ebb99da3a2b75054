import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { InputError } from "../errors.js";
import type { Dataset } from "./dataset.js";
import type { ImageBytes } from "./images.js";
import { unreadable } from "./reading.js";
import { partedDataset } from "./stored.js";

/** An array as an IDX file holds it. */
export interface Idx {
  readonly shape: readonly number[];
  readonly data: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

/** How the names of IDX files end. */
export const idxName = /(ubyte|\.idx\d?)(\.gz)?$/i;

/** Element types by their code, the third byte of the file. Numbers are stored with the highest byte first. */
const ELEMENTS: Readonly<Record<number, { readonly bytes: number; readonly read: (view: DataView) => Idx["data"] }>> = {
  8: { bytes: 1, read: (view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength) },
  9: { bytes: 1, read: (view) => new Int8Array(view.buffer, view.byteOffset, view.byteLength) },
  11: { bytes: 2, read: (view) => new Int16Array(view.byteLength / 2).map((_, i) => view.getInt16(2 * i)) },
  12: { bytes: 4, read: (view) => new Int32Array(view.byteLength / 4).map((_, i) => view.getInt32(4 * i)) },
  13: { bytes: 4, read: (view) => new Float32Array(view.byteLength / 4).map((_, i) => view.getFloat32(4 * i)) },
  14: { bytes: 8, read: (view) => new Float64Array(view.byteLength / 8).map((_, i) => view.getFloat64(8 * i)) },
};

/**
 * Reads an IDX file, the format of MNIST (http://yann.lecun.com/exdb/mnist): two zero bytes, an element type, the number of axes,
 * their lengths, then the elements, highest byte first. A file compressed with gzip is told by its content.
 * @throws InputError where the file is missing, empty, no IDX file, holds nothing, is cut off or goes on after its last element, or
 * where its compression is damaged
 */
export async function readIdx(path: string): Promise<Idx> {
  const bytes = await readPlain(path);
  if (bytes.byteLength === 0) throw new InputError(`${path} is empty; give an IDX file, as MNIST's.`);
  const element = ELEMENTS[bytes[2] ?? 0];
  const axes = bytes[3] ?? 0;
  if (bytes[0] !== 0 || bytes[1] !== 0 || element === undefined || axes === 0) {
    const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new InputError(`${path} is no IDX file: it starts with bytes ${start}, where images start with 00 00 08 03.`);
  }
  const header = 4 + 4 * axes;
  if (bytes.byteLength < header) {
    throw new InputError(`${path} is cut off within its header of ${header} bytes; get the file again.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const length = shape.reduce((size, axis) => size * axis, element.bytes);
  if (length === 0) throw new InputError(`${path} holds no elements: its shape is [${shape.join(", ")}].`);
  const found = bytes.byteLength - header;
  if (found !== length) {
    const problem = found < length ? "is cut off" : "goes on after its last element";
    throw new InputError(
      `${path} ${problem}: a shape of [${shape.join(", ")}] takes ${length} bytes and ${found} follow the header; get the file again.`,
    );
  }
  return { shape, data: element.read(new DataView(bytes.buffer, bytes.byteOffset + header, length)) };
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
