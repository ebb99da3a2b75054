import { at } from "../at.js";
import type { Dimension } from "../dimension.js";
import { quotient } from "../dimension.js";
import type { Emitter } from "../emitter.js";
import { elementsOf, ShapeError, type SymbolicShape, sameShape, show } from "../shape.js";
import { isNode, node, type One, type Op, type Tensor } from "../tensor.js";
import { fill, fillOp } from "./source.js";

export const reshapeOp: Op<One, { shape: SymbolicShape }> = {
  name: "reshape",
  shape: (_, { shape }) => shape,
  dtype: ([x]) => x.dtype,
  vjp: (node, cotangent) => [reshape(cotangent, node.inputs[0].shape)],
  simplify: ([x], { shape }) => (isNode(x, reshapeOp) ? reshape(x.inputs[0], shape) : undefined),
  emit: ({ attributes }, [x], emitter) => emitter.reshape(x, attributes.shape),
};

const transposeOp: Op<One, { permutation: readonly number[] }> = {
  name: "transpose",
  shape([x], { permutation }) {
    const sorted = [...permutation].sort((a, b) => a - b);
    if (
      !sameShape(
        sorted,
        x.shape.map((_, axis) => axis),
      )
    ) {
      throw new ShapeError("transpose", `${show(permutation)} does not permute the axes of shape ${show(x.shape)}`);
    }
    return permutation.map((axis) => at(x.shape, axis));
  },
  dtype: ([x]) => x.dtype,
  vjp: ({ attributes: { permutation } }, cotangent) => [transpose(cotangent, inverse(permutation))],
  simplify([x], { permutation }) {
    if (!isNode(x, transposeOp)) return undefined;
    const inner = x.attributes.permutation;
    return transpose(
      x.inputs[0],
      permutation.map((axis) => at(inner, axis)),
    );
  },
  emit: ({ attributes }, [x], emitter) => emitter.node("Transpose", [x], { perm: attributes.permutation }),
};

const reverseOp: Op<One, { axes: readonly number[] }> = {
  name: "reverse",
  shape: ([x]) => x.shape,
  vjp: ({ attributes }, cotangent) => [reverse(cotangent, attributes.axes)],
  emit: ({ attributes }, [x], emitter) => emitReverse(emitter, x, attributes.axes),
};

/**
 * The same elements in another shape; one length may be -1 and is then what is left.
 * @param x of any shape
 * @param shape of as many elements
 */
export function reshape(x: Tensor, shape: SymbolicShape): Tensor {
  const full = completed(x.shape, shape);
  if (sameShape(x.shape, full)) return x;
  if (isNode(x, fillOp)) return fill(full, x.attributes.value, x.dtype);
  return node(reshapeOp, [x], { shape: full });
}

/** `shape` with what is left of the elements of `from` where it has a -1. */
function completed(from: SymbolicShape, shape: SymbolicShape): SymbolicShape {
  const elements = elementsOf("reshape", from);
  const left = quotient(
    elements,
    elementsOf(
      "reshape",
      shape.filter((length) => length !== -1),
    ),
  );
  const full = shape.map((length): Dimension | undefined => (length === -1 ? left : length));
  if (!isShape(full) || elementsOf("reshape", full) !== elements) {
    throw new ShapeError("reshape", `shape ${show(from)} does not reshape to ${show(shape)}`);
  }
  return full;
}

function isShape(lengths: readonly (Dimension | undefined)[]): lengths is SymbolicShape {
  return lengths.every((length) =>
    typeof length === "number" ? Number.isInteger(length) && length >= 0 : length !== undefined,
  );
}

/**
 * The axes in another order: axis i of the result is axis `permutation[i]` of `x`. They are reversed where no order is given.
 * @param x of any shape
 * @param permutation every axis of `x` once
 */
export function transpose(
  x: Tensor,
  permutation: readonly number[] = x.shape.map((_, axis) => x.shape.length - 1 - axis),
): Tensor {
  if (permutation.every((axis, position) => axis === position) && permutation.length === x.shape.length) return x;
  return node(transposeOp, [x], { permutation: [...permutation] });
}

/**
 * The elements in opposite order along `axes`.
 * @param x of any shape
 * @param axes of `x`
 */
export function reverse(x: Tensor, axes: readonly number[]): Tensor {
  return node(reverseOp, [x], { axes: [...axes] });
}

/** Emits the elements of `x` in opposite order along `axes`. */
export function emitReverse(emitter: Emitter, x: string, axes: readonly number[]): string {
  const every = (value: number) => emitter.ints(axes.map(() => value));
  return emitter.node("Slice", [x, every(-1), every(Number.MIN_SAFE_INTEGER), emitter.ints(axes), every(-1)]);
}

function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}
