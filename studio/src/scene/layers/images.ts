import type { Bitmap } from "../pens/pen.js";

/** Clear pixels between two images. */
const GAP = 2;

/**
 * Images side by side, row by row.
 * @param values `[count, height, width, channels]` in [-1, 1], flat, of 1 channel (grey) or 3; what lies outside is clipped, and what is
 * not a number is black
 */
export function imageSheet(values: Float32Array, shape: readonly number[], columns: number): Bitmap {
  const [height, width, channels] = shape as [number, number, number];
  const size = height * width * channels;
  const count = Math.floor(values.length / size);
  const sheetWidth = columns * (width + GAP) - GAP;
  const sheetHeight = Math.ceil(count / columns) * (height + GAP) - GAP;
  const pixels = new Uint8ClampedArray(4 * sheetWidth * Math.max(1, sheetHeight));
  for (let image = 0; image < count; image++) {
    const [left, top] = [(image % columns) * (width + GAP), Math.floor(image / columns) * (height + GAP)];
    for (let pixel = 0; pixel < width * height; pixel++) {
      const from = image * size + pixel * channels;
      const to = 4 * ((top + Math.floor(pixel / width)) * sheetWidth + left + (pixel % width));
      for (let channel = 0; channel < 3; channel++)
        pixels[to + channel] = (values[from + (channel % channels)]! + 1) * 127.5;
      pixels[to + 3] = 255;
    }
  }
  return { width: sheetWidth, height: Math.max(1, sheetHeight), pixels };
}
