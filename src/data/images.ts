import { constants } from "node:buffer";
import { InputError } from "../errors.js";
import { checkSide } from "./imageSide.js";
import { memory } from "./sources/limits.js";

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

export const BLACK = "black";
/** Images decoded at once. */
const BLOCK = 16;
/** Bytes that images take at most: one array holds no more, and what is made of them fits beside. */
const MOST_BYTES = Math.floor(Math.min(constants.MAX_LENGTH, memory / 2));

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
      `The background ${background} is not supported: give black, white or #rrggbb, such as #ff8000.`,
    );
  }
}

/**
 * Room for `count` images of one shape.
 * @throws InputError where they take more than half of the memory
 */
export function imageBuffer(name: string, count: number, shape: ImageBytes["shape"]): Uint8Array {
  const length = count * shape[0] * shape[1] * shape[2];
  if (length > MOST_BYTES) {
    throw new InputError(
      `${name} holds ${count} images, which take ${length} bytes as ${shape.join(" x ")}, and ${MOST_BYTES} are the most here; take fewer images, or a smaller size.`,
    );
  }
  return new Uint8Array(length);
}

/** Does `work` on a block of items at a time, and hands on the results in the items' order. */
export async function inBlocks<T, R>(items: readonly T[], work: (item: T) => Promise<R>, take: (result: R) => void) {
  for (let start = 0; start < items.length; start += BLOCK) {
    const results = await Promise.all(items.slice(start, start + BLOCK).map(work));
    results.forEach(take);
  }
}
