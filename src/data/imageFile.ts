import { open } from "node:fs/promises";
import type { Sharp } from "sharp";
import { isExhausted, systemReason } from "../files.js";
import { shortened } from "../quoting.js";
import { BrokenImage } from "./brokenImages.js";
import { unreadable } from "./reading.js";

/** What an image file says of itself before its pixels. */
export interface ImageHeader {
  /** In pixels, before it is turned upright. */
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  readonly transparent: boolean;
  /** From 1 (upright) to 8, as EXIF numbers them. */
  readonly orientation: number;
}

/** An image in memory, not decoded yet. */
export interface EncodedImage extends ImageHeader {
  readonly bytes: Uint8Array;
}

/** What decoded images are to be. */
export interface PixelFormat {
  /** Side of the square in pixels, or both sides; absent, an image keeps its height and width. */
  readonly size?: number | { readonly height: number; readonly width: number } | undefined;
  /** 1 (grey), 3 (colour) or 4 (colour and opacity). */
  readonly channels: number;
  /** The colour behind what is transparent, as CSS writes it. */
  readonly background: string;
}

/** A picture beyond these is taken for one that was made to exhaust the memory. */
const MOST_PIXELS = 1e8;
const MOST_BYTES = 2 ** 28;
/** In nearly all files the header lies within so many bytes, even behind a thumbnail and a colour profile. */
const HEADER_BYTES = 2 ** 16;

/** How files start; only the first three are decoded. */
const STARTS: readonly (readonly [start: RegExp, kind: string])[] = [
  [/^\x89PNG\r\n/, "PNG"],
  [/^\xff\xd8\xff/, "JPEG"],
  [/^RIFF....WEBP/s, "WebP"],
  [/^GIF8/, "a GIF"],
  [/^(II\*|MM.\*)/s, "a TIFF"],
  [/^BM/, "a BMP"],
  [/^%PDF/, "a PDF"],
  [/^....ftypavi[fs]/s, "an AVIF"],
  [/^....ftyp(hei|mif)/s, "a HEIC"],
  [/^(\xef\xbb\xbf)?\s*<(\?xml|!doctype svg|!--|svg)/i, "an SVG or other XML"],
];
const DECODED = ["PNG", "JPEG", "WebP"];

/**
 * Reads an image file. What it is is told by how its bytes start, never by its name, and the decoder sees those bytes only, so that no
 * image can name another file.
 * @throws BrokenImage where it cannot be read, is no PNG, JPEG or WebP, is damaged at its start, or has more than 10^8 pixels
 * @throws InputError where this process may open no further file, or has no memory left
 */
export async function readImageFile(path: string): Promise<EncodedImage> {
  const bytes = await contentOf(path);
  return { bytes, ...(await headerOf(bytes)) };
}

/** The header alone, for which the start of a file is read where that is enough; throws as `readImageFile` does. */
export async function readImageHeader(path: string): Promise<ImageHeader> {
  try {
    return await headerOf(await contentOf(path, HEADER_BYTES));
  } catch (error) {
    if (!(error instanceof BrokenImage)) throw error;
    return await headerOf(await contentOf(path));
  }
}

async function headerOf(bytes: Uint8Array): Promise<ImageHeader> {
  const start = Buffer.from(bytes.subarray(0, 256)).toString("latin1");
  const kind = STARTS.find(([pattern]) => pattern.test(start))?.[1];
  if (kind === undefined || !DECODED.includes(kind)) {
    const found = bytes.length === 0 ? "it is empty" : kind === undefined ? "it is not an image" : `it is ${kind}`;
    throw new BrokenImage(`${found}, and PNG, JPEG or WebP is needed`);
  }
  const { default: sharp } = await import("sharp");
  const found = await decoding(sharp(bytes, { limitInputPixels: false }).metadata());
  const { width, height, space, hasAlpha, orientation = 1 } = found;
  if (width * height > MOST_PIXELS)
    throw new BrokenImage(`it has ${width} x ${height} pixels, and ${MOST_PIXELS.toLocaleString("en")} are the most`);
  return { width, height, grey: space === "b-w" || space === "grey16", transparent: hasAlpha, orientation };
}

/**
 * The pixels of an image file, turned upright as its EXIF orientation says: `[height, width, channels]`, flat. An animation gives its
 * first frame.
 * @throws BrokenImage where it is damaged
 */
export async function decode({ bytes, ...header }: EncodedImage, format: PixelFormat): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  // A damaged image is refused, but not one whose decoder merely warns of an oddity, as of many cameras' files.
  return await decoding(pixels(sharp(bytes, { failOn: "error", limitInputPixels: MOST_PIXELS }), header, format));
}

/** The same of an image of bytes, `[height, width, channels]` with 1, 3 or 4 channels, the last of which is then its opacity. */
export async function convert(
  bytes: Uint8Array,
  [height, width, channels]: readonly [number, number, 1 | 3 | 4],
  format: PixelFormat,
): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const image = sharp(bytes, { raw: { width, height, channels } });
  return await pixels(image, { transparent: channels === 4, orientation: 1 }, format);
}

/**
 * Scaled to cover its new sides and cropped at its centre, what is transparent on the background unless it stays so. A JPEG is scaled while it
 * is decoded where nothing comes before: a square is turned upright when it is small, and only what is transparent needs its colours first.
 */
async function pixels(
  image: Sharp,
  { transparent, orientation }: Pick<ImageHeader, "transparent" | "orientation">,
  { size, channels, background }: PixelFormat,
): Promise<Uint8Array> {
  const sides = typeof size === "number" ? { height: size, width: size } : size;
  const isSquare = sides !== undefined && sides.height === sides.width;
  const upright = isSquare ? image : image.autoOrient();
  const scaled = sides ? upright.resize({ ...sides, fit: "cover", fastShrinkOnLoad: false }) : upright;
  const turned = (isSquare && TURNS[orientation]?.(scaled)) || scaled;
  // A grey image would else take the background's red for its grey.
  const coloured = transparent ? turned.pipelineColourspace("srgb") : turned;
  return await (channels === 4 ? coloured.ensureAlpha() : coloured.flatten({ background }))
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
}

/** What turns a square of each EXIF orientation upright. It is mirrored first. */
const TURNS: Readonly<Record<number, (image: Sharp) => Sharp>> = {
  2: (image) => image.flop(),
  3: (image) => image.rotate(180),
  4: (image) => image.flip(),
  5: (image) => image.flop().rotate(270),
  6: (image) => image.rotate(90),
  7: (image) => image.flop().rotate(90),
  8: (image) => image.rotate(270),
};
/** The content of a file, or the first of its bytes. */
async function contentOf(path: string, most = MOST_BYTES): Promise<Uint8Array> {
  try {
    return await firstBytes(path, most);
  } catch (error) {
    const reason = isExhausted(error) ? undefined : systemReason(error);
    throw error instanceof BrokenImage || reason === undefined ? unreadable(path, error) : new BrokenImage(reason);
  }
}

async function firstBytes(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > MOST_BYTES) throw new BrokenImage(`it has ${size} bytes, and ${MOST_BYTES} are the most`);
    if (size <= most) return await file.readFile();
    const { buffer, bytesRead } = await file.read(new Uint8Array(most), 0, most, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function decoding<T>(work: Promise<T>): Promise<T> {
  return await work.catch((error: Error) => {
    throw new BrokenImage(shortened(error.message.split("\n", 1).join().replace(/:\s*$/, "")));
  });
}
