import { writeFile } from "node:fs/promises";
import {
  type ModelInputSpec,
  mean,
  type SymbolicShape,
  symbolicDimension,
  type Tensor,
  traceModel,
} from "../../../src/engine/index.js";

/** The length of a first axis that is left open. */
export const BATCH = symbolicDimension("batch");

/** Writes an ONNX file that takes `images` of this shape. */
export async function writeModel(
  path: string,
  shape: SymbolicShape,
  outputs: (images: Tensor) => Record<string, Tensor>,
): Promise<string> {
  const specs: { images: ModelInputSpec } = { images: { shape } };
  await writeFile(
    path,
    traceModel(({ images }) => outputs(images), specs),
  );
  return path;
}

/** The mean of each channel, as features that a test can foresee. */
export const channelMeans = (layout: "nchw" | "nhwc") => (images: Tensor) => ({
  means: mean(images, layout === "nchw" ? [2, 3] : [1, 2]),
});
