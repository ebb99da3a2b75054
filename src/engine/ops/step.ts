import { node, type One, type Op, type Tensor } from "../tensor.js";
import { cast } from "./cast.js";

/**
 * HardSigmoid(x) = min(1, max(0, 1e30 x + beta)) is the quickest step that ONNX Runtime has: one vectorised pass, where Where, Sign
 * and Cast(Greater) take two to four times as long.
 */
const SLOPE = 1e30;

const stepOp: Op<One, { atZero: number }> = {
  name: "step",
  shape: ([x]) => x.shape,
  pointwise: true,
  emit: ({ attributes }, inputs, emitter) =>
    emitter.node("HardSigmoid", inputs, { alpha: { float: SLOPE }, beta: { float: attributes.atZero } }),
};

/** 1 where x > 0, 0 where x < 0, `atZero` where x = 0. Passes no gradient. */
export function step(x: Tensor, atZero: 0 | 0.5): Tensor {
  // No number of half precision is as steep.
  return cast(node(stepOp, [cast(x, "float32")], { atZero }), x.dtype);
}
