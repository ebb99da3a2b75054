import { constants } from "node:buffer";
import { InputError } from "../errors.js";
import { BrokenImages } from "./brokenImages.js";
import { decode, type ImageHeader, readImageFile, readImageHeader } from "./imageFile.js";
import { imagePaths } from "./imageFolder.js";
import { checkSide, sideFor } from "./imageSide.js";

/** How images are read, of a folder or of an array. */
export interface ImageOptions {
  /**
   * Side in pixels, a multiple of 4 from 16 to 128. Default: that of the images of an array, and of a folder whose images share one that may be;
   * other folders are brought to 64 pixels, or fewer where half of their images are smaller.
   */
  readonly size?: number | undefined;
  /** 1 (grey), 3 (red, green, blue) or 4 (and opacity). Default: 1 where all images are grey, 3 otherwise. */
  readonly channels?: number | undefined;
  /** What shows through transparent images: "black", "white" or "#rrggbb". Default: "black". */
  readonly background?: string | undefined;
  /** Leaves out the images of a folder that cannot be decoded, instead of refusing the folder. Default: false. */
  readonly skipBroken?: boolean | undefined;
  /** Mirrors half of the images, left to right, whenever they are drawn: for things that may face either way. Default: false. */
  readonly mirror?: boolean | undefined;
  /** Seed of the shuffle that parts the images. Default: 0. */
  readonly seed?: number | undefined;
  /** Told how many images of a folder have been read, and how many there are. */
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** Images of one size. */
export interface ImageBytes {
  /** Of one image, `[height, width, channels]`. */
  readonly shape: readonly [height: number, width: number, channels: number];
  /** `[count, height, width, channels]`, flat. */
  readonly bytes: Uint8Array;
}

/** Images that were read. */
export interface ImageSet extends ImageBytes {
  /** What the user should know of how they were read, a sentence each. */
  readonly warnings: readonly string[];
}

/** Images of a folder. */
export interface FolderImages extends ImageSet {
  /** The file of each. */
  readonly paths: readonly string[];
}

/** Images decoded at once. */
const BLOCK = 16;
export const BLACK = "black";

/**
 * The PNG, JPEG and WebP images of a folder and its subfolders, in the order of their paths. Hidden files and other kinds are passed over, and
 * what a file is is told by its content; an animation gives its first frame; what is transparent shows the background; photographs are turned
 * upright as their EXIF orientation says. Images that are not squares of the side to be (`ImageOptions`) are scaled to cover it and cropped at
 * their centre.
 * @throws InputError for an option out of range, a folder that cannot be read or has no images, images that are damaged (unless
 * `skipBroken`), and more images than memory can hold
 */
export async function readImages(folder: string, options: ImageOptions = {}): Promise<FolderImages> {
  checkImageOptions(options);
  const all = await imagePaths(folder);
  const broken = new BrokenImages(folder, all.length);
  const { readable, format, warnings } = await commonFormat(all, broken, options);
  const shape = [format.size, format.size, format.channels] as const;
  const length = shape[0] * shape[1] * shape[2];
  const bytes = imageBuffer(folder, readable.length, shape);
  const paths: string[] = [];
  let done = 0;
  await inBlocks(
    readable,
    (path) => broken.unless(path, async () => ({ path, image: await decode(await readImageFile(path), format) })),
    (decoded) => {
      if (decoded) bytes.set(decoded.image, length * (paths.push(decoded.path) - 1));
      options.onProgress?.(++done, readable.length);
    },
  );
  if (broken.count > 0 && (!options.skipBroken || paths.length === 0)) throw broken.refusal();
  return {
    shape,
    bytes: bytes.subarray(0, paths.length * length),
    warnings: [...broken.warnings(), ...warnings],
    paths,
  };
}

/** @throws InputError for a size, channels or a background that images cannot have */
export function checkImageOptions({ size, channels, background = BLACK }: ImageOptions): void {
  if (size !== undefined) checkSide(size);
  if (channels !== undefined && ![1, 3, 4].includes(channels)) {
    throw new InputError(
      `Images cannot be read with ${channels} channels: give 1 for grey, 3 for colour or 4 for colour with transparency.`,
    );
  }
  if (!/^(black|white|#[0-9a-f]{6})$/i.test(background)) {
    throw new InputError(
      `The background ${background} is no colour here: give black, white or #rrggbb, such as #ff8000.`,
    );
  }
}

/**
 * Room for `count` images of one shape.
 * @throws InputError where they are more than one array can hold
 */
export function imageBuffer(name: string, count: number, shape: ImageBytes["shape"]): Uint8Array {
  const length = count * shape[0] * shape[1] * shape[2];
  if (length > constants.MAX_LENGTH) {
    throw new InputError(
      `${name} holds ${count} images, which take ${length} bytes as ${shape.join(" x ")}, and ${constants.MAX_LENGTH} are the most; take fewer images, or a smaller size.`,
    );
  }
  return new Uint8Array(length);
}

interface Header extends ImageHeader {
  readonly path: string;
}

/** The images that are not found to be broken yet, and what to decode them to: what the options say, else what all of them have. */
async function commonFormat(all: readonly string[], broken: BrokenImages, options: ImageOptions) {
  const { size, channels, background = BLACK } = options;
  if (size !== undefined && channels !== undefined)
    return { readable: all, format: { size, channels, background }, warnings: [] };
  const headers: Header[] = [];
  await inBlocks(
    all,
    (path) => broken.unless(path, async () => ({ ...(await readImageHeader(path)), path })),
    (header) => {
      if (header !== undefined) headers.push(header);
    },
  );
  if (headers.length === 0) throw broken.refusal();
  const { side, warning } = size === undefined ? sideFor(headers) : { side: size, warning: undefined };
  const format = {
    size: side,
    channels: channels ?? (areGrey(headers, background) ? 1 : 3),
    background,
  };
  return { readable: headers.map(({ path }) => path), format, warnings: warning === undefined ? [] : [warning] };
}

/** Whether images become grey where nobody says: where all are, and the background is where it shows. */
function areGrey(headers: readonly Header[], background: string): boolean {
  const greyBackground = /^(black|white|#(..)\2\2)$/i.test(background);
  return headers.every(({ grey, transparent }) => grey && (greyBackground || !transparent));
}

/** Does `work` on a block of items at a time, and hands on the results in the items' order. */
export async function inBlocks<T, R>(items: readonly T[], work: (item: T) => Promise<R>, take: (result: R) => void) {
  for (let start = 0; start < items.length; start += BLOCK) {
    const results = await Promise.all(items.slice(start, start + BLOCK).map(work));
    results.forEach(take);
  }
}
