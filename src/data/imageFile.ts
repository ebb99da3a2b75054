import { readFile, stat } from "node:fs/promises";
import sharp, { type Sharp } from "sharp";
import { isExhausted, systemReason } from "../files.js";
import { shortened } from "../quoting.js";
import { BrokenImage } from "./brokenImages.js";
import { unreadable } from "./reading.js";

/** An image in memory, not decoded yet. */
export interface EncodedImage {
  readonly bytes: Uint8Array;
  /** In pixels, before it is turned upright. */
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  readonly transparent: boolean;
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
  const bytes = await contentOf(path).catch((error: unknown) => {
    const reason = isExhausted(error) ? undefined : systemReason(error);
    throw reason === undefined ? unreadable(path, error) : new BrokenImage(reason);
  });
  const start = Buffer.from(bytes.subarray(0, 256)).toString("latin1");
  const kind = STARTS.find(([pattern]) => pattern.test(start))?.[1];
  if (kind === undefined || !DECODED.includes(kind)) {
    const found = bytes.length === 0 ? "it is empty" : kind === undefined ? "it is no image" : `it is ${kind}`;
    throw new BrokenImage(`${found}, and PNG, JPEG or WebP is needed`);
  }
  const { width, height, space, hasAlpha } = await decoding(sharp(bytes, { limitInputPixels: false }).metadata());
  if (width * height > MOST_PIXELS)
    throw new BrokenImage(`it has ${width} x ${height} pixels, and ${MOST_PIXELS.toLocaleString("en")} are the most`);
  return { bytes, width, height, grey: space === "b-w" || space === "grey16", transparent: hasAlpha };
}

/**
 * The pixels of an image file, turned upright as its EXIF orientation says: `[height, width, channels]`, flat. An animation gives its
 * first frame.
 * @throws BrokenImage where it is damaged
 */
export async function decode({ bytes }: EncodedImage, format: PixelFormat): Promise<Uint8Array> {
  // A damaged image is refused, but not one whose decoder merely warns of an oddity, as of many cameras' files.
  const image = sharp(bytes, { failOn: "error", limitInputPixels: MOST_PIXELS }).autoOrient();
  return await decoding(pixels(image, format));
}

/** The same of an image of bytes, `[height, width, channels]` with 1, 3 or 4 channels, the last of which is then its opacity. */
export async function convert(
  bytes: Uint8Array,
  [height, width, channels]: readonly [number, number, 1 | 3 | 4],
  format: PixelFormat,
): Promise<Uint8Array> {
  return await pixels(sharp(bytes, { raw: { width, height, channels } }), format);
}

/** Scaled to cover its new sides and cropped at its centre, what is transparent on the background unless it stays so. */
async function pixels(image: Sharp, { size, channels, background }: PixelFormat): Promise<Uint8Array> {
  const { height, width } = typeof size === "number" ? { height: size, width: size } : (size ?? {});
  const scaled = size === undefined ? image : image.resize(width, height, { fit: "cover" });
  // A grey image would else take the background's red for its grey.
  const coloured = scaled.pipelineColourspace("srgb");
  return await (channels === 4 ? coloured.ensureAlpha() : coloured.flatten({ background }))
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
}

async function contentOf(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > MOST_BYTES) throw new BrokenImage(`it has ${size} bytes, and ${MOST_BYTES} are the most`);
  return await readFile(path);
}

async function decoding<T>(work: Promise<T>): Promise<T> {
  return await work.catch((error: Error) => {
    throw new BrokenImage(shortened(error.message.split("\n", 1).join().replace(/:\s*$/, "")));
  });
}
