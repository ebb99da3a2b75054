import { at } from "../at.js";
import { fixedShape, lengthOf, normaliseAxis, ShapeError, show } from "../shape.js";
import { isNode, node, type Op, type Tensor, type Two } from "../tensor.js";
import { cast } from "./cast.js";
import { transpose } from "./layout.js";
import { pad } from "./pieces.js";

const gatherOp: Op<Two, { axis: number }> = {
  name: "gather",
  shape: ([x, indices], { axis }) => x.shape.map((length, i) => (i === axis ? at(indices.shape, 0) : length)),
  vjp({ inputs: [x, indices], attributes: { axis } }, cotangent) {
    const scattered = ungathered(cotangent, indices, axis, lengthOf(x.shape, axis, "gather"));
    if (scattered) return [scattered, null];
    const front = frontOrder(x.shape.length, axis);
    const summed = scatterAdd(transpose(cotangent, front), indices, lengthOf(x.shape, axis, "gather"));
    return [transpose(summed, frontOrder(x.shape.length, axis, true)), null];
  },
  emit({ inputs: [{ shape }], attributes: { axis } }, [x, indices], emitter) {
    const last = shape.length - 1;
    if (axis === 0 || axis < last) return emitter.node("Gather", [x, indices], { axis });
    // ONNX Runtime copies one number at a time along the last axis, and whole rows along the first.
    const gathered = emitter.node("Gather", [
      emitter.node("Transpose", [x], { perm: frontOrder(shape.length, last) }),
      indices,
    ]);
    return emitter.node("Transpose", [gathered], { perm: frontOrder(shape.length, last, true) });
  },
};

/** The adjoint of gathering each slice once at most: those gathered go back to their places, among slices of 0. `undefined` where one repeats. */
function ungathered(cotangent: Tensor, indices: Tensor, axis: number, length: number): Tensor | undefined {
  if (!isNode(indices, indicesOp)) return undefined;
  const { values } = indices.attributes;
  if (new Set(values).size < values.length) return undefined;
  const zeros = cotangent.shape.map((_, i) => (i === axis ? 1 : 0));
  const placeOf = new Map(values.map((value, place) => [value, place]));
  const back = Array.from({ length }, (_, i) => placeOf.get(i) ?? values.length);
  const none = cotangent.shape.map(() => 0);
  return gather(values.length < length ? pad(cotangent, none, zeros) : cotangent, back, axis);
}

/** The adjoint of gathering rows: row i of `x` is added to row `indices[i]` of zeros. */
const scatterAddOp: Op<Two, { rows: number }> = {
  name: "scatterAdd",
  shape: ([x], { rows }) => [rows, ...x.shape.slice(1)],
  vjp: ({ inputs: [, indices] }, cotangent) => [gather(cotangent, indices, 0), null],
  emit({ shape }, [x, indices], emitter) {
    const zeros = emitter.node("Expand", [emitter.floats([0], []), emitter.ints(fixedShape("gather", shape))]);
    const rows = emitter.node("Cast", [emitter.node("Unsqueeze", [indices, emitter.ints([1])])], { to: 7 });
    return emitter.node("ScatterND", [zeros, rows, x], { reduction: "add" });
  },
};

const indicesOp: Op<readonly [], { values: readonly number[] }> = {
  name: "indices",
  shape: (_, { values }) => [values.length],
  dtype: () => "int32",
  emit: ({ attributes }, _, emitter) => emitter.node("Cast", [emitter.ints(attributes.values)], { to: 6 }),
};

/**
 * The slices of `x` at `indices` along `axis`, in that order; repeats are allowed.
 * @param x of any shape
 * @param indices whole numbers, or an int32 tensor of one axis
 * @param axis of `x`; negative ones count from the back
 */
export function gather(x: Tensor, indices: readonly number[] | Tensor, axis: number): Tensor {
  const along = normaliseAxis("gather", axis, x.shape.length);
  if (!("op" in indices)) {
    const length = lengthOf(x.shape, along, "gather");
    const wrong = indices.find((index) => !Number.isInteger(index) || index < 0 || index >= length);
    if (wrong !== undefined)
      throw new ShapeError("gather", `index ${wrong} is outside axis ${axis} of shape ${show(x.shape)}`);
    if (indices.length === length && indices.every((index, place) => index === place)) return x;
    return node(gatherOp, [x, node(indicesOp, [], { values: [...indices] })], { axis: along });
  }
  if (indices.dtype !== "int32" || indices.shape.length !== 1) {
    throw new ShapeError(
      "gather",
      `indices must be int32 of one axis, not ${indices.dtype} of shape ${show(indices.shape)}`,
    );
  }
  return node(gatherOp, [x, indices], { axis: along });
}

function scatterAdd(x: Tensor, indices: Tensor, rows: number): Tensor {
  return cast(node(scatterAddOp, [cast(x, "float32"), indices], { rows }), x.dtype);
}

/** The permutation that brings `axis` to the front and leaves the others in order, or the one that takes it back. */
function frontOrder(rank: number, axis: number, back = false): number[] {
  const others = Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
  const order = [axis, ...others];
  return back ? order.map((_, i) => order.indexOf(i)) : order;
}
