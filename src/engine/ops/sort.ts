import type { Emitter } from "../emitter.js";
import { lengthOf, ShapeError, type SymbolicShape } from "../shape.js";
import { node, type One, type Op, type Tensor, type Two } from "../tensor.js";

const sortOp: Op<One, null> = {
  name: "sort",
  shape: ([x]) => x.shape,
  vjp: ({ inputs: [x] }, cotangent) => [permute(cotangent, node(orderOp, [x], null), true)],
  emit: ({ shape }, [x], emitter) => sorted(x, shape, emitter)[0],
};

/** Where each element of the sorted rows came from; constant between ties, so no gradient flows. It stays inside the engine. */
const orderOp: Op<One, null> = {
  name: "order",
  shape: ([x]) => x.shape,
  dtype: () => "int32",
  emit: ({ shape }, [x], emitter) => sorted(x, shape, emitter)[1],
};

/** Elements of each row in another order: y[i] = x[order[i]], or, `inverse`, y[order[i]] = x[i]. Each is the other's adjoint. */
const permuteOp: Op<Two, { inverse: boolean }> = {
  name: "permute",
  shape: ([x]) => x.shape,
  vjp: ({ inputs: [, order], attributes: { inverse } }, cotangent) => [permute(cotangent, order, !inverse), null],
  emit: ({ attributes: { inverse } }, [x, order], emitter) =>
    inverse
      ? // An order names every place once, so that nothing is left of what is scattered over: any tensor of the shape will do.
        emitter.node("ScatterElements", [x, order, x], { axis: -1 })
      : emitter.node("GatherElements", [x, order], { axis: -1 }),
};

/**
 * The elements of `x` in ascending order along the last axis. Where elements are equal, the first of them in `x` comes first and takes
 * the gradient of the first place, as in a stable sort.
 * @param x of one axis at least
 * @throws ShapeError where `x` is a scalar
 */
export function sort(x: Tensor): Tensor {
  if (x.shape.length === 0) throw new ShapeError("sort", "a scalar has no axis to sort along");
  return node(sortOp, [x], null);
}

function permute(x: Tensor, order: Tensor, inverse: boolean): Tensor {
  return node(permuteOp, [x, order], { inverse });
}

/** The names of the sorted rows and of their order. */
function sorted(x: string, shape: SymbolicShape, emitter: Emitter): [string, string] {
  return emitter.pair("TopK", [x, emitter.ints([lengthOf(shape, -1, "sort")])], { axis: -1, largest: 0, sorted: 1 });
}
