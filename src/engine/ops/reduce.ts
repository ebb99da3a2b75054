import { at } from "../at.js";
import { elementsOf, isOpen, normaliseAxis, type SymbolicShape, sameShape, sizeOf } from "../shape.js";
import { isNode, node, type One, type Op, type Tensor } from "../tensor.js";
import { div, mul } from "./arithmetic.js";
import { broadcastTo, broadcastToOp } from "./broadcast.js";
import { equal, toFloat } from "./compare.js";
import { reshape } from "./layout.js";
import { fill, fillOp } from "./source.js";

export interface ReduceOptions {
  /** Keep the reduced axes with length 1. */
  readonly keepDims?: boolean;
}

/** Sums over `axes` (ascending) and keeps them with length 1. */
const sumOp: Op<One, { axes: readonly number[] }> = {
  name: "sum",
  shape: ([x], { axes }) => keptShape(x.shape, axes),
  vjp: (node, cotangent) => [broadcastTo(cotangent, node.inputs[0].shape)],
  simplify([x], { axes }) {
    if (!isNode(x, broadcastToOp)) return undefined;
    const [source] = x.inputs;
    const added = x.shape.length - source.shape.length;
    if (!axes.every((axis) => axis < added || source.shape[axis - added] === 1)) return undefined;
    const count = elementsOf("sum", lengthsAlong(x, axes));
    if (isOpen(count)) return undefined;
    return mul(broadcastTo(source, keptShape(x.shape, axes)), count);
  },
  emit(node, [x], emitter) {
    const { shape } = node.inputs[0];
    const { axes } = node.attributes;
    const rows = elementsOf("sum", shape.slice(0, axes.length));
    const columns = elementsOf("sum", shape.slice(axes.length));
    // A sum over leading axes is ones * X: as a product it is several times as fast as a ReduceSum.
    if (axes.every((axis, position) => axis === position) && !isOpen(rows) && columns !== 1) {
      const matrix = shape.length === 2 ? x : emitter.reshape(x, [rows, columns]);
      const ones = emitter.node("Expand", [emitter.floats([1], []), emitter.ints([1, rows])]);
      const product = emitter.node("Gemm", [ones, matrix]);
      return shape.length === 2 ? product : emitter.reshape(product, node.shape);
    }
    return emitter.node("ReduceSum", [x, emitter.ints(axes)], { keepdims: 1 });
  },
};

/** The largest over `axes` (ascending), which keep length 1. Elements that tie share the gradient equally. */
const maxOp: Op<One, { axes: readonly number[] }> = {
  name: "max",
  shape: ([x], { axes }) => keptShape(x.shape, axes),
  vjp(node, cotangent) {
    const [x] = node.inputs;
    const winners = toFloat(equal(x, node));
    const ties = sum(winners, node.attributes.axes, { keepDims: true });
    return [mul(winners, div(cotangent, ties))];
  },
  emit: ({ attributes }, [x], emitter) =>
    emitter.node("ReduceMax", [x, emitter.ints(attributes.axes)], { keepdims: 1 }),
};

/** The sum over `axes`; over all of them where absent. */
export function sum(x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const reduced = reducedAxes("sum", x, axes);
  return finish(sumKept(x, reduced), reduced, options);
}

/**
 * The mean over `axes`; over all of them where absent.
 * @throws ShapeError where one of them has an open length
 */
export function mean(x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const reduced = reducedAxes("mean", x, axes);
  const count = sizeOf(lengthsAlong(x, reduced), "mean");
  return finish(mul(sumKept(x, reduced), 1 / count), reduced, options);
}

/** The largest element over `axes`; over all of them where absent. Elements that tie share the gradient equally. */
export function max(x: Tensor, axes?: number | readonly number[], options: ReduceOptions = {}): Tensor {
  const reduced = reducedAxes("max", x, axes);
  return finish(reduced.length === 0 ? x : node(maxOp, [x], { axes: reduced }), reduced, options);
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

function sumKept(x: Tensor, axes: readonly number[]): Tensor {
  const shape = keptShape(x.shape, axes);
  const long = axes.filter((axis) => x.shape[axis] !== 1);
  if (long.length === 0) return x;
  if (isNode(x, fillOp)) return fill(shape, x.attributes.value * sizeOf(lengthsAlong(x, long), "sum"));
  return node(sumOp, [x], { axes: long });
}

function reducedAxes(op: string, x: Tensor, axes?: number | readonly number[]): number[] {
  if (axes === undefined) return x.shape.map((_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  return [...new Set(list.map((axis) => normaliseAxis(op, axis, x.shape.length)))].sort((a, b) => a - b);
}

function lengthsAlong(x: Tensor, axes: readonly number[]): SymbolicShape {
  return axes.map((axis) => at(x.shape, axis));
}

function keptShape(shape: SymbolicShape, axes: readonly number[]): SymbolicShape {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
}

function finish(kept: Tensor, axes: readonly number[], { keepDims = false }: ReduceOptions): Tensor {
  if (keepDims) return kept;
  return reshape(
    kept,
    kept.shape.filter((_, axis) => !axes.includes(axis)),
  );
}
