import type { Emitter } from "./onnx.js";

/** Lengths of the axes, outermost first; `[]` is a scalar. */
export type Shape = readonly number[];

export type DType = "float32" | "int32" | "bool";

/** Concrete values: what goes into a program and comes out of it. `data` is row-major. */
export interface TensorData {
  readonly shape: Shape;
  readonly data: Float32Array | Int32Array;
}

/** A symbolic tensor: a node of the graph of the function that is being compiled. It has a shape and no values. */
export interface Tensor {
  readonly id: number;
  readonly op: Op<unknown>;
  readonly inputs: readonly Tensor[];
  readonly attributes: unknown;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** A tensor, or a number that stands for a scalar of it. */
export type Operand = Tensor | number;

/** An operation: what shape it gives, how cotangents flow back through it, and which ONNX nodes compute it. */
export interface Op<A> {
  readonly name: string;
  /** The shape of the result; throws `ShapeError` where the inputs do not fit. */
  shape(inputs: readonly Tensor[], attributes: A): Shape;
  /** The type of the result's elements: float32 where absent. */
  dtype?(inputs: readonly Tensor[], attributes: A): DType;
  /**
   * The vector-Jacobian product: for the cotangent of the output, the cotangent of each input (`null` where none flows), made
   * of the same operations, so that derivatives nest. Absent where the operation passes no gradient.
   */
  vjp?(node: Node<A>, cotangent: Tensor): readonly (Tensor | null)[];
  /**
   * A simpler tensor of the same values, or `undefined` where there is none. Asked for only when the whole function has been traced: a
   * rewrite that looks through an input would hide that input from `gradients`.
   */
  simplify?(inputs: readonly Tensor[], attributes: A): Tensor | undefined;
  /** Adds the ONNX nodes that compute `node` from values called `inputs`, and returns the name of the result. */
  emit(node: Node<A>, inputs: readonly string[], emitter: Emitter): string;
}

/** A tensor whose attributes are those of its operation. */
export interface Node<A> extends Tensor {
  readonly attributes: A;
}

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

type Interned = Map<string, Tensor>;
let interned: Interned | undefined;
let nextId = 0;

/** Runs `fn` with a fresh graph; the tensors it makes belong to that graph. */
export function traced<T>(fn: () => T): T {
  const outer = interned;
  interned = new Map();
  try {
    return fn();
  } finally {
    interned = outer;
  }
}

/**
 * The node of `op` on `inputs`. Nodes are hash-consed: the same operation on the same inputs with the same attributes is the same
 * node, so whatever is written twice is computed once.
 */
export function node<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): Tensor {
  if (!interned) throw new Error(`${op.name}: tensors exist only inside a function given to compile()`);
  const key = `${op.name}(${inputs.map((input) => input.id).join()})${JSON.stringify(attributes, finite)}`;
  const known = interned.get(key);
  if (known) return known;
  const made: Tensor = {
    id: nextId++,
    op: op as Op<unknown>,
    inputs,
    attributes,
    shape: op.shape(inputs, attributes),
    dtype: op.dtype?.(inputs, attributes) ?? "float32",
  };
  interned.set(key, made);
  return made;
}

/** JSON has no NaN and no infinity; written as text they stay apart from each other. */
function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** Whether `tensor` was made by `op`; narrows the type of its attributes. */
export function isNode<A>(tensor: Tensor, op: Op<A>): tensor is Node<A> {
  return tensor.op === (op as Op<unknown>);
}

/** The number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** The shape that `a` and `b` broadcast to by NumPy's rule: aligned at the last axis, an axis of length 1 stretches. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
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

/** A shape as messages print it: `[2, 3]`. */
export function show(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}
