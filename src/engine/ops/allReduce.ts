import { node, type One, type Op, type Tensor } from "../tensor.js";

export const allReduceOp: Op<One, null> = {
  name: "allReduce",
  shape([x]) {
    if (x.dtype !== "float32") throw new TypeError(`allReduce: sums float32, not ${x.dtype}; cast it first`);
    return x.shape;
  },
  vjp: (_, cotangent) => [allReduce(cotangent)],
  emit: (_, [x]) => x,
};

/**
 * The sum of a tensor over all processes that run the program together, the ranks. A program is cut where it stands, and
 * `CompileOptions.allReduce` sums what came out before the next part runs; a program without that is the only one of its kind, and the sum is x.
 *
 * Derivatives are those of the sum over all ranks of what each differentiates: the cotangent of x is the sum of the ranks' cotangents.
 * @param x float32, of the same shape in every process
 * @throws TypeError where x is not float32
 */
export function allReduce(x: Tensor): Tensor {
  return node(allReduceOp, [x], null);
}
