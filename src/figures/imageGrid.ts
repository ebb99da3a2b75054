export interface ImageGridOptions {
  /** Pixels along a side of each of the images' pixels. Default: 1. */
  readonly scale?: number;
  /** Whether images follow each other down the columns. Default: no, along the rows. */
  readonly down?: boolean;
}

/** Pixels of white between two images. */
const GAP = 2;

/**
 * Images side by side, row by row or column by column, as a PNG; what is left of the last row or column is white.
 * @param values `[count, height, width, channels]` in [-1, 1], flat; what lies outside is clipped, and what is not a number is black
 * @param shape `[height, width, channels]` of one image, of 1 channel (grey), 3 (red, green, blue) or 4 (and opacity)
 * @param line images in a row, or in a column
 * @throws RangeError where the shape is no such shape, or `values` is empty or no whole number of images
 */
export async function imageGrid(
  values: Float32Array | Float64Array,
  shape: readonly number[],
  line: number,
  { scale = 1, down = false }: ImageGridOptions = {},
): Promise<Buffer> {
  const { height, width, channels, size, count } = imagesIn(values, shape);
  const along = Math.min(line, count);
  const lines = Math.ceil(count / along);
  const [columns, rows] = down ? [lines, along] : [along, lines];
  const sheetWidth = columns * (width + GAP) - GAP;
  const sheetHeight = rows * (height + GAP) - GAP;
  const pixels = Buffer.alloc(sheetWidth * sheetHeight * channels, 255);
  for (let i = 0; i < values.length; i++) {
    const image = Math.floor(i / size);
    const [inLine, before] = [image % along, Math.floor(image / along)];
    const [across, downward] = down ? [before, inLine] : [inLine, before];
    const row = downward * (height + GAP) + Math.floor((i % size) / (width * channels));
    const column = across * (width + GAP) * channels + (i % (width * channels));
    pixels[row * sheetWidth * channels + column] = byte(values[i] ?? Number.NaN);
  }
  const { default: sharp } = await import("sharp");
  return await sharp(pixels, { raw: { width: sheetWidth, height: sheetHeight, channels } })
    .resize(sheetWidth * scale, sheetHeight * scale, { kernel: "nearest" })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/**
 * What flat numbers hold: `count` images of `size` numbers each.
 * @throws RangeError where they are no whole number of images, or none
 */
export function imagesIn({ length }: Float32Array | Float64Array, shape: readonly number[]) {
  const [height = 0, width = 0, channels] = shape;
  if (shape.length !== 3 || (channels !== 1 && channels !== 3 && channels !== 4))
    throw new RangeError(`[${shape}] is not the shape of an image`);
  const size = height * width * channels;
  const count = length / size;
  if (!(count >= 1 && Number.isInteger(count)))
    throw new RangeError(`${length} numbers are not images of shape [${shape}]`);
  return { height, width, channels, size, count } as const;
}

/** From [-1, 1] to a byte, the inverse of what reading an image does. */
export function byte(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(255, Math.max(0, Math.round((value + 1) * 127.5)));
}
