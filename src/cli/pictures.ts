import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { drawSamples, imageGrid, looksOf, pngFile } from "../report/index.js";

/** Rows of a picture, of a class each. */
export const MOST_ROWS = 20;

/**
 * Samples of a run under `loss` as a PNG: images in a grid; points over real ones, in the pairing's colour.
 * @param rows of images that follow each other down the columns. Default: they follow along the rows, in a square
 */
export async function samplesPicture(
  samples: Float32Array | Float64Array,
  real: Float32Array | Float64Array,
  { kind, fields }: Pick<Dataset, "kind" | "fields">,
  loss: string,
  rows?: number,
): Promise<Buffer> {
  const { shape } = fields.sample;
  if (kind !== "images") return pngFile(drawSamples({ samples, real, shape, color: looksOf([loss])[0]!.color }));
  const line = rows ?? Math.ceil(Math.sqrt(samples.length / sizeOf(shape)));
  return imageGrid(samples, shape, line, { scale: 2, down: rows !== undefined });
}
