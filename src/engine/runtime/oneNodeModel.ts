import { encodeModel } from "../onnxModel.js";
import type { Shape } from "../shape.js";

/** A model of one node without attributes, float32 `x` to `y`. */
export function oneNodeModel({
  opType,
  domain = "",
  shape,
}: {
  readonly opType: string;
  /** Of the node's type. Default: ONNX's. */
  readonly domain?: string;
  /** Of `x`. Default: any. */
  readonly shape?: Shape;
}): Uint8Array {
  return encodeModel({
    name: opType,
    nodes: [{ opType, domain, inputs: ["x"], outputs: ["y"], attributes: {} }],
    inputs: [{ name: "x", type: "float32", shape }],
    outputs: [{ name: "y", type: "float32", shape: undefined }],
  });
}
