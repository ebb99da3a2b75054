import { normaliseAxis } from "../shape.js";
import { node, type One, type Op, type Tensor } from "../tensor.js";
import { mul, sub } from "./arithmetic.js";
import { sum } from "./sum.js";

const softmaxOp: Op<One, { axis: number }> = {
  name: "softmax",
  shape: ([x]) => x.shape,
  vjp(y, cotangent) {
    const expected = sum(mul(cotangent, y), y.attributes.axis, { keepDims: true });
    return [mul(y, sub(cotangent, expected))];
  },
  emit: ({ attributes }, inputs, emitter) => emitter.node("Softmax", inputs, { axis: attributes.axis }),
};

/**
 * e^x / sum(e^x) along an axis. Default: the last one.
 * @param x of any shape
 * @param axis negative ones count from the back. Default: -1
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  return node(softmaxOp, [x], { axis: normaliseAxis("softmax", axis, x.shape.length) });
}
