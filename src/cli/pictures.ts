import type { Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { drawSamples, imageGrid, looksOf, pngFile } from "../report/index.js";

/** Samples of a run under `loss` as a PNG: images in a grid; points over real ones, in the pairing's colour. */
export async function samplesPicture(
  samples: Float32Array | Float64Array,
  real: Float32Array | Float64Array,
  { kind, fields }: Pick<Dataset, "kind" | "fields">,
  loss: string,
): Promise<Buffer> {
  const { shape } = fields.sample;
  if (kind !== "images") return pngFile(drawSamples({ samples, real, shape, color: looksOf([loss])[0]!.color }));
  return imageGrid(samples, shape, Math.ceil(Math.sqrt(samples.length / sizeOf(shape))), { scale: 2 });
}
