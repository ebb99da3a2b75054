import { byte, imagesIn } from "../figures/imageGrid.js";

export interface AnimationOptions {
  /** Frames a second. Default: 10. */
  readonly rate?: number;
  /** Pixels along a side of each of the images' pixels. Default: 1. */
  readonly scale?: number;
}

/** The formats of animations, which browsers and most programs that show images play. */
export const animationFormats = ["gif", "webp"] as const;

/**
 * Images one after the other, over and over.
 * @param values `[frames, height, width, channels]` in [-1, 1], flat; what lies outside is clipped, and what is not a number is black
 * @param shape `[height, width, channels]` of one image, of 1 channel (grey), 3 (red, green, blue) or 4 (and opacity)
 * @param format a GIF has 256 colours, a WebP file all of them, without loss
 * @throws RangeError where the shape is no such shape, or `values` is empty or no whole number of images
 */
export async function animation(
  values: Float32Array | Float64Array,
  shape: readonly number[],
  format: (typeof animationFormats)[number],
  { rate = 10, scale = 1 }: AnimationOptions = {},
): Promise<Buffer> {
  const { count, height, width, channels } = imagesIn(values, shape);
  const tall = { width: width * scale, height: height * count * scale, channels };
  const { default: sharp } = await import("sharp");
  // Scaled as one tall image first: of pages, sharp scales the whole and not each.
  const scaled = await sharp(Uint8Array.from(values, byte), { raw: { width, height: height * count, channels } })
    .resize(tall.width, tall.height, { kernel: "nearest" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .raw()
    .toBuffer();
  const frames = sharp(scaled, { raw: { ...tall, pageHeight: height * scale } });
  const timing = { delay: Array.from({ length: count }, () => Math.round(1000 / rate)), loop: 0 };
  return await (format === "gif" ? frames.gif(timing) : frames.webp({ ...timing, lossless: true })).toBuffer();
}
