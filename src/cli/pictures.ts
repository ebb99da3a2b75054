import { drawSamples, imageGrid, pngFile } from "../report/index.js";

const FAKE_COLOR = "#0072b2";

/** Samples as a PNG: images in a grid, points over real ones. */
export async function samplesPicture(
  samples: Float32Array,
  real: Float32Array,
  shape: readonly number[],
): Promise<Buffer> {
  if (shape.length === 1) return pngFile(drawSamples({ samples, real, shape, color: FAKE_COLOR }));
  const count = samples.length / shape.reduce((product, length) => product * length, 1);
  return imageGrid(samples, shape, Math.ceil(Math.sqrt(count)), { scale: 2 });
}
