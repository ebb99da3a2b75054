import type { DType } from "../dtype.js";
import { isNode, node, type One, type Op, type Tensor } from "../tensor.js";

const castOp: Op<One, { to: DType }> = {
  name: "cast",
  shape: ([x]) => x.shape,
  dtype: (_, { to }) => to,
  vjp: ({ inputs: [x], attributes: { to } }, cotangent) => [
    isFloat(x.dtype) && isFloat(to) ? cast(cotangent, x.dtype) : null,
  ],
  // float32 has every number of float16.
  simplify: ([x], { to }) =>
    to === "float16" && isNode(x, castOp) && x.inputs[0].dtype === to ? x.inputs[0] : undefined,
  emit: ({ attributes: { to } }, [x], emitter) => emitter.cast(x, to),
};

/**
 * The same numbers as another type. To float16 they are rounded to the nearest one, in a tie to that whose last bit is 0; sizes from 65520 become
 * infinite, and those up to 2^-25 become 0. A comparison becomes 1 where it holds and 0 elsewhere; to int32, numbers lose what stands behind
 * their point. Gradients flow between float types, cast back.
 * @param x of any shape
 * @param to the type of the result
 */
export function cast(x: Tensor, to: DType): Tensor {
  return x.dtype === to ? x : node(castOp, [x], { to });
}

/**
 * 1 where a condition holds, 0 elsewhere.
 * @param condition a comparison, of any shape
 */
export function toFloat(condition: Tensor): Tensor {
  return cast(condition, "float32");
}

/**
 * Numbers without what stands behind their point, as int32: indices for `gather`.
 * @param x of any shape
 */
export function toInt(x: Tensor): Tensor {
  return cast(x, "int32");
}

function isFloat(dtype: DType): boolean {
  return dtype === "float32" || dtype === "float16";
}
