import { at } from "../at.js";
import type { Emitter } from "../emitter.js";
import {
  broadcastShapes,
  elementsOf,
  isOpen,
  normaliseAxis,
  ShapeError,
  type SymbolicShape,
  sameShape,
  show,
  sizeOf,
} from "../shape.js";
import { isNode, node, type One, type Op, type Tensor } from "../tensor.js";
import { cast } from "./cast.js";
import { reshape } from "./layout.js";
import { fill, fillOp } from "./source.js";

// Sums and broadcasting are each other's gradient.

/** What becomes of the axes that are reduced. */
export interface ReduceOptions {
  /** Keep the reduced axes with length 1. */
  readonly keepDims?: boolean;
}

export const broadcastToOp: Op<One, { shape: SymbolicShape }> = {
  name: "broadcastTo",
  shape([x], { shape }) {
    const common = broadcastShapes("broadcastTo", x.shape, shape);
    if (!sameShape(common, shape)) {
      throw new ShapeError("broadcastTo", `shape ${show(x.shape)} does not broadcast to ${show(shape)}`);
    }
    return shape;
  },
  vjp: (node, cotangent) => [sumTo(cotangent, node.inputs[0].shape)],
  emit({ inputs: [source], attributes: { shape } }, [x], emitter) {
    const added = shape.length - source.shape.length;
    // An open length is kept as it is: Expand leaves an axis alone that it is told to stretch to 1.
    const lengths = shape.map((length, axis) => {
      if (!isOpen(length)) return length;
      if (source.shape[axis - added] === length) return 1;
      throw new ShapeError("broadcastTo", `shape ${show(source.shape)} cannot be stretched to the open ${show(shape)}`);
    });
    return emitter.node("Expand", [x, emitter.ints(lengths)]);
  },
};

/**
 * `x` repeated along axes of length 1 and along new leading axes, to `shape`.
 * @param x whose axes, from the last one, are those of `shape` or have length 1
 * @param shape of the result
 */
export function broadcastTo(x: Tensor, shape: SymbolicShape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (isNode(x, fillOp)) return fill(broadcastToOp.shape([x], { shape }), x.attributes.value, x.dtype);
  return node(broadcastToOp, [x], { shape: [...shape] });
}

/** Sums over `axes` (ascending) and keeps them with length 1. */
export const sumOp: Op<One, { axes: readonly number[] }> = {
  name: "sum",
  shape: ([x], { axes }) => keptShape(x.shape, axes),
  vjp: (node, cotangent) => [broadcastTo(cotangent, node.inputs[0].shape)],
  emit(node, [x], emitter) {
    const { shape } = node.inputs[0];
    const { axes } = node.attributes;
    const rows = elementsOf("sum", shape.slice(0, axes.length));
    const columns = elementsOf("sum", shape.slice(axes.length));
    if (axes.every((axis, position) => axis === position) && !isOpen(rows) && columns !== 1) {
      const matrix = shape.length === 2 ? x : emitter.reshape(x, [rows, columns]);
      const sums = emitSumOfRows(emitter, matrix, rows);
      return shape.length === 2 ? sums : emitter.reshape(sums, node.shape);
    }
    return emitter.node("ReduceSum", [x, emitter.ints(axes)], { keepdims: 1 });
  },
};

/** Emits the sum of the rows of a matrix, `[1, columns]`, as ones * X: as a product it is several times as fast as a ReduceSum. */
export function emitSumOfRows(emitter: Emitter, matrix: string, rows: number): string {
  const ones = emitter.node("Expand", [emitter.floats([1], []), emitter.ints([1, rows])]);
  return emitter.node("Gemm", [ones, matrix]);
}

/**
 * The sum over `axes`. Default: all of them.
 * @param x of any shape
 * @param axes one axis or several; negative ones count from the back
 * @param options whether reduced axes stay, with length 1. Default: they go
 */
export function sum(x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const reduced = reducedAxes("sum", x, axes);
  return finish(sumKept(x, reduced), reduced, options);
}

/** The sum of `x` over the axes along which `shape` broadcasts to it: the adjoint of broadcasting. */
export function sumTo(x: Tensor, shape: SymbolicShape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const added = x.shape.length - shape.length;
  const axes = x.shape.flatMap((length, axis) =>
    axis < added || (shape[axis - added] === 1 && length !== 1) ? [axis] : [],
  );
  return reshape(sumKept(x, axes), shape);
}

/** The sum over `axes`, which keep length 1. */
export function sumKept(x: Tensor, axes: readonly number[]): Tensor {
  const shape = keptShape(x.shape, axes);
  const long = axes.filter((axis) => x.shape[axis] !== 1);
  if (long.length === 0) return x;
  if (isNode(x, fillOp)) return fill(shape, x.attributes.value * sizeOf(lengthsAlong(x, long), "sum"), x.dtype);
  // Half precision has no room for a long sum while it grows.
  return cast(node(sumOp, [cast(x, "float32")], { axes: long }), x.dtype);
}

/** The axes that an operation reduces, ascending. */
export function reducedAxes(op: string, x: Tensor, axes?: number | readonly number[]): number[] {
  if (axes === undefined) return x.shape.map((_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  return [...new Set(list.map((axis) => normaliseAxis(op, axis, x.shape.length)))].sort((a, b) => a - b);
}

export function lengthsAlong(x: Tensor, axes: readonly number[]): SymbolicShape {
  return axes.map((axis) => at(x.shape, axis));
}

/** The shape that is left where `axes` keep length 1. */
export function keptShape(shape: SymbolicShape, axes: readonly number[]): SymbolicShape {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
}

/** A result without the axes that were reduced, unless they are to be kept. */
export function finish(kept: Tensor, axes: readonly number[], { keepDims = false }: ReduceOptions): Tensor {
  if (keepDims) return kept;
  return reshape(
    kept,
    kept.shape.filter((_, axis) => !axes.includes(axis)),
  );
}
