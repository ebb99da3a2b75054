import { type Dimension, product, SymbolicDimension, total } from "./dimension.js";

/** Lengths of the axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

/** Lengths of the axes, some of which may be left open: the shape of a tensor in a graph. */
export type SymbolicShape = readonly Dimension[];

/** Shapes that do not fit together, with the operation, the shapes and the line of the caller. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
  constructor(op: string, problem: string) {
    super(`${op}: ${problem}${callerLine()}`);
  }
}

/** ` (at file:line)` of the innermost stack frame outside the engine, or nothing where no such frame is known. */
function callerLine(): string {
  const engine = import.meta.url.slice(0, import.meta.url.lastIndexOf("/") + 1).replace(/^file:\/\//, "");
  const frame = new Error().stack
    ?.split("\n")
    .slice(1)
    .find((line) => /:\d+:\d+\)?$/.test(line) && !line.includes(engine));
  return frame ? ` (${frame.trim()})` : "";
}

/** The number of elements of a shape, which may have one open length. */
export function elementsOf(op: string, shape: SymbolicShape): Dimension {
  return shape.reduce((elements, length) => {
    const more = product(elements, length);
    if (more === undefined) throw new ShapeError(op, `more than one length of shape ${show(shape)} is open`);
    return more;
  }, 1);
}

/** a + b, lengths of one axis behind each other. */
export function addLengths(op: string, a: Dimension, b: Dimension): Dimension {
  const both = total(a, b);
  if (both === undefined) throw new ShapeError(op, `lengths ${a} and ${b} do not add up to a length with a name`);
  return both;
}

/**
 * The number of elements of a shape.
 * @param shape lengths of axes
 * @param op what an error names. Default: "sizeOf"
 * @throws ShapeError where a length is open
 */
export function sizeOf(shape: SymbolicShape, op = "sizeOf"): number {
  return fixedShape(op, shape).reduce((size, length) => size * length, 1);
}

/** `shape`, if all of its lengths are numbers. */
export function fixedShape(op: string, shape: SymbolicShape): Shape {
  return shape.map((_, axis) => lengthOf(shape, axis, op));
}

/**
 * The length of an axis; negative axes count from the back.
 * @param shape lengths of axes
 * @param axis from 0, or from -1 backwards
 * @param op what an error names. Default: "lengthOf"
 * @throws ShapeError where it is open or the axis does not exist
 */
export function lengthOf(shape: SymbolicShape, axis: number, op = "lengthOf"): number {
  const length = shape[normaliseAxis(op, axis, shape.length)];
  if (typeof length !== "number") {
    throw new ShapeError(op, `axis ${axis} of shape ${show(shape)} has no fixed length`);
  }
  return length;
}

/** Whether a length is left open. */
export function isOpen(length: Dimension): length is SymbolicDimension {
  return length instanceof SymbolicDimension;
}

export function sameShape(a: SymbolicShape, b: SymbolicShape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The shape that `a` and `b` broadcast to by NumPy's rule: aligned at the last axis, an axis of length 1 stretches. */
export function broadcastShapes(op: string, a: SymbolicShape, b: SymbolicShape): SymbolicShape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const fromA = a[axis - rank + a.length] ?? 1;
    const fromB = b[axis - rank + b.length] ?? 1;
    if (fromA !== fromB && fromA !== 1 && fromB !== 1) {
      throw new ShapeError(op, `shapes ${show(a)} and ${show(b)} do not broadcast`);
    }
    return fromA === 1 ? fromB : fromA;
  });
}

/** An axis counted from the front; negative axes count from the back. */
export function normaliseAxis(op: string, axis: number, rank: number): number {
  const normal = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || normal < 0 || normal >= rank) {
    throw new ShapeError(op, `axis ${axis} does not exist in a tensor of rank ${rank}`);
  }
  return normal;
}

/** A shape as messages print it: `[2, 3]`, `[batch, 2]`. */
export function show(shape: SymbolicShape): string {
  return `[${shape.join(", ")}]`;
}
