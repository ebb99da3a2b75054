import { sizeOf } from "../shape.js";
import { node, type One, type Op, type Tensor } from "../tensor.js";
import { div, mul } from "./arithmetic.js";
import { cast } from "./cast.js";
import { equal } from "./compare.js";
import { finish, keptShape, lengthsAlong, type ReduceOptions, reducedAxes, sum, sumKept } from "./sum.js";

/** The largest over `axes` (ascending), which keep length 1. Elements that tie share the gradient equally. */
const maxOp: Op<One, { axes: readonly number[] }> = {
  name: "max",
  shape: ([x], { axes }) => keptShape(x.shape, axes),
  vjp(node, cotangent) {
    const [x] = node.inputs;
    const winners = cast(equal(x, node), x.dtype);
    const ties = sum(winners, node.attributes.axes, { keepDims: true });
    return [mul(winners, div(cotangent, ties))];
  },
  emit: ({ attributes }, [x], emitter) =>
    emitter.node("ReduceMax", [x, emitter.ints(attributes.axes)], { keepdims: 1 }),
};

/**
 * The mean over `axes`. Default: all of them.
 * @param x of any shape
 * @param axes one axis or several; negative ones count from the back
 * @param options whether reduced axes stay, with length 1. Default: they go
 * @throws ShapeError where one of them has an open length
 */
export function mean(x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const reduced = reducedAxes("mean", x, axes);
  const count = sizeOf(lengthsAlong(x, reduced), "mean");
  return finish(cast(mul(sumKept(cast(x, "float32"), reduced), 1 / count), x.dtype), reduced, options);
}

/**
 * The largest element over `axes`. Default: all of them. Elements that tie share the gradient equally.
 * @param x of any shape
 * @param axes one axis or several; negative ones count from the back
 * @param options whether reduced axes stay, with length 1. Default: they go
 */
export function max(x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const reduced = reducedAxes("max", x, axes);
  return finish(reduced.length === 0 ? x : node(maxOp, [x], { axes: reduced }), reduced, options);
}
