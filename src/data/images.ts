import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { InputError } from "../errors.js";
import type { Dataset } from "./dataset.js";
import { unreadable } from "./reading.js";
import { partedDataset } from "./stored.js";

/** Side lengths in pixels that the image networks are built for. */
export const imageSizes = [28, 32, 64] as const;
export type ImageSize = (typeof imageSizes)[number];

export interface ImageOptions {
  /** Side in pixels, 28, 32 or 64; absent where all images are squares of one of these. */
  readonly size?: number | undefined;
  /** 1 (grey) or 3 (red, green, blue); absent, 1 where all images are grey and 3 otherwise. */
  readonly channels?: number | undefined;
  /** Seed of the shuffle that parts the images; 0 where absent. */
  readonly seed?: number | undefined;
}

/** Images of one size. */
export interface ImageBytes {
  /** Of one image, `[height, width, channels]`. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `[count, height, width, channels]`, flat. */
  readonly bytes: Uint8Array;
}

/** Images decoded at once. */
const CONCURRENT = 16;

/**
 * The data set of the images that `readImages` reads, in [-1, 1]. A seeded tenth is held out (none below 20 images).
 * @throws InputError as `readImages` does
 */
export async function openImages(folder: string, options: ImageOptions = {}): Promise<Dataset> {
  const { shape, bytes } = await readImages(folder, options);
  return partedDataset({ name: folder, shape }, bytes, options.seed ?? 0);
}

/**
 * The PNG, JPEG and WebP images of a folder and its subfolders (their names, be they classes, mean nothing here), in the order of
 * their paths. Hidden files and other kinds are passed over; an animation gives its first frame; transparency goes onto black;
 * photographs are turned upright as their EXIF orientation says. With a `size`, each image is scaled to cover the square and
 * cropped at its centre.
 * @throws InputError for an option out of range, a folder that cannot be read or has no images, an image that is damaged, and, with
 * no `size` given, an image that is no square of 28, 32 or 64 pixels or of another size than the first
 */
export async function readImages(folder: string, options: Omit<ImageOptions, "seed"> = {}): Promise<ImageBytes> {
  checkOptions(options);
  const paths = await imagePaths(folder);
  const { size, channels } = await format(paths, options);
  const length = size * size * channels;
  const bytes = new Uint8Array(paths.length * length);
  await forEachConcurrently(paths, async (path, i) => bytes.set(await pixels(path, size, channels), i * length));
  return { shape: [size, size, channels], bytes };
}

function checkOptions({ size, channels }: ImageOptions) {
  if (size !== undefined && !imageSizes.some((allowed) => allowed === size)) {
    throw new InputError(`Images cannot be read at size ${size}: the networks are built for 28, 32 and 64 pixels.`);
  }
  if (channels !== undefined && channels !== 1 && channels !== 3) {
    throw new InputError(`Images cannot be read with ${channels} channels: give 1 for grey or 3 for colour.`);
  }
}

async function imagePaths(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const paths = entries
    .filter((entry) => !entry.isDirectory() && /^[^.].*\.(png|jpe?g|webp)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (paths.length === 0) {
    throw new InputError(`${folder} holds no PNG, JPEG or WebP image, nor do its subfolders; give a folder of images.`);
  }
  // The file system's order differs between machines; the same seed is to give the same samples.
  return paths.sort();
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
}

/** The size and channels to decode to: what the options say, else what all the images have. */
async function format(paths: readonly string[], { size, channels }: ImageOptions) {
  if (size !== undefined && channels !== undefined) return { size, channels };
  const headers: Header[] = new Array(paths.length);
  await forEachConcurrently(paths, async (path, i) => {
    headers[i] = await header(path);
  });
  return {
    size: size ?? commonSize(paths, headers),
    channels: channels ?? (headers.every(({ grey }) => grey) ? 1 : 3),
  };
}

function commonSize(paths: readonly string[], headers: readonly Header[]): number {
  const { width: first } = headers[0]!;
  for (const [i, { width, height }] of headers.entries()) {
    if (width !== height || !imageSizes.some((allowed) => allowed === width)) {
      throw new InputError(
        `${paths[i]} is ${width} x ${height} pixels, no square of 28, 32 or 64; give --size 32 (or 28, 64) to crop and scale all images.`,
      );
    }
    if (width !== first) {
      throw new InputError(
        `${paths[0]} is ${first} x ${first} pixels and ${paths[i]} is ${width} x ${height}; give --size 32 (or 28, 64) to scale all images.`,
      );
    }
  }
  return first;
}

async function header(path: string): Promise<Header> {
  const { width, height, space } = await decoding(path, sharp(path).metadata());
  return { width, height, grey: space === "b-w" || space === "grey16" };
}

async function pixels(path: string, size: number, channels: number): Promise<Uint8Array> {
  // A damaged image is refused, but not one whose decoder merely warns of an oddity, as of many cameras' files.
  const image = sharp(path, { failOn: "error" })
    .autoOrient()
    .resize(size, size, { fit: "cover" })
    .flatten({ background: "black" })
    .toColourspace(channels === 1 ? "b-w" : "srgb");
  return await decoding(path, image.raw({ depth: "uchar" }).toBuffer());
}

async function decoding<T>(path: string, work: Promise<T>): Promise<T> {
  return await work.catch((error: Error) => {
    throw new InputError(
      `${path} cannot be decoded as an image (${error.message.split("\n")[0]}); repair or remove it.`,
    );
  });
}

async function forEachConcurrently<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>) {
  for (let start = 0; start < items.length; start += CONCURRENT) {
    await Promise.all(items.slice(start, start + CONCURRENT).map((item, i) => work(item, start + i)));
  }
}
