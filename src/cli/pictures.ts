import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { imageGrid, looksOf, pngFile } from "../report/index.js";

/** What images are magnified by where they are shown by themselves: the least whole number that makes their sides 112 pixels or more. */
export function magnification([height = 1, width = 1]: readonly number[]): number {
  return Math.ceil(112 / Math.min(height, width));
}

/** How images lie in a picture: in rows, down which they follow each other, or in columns, along whose rows they do. Default: a square. */
export interface PictureLines {
  readonly rows?: number | undefined;
  readonly columns?: number | undefined;
}

/** Samples of a run under `loss` as a PNG: images in a grid; points over real ones, in the pairing's colour. */
export async function samplesPicture(
  samples: Float32Array | Float64Array,
  real: Float32Array | Float64Array,
  { kind, fields }: Pick<Dataset, "kind" | "fields">,
  loss: string,
  { rows, columns }: PictureLines = {},
): Promise<Buffer> {
  const { shape } = fields.sample;
  if (kind !== "images") {
    const { drawSamples } = await import("../report/figures/samples.js");
    return pngFile(drawSamples({ samples, real, shape, color: looksOf([loss])[0]!.color }));
  }
  const line = columns ?? rows ?? Math.ceil(Math.sqrt(samples.length / sizeOf(shape)));
  return imageGrid(samples, shape, line, { scale: 2, down: columns === undefined && rows !== undefined });
}
