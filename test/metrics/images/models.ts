import { writeFile } from "node:fs/promises";
import { type InputSpec, mean, OPEN, type Shape, type Tensor, traceModel } from "../../../src/engine/index.js";

/** Writes an ONNX file that takes `images` of this shape, an open batch where it begins with `OPEN`. */
export async function writeModel(
  path: string,
  shape: Shape,
  outputs: (images: Tensor) => Record<string, Tensor>,
): Promise<string> {
  const specs: { images: InputSpec } = { images: { shape } };
  await writeFile(
    path,
    traceModel(({ images }) => outputs(images), specs, { openBatch: shape[0] === OPEN }),
  );
  return path;
}

/** The mean of each channel, as features that a test can foresee. */
export const channelMeans = (layout: "nchw" | "nhwc") => (images: Tensor) => ({
  means: mean(images, layout === "nchw" ? [2, 3] : [1, 2]),
});
