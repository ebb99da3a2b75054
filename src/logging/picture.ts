import { classesInTurn, MOST_ROWS } from "../data/classesInTurn.js";
import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { imageGrid } from "../figures/imageGrid.js";
import { createRng } from "../random.js";

/** Images that a picture has, and points. */
const [MOST_IMAGES, MOST_POINTS] = [64, 1000];
/** Pixels along a side of a picture of points. */
const SIDE = 320;
const [REAL, FAKE] = [
  [190, 190, 190],
  [31, 90, 180],
] as const;

/**
 * A picture of samples as a PNG: images in a grid, with a row for each class where there are classes; points by their first two coordinates in
 * blue, over as many real ones in grey. `undefined` for rows of a table and points on a line.
 * @param samples in training units, `[n, ...sample]`
 */
export async function samplesPicture(samples: Float32Array, data: Dataset): Promise<Buffer | undefined> {
  const { shape } = data.fields.sample;
  const size = sizeOf(shape);
  if (data.kind === "images") {
    const rows = classesInTurn(data, samples.length / size, MOST_ROWS)?.shown.length;
    const shown = rows === undefined ? samples.subarray(0, MOST_IMAGES * size) : samples;
    const line = rows ?? Math.ceil(Math.sqrt(shown.length / size));
    return imageGrid(shown, shape, line, { down: rows !== undefined });
  }
  if (data.kind === "table" || size < 2) return undefined;
  const shown = samples.subarray(0, MOST_POINTS * size);
  const real = data.batch(createRng(0), shown.length / size).sample;
  return pointsPicture(real, shown, size);
}

async function pointsPicture(real: Float32Array, fake: Float32Array, size: number): Promise<Buffer> {
  const pixels = Buffer.alloc(3 * SIDE * SIDE, 255);
  const scales = [0, 1].map((axis) => scaleOf(real, axis, size));
  for (const [points, colour] of [
    [real, REAL],
    [fake, FAKE],
  ] as const)
    for (let at = 0; at < points.length; at += size) {
      const [x = Number.NaN, y = Number.NaN] = scales.map((scale, axis) => Math.round(scale(points[at + axis] ?? 0)));
      for (const [column, row] of [x, x + 1].flatMap((column) =>
        [y, y + 1].map((row) => [column, SIDE - 1 - row] as const),
      ))
        if (column >= 0 && column < SIDE && row >= 0 && row < SIDE) pixels.set(colour, 3 * (row * SIDE + column));
    }
  const { default: sharp } = await import("sharp");
  return await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .png({ palette: true })
    .toBuffer();
}

/** From a coordinate to a pixel: the real points take the middle two thirds of the picture. */
function scaleOf(points: Float32Array, axis: number, size: number): (value: number) => number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = axis; at < points.length; at += size) {
    low = Math.min(low, points[at] ?? low);
    high = Math.max(high, points[at] ?? high);
  }
  const width = high - low || 1;
  return (value) => SIDE * (1 / 6 + ((2 / 3) * (value - low)) / width);
}
