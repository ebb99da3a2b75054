import { drawSamples, imageGrid, looksOf, pngFile } from "../report/index.js";

/** Samples of a run under `loss` as a PNG: images in a grid; points over real ones, in the pairing's colour. */
export async function samplesPicture(
  samples: Float32Array | Float64Array,
  real: Float32Array | Float64Array,
  shape: readonly number[],
  loss: string,
): Promise<Buffer> {
  if (shape.length === 1) return pngFile(drawSamples({ samples, real, shape, color: looksOf([loss])[0]!.color }));
  const count = samples.length / shape.reduce((product, length) => product * length, 1);
  return imageGrid(samples, shape, Math.ceil(Math.sqrt(count)), { scale: 2 });
}
