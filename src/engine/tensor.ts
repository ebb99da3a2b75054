import type { DType, FloatType } from "./dtype.js";
import type { Emitter } from "./emitter.js";
import { identityOf } from "./identity.js";
import type { Shape, SymbolicShape } from "./shape.js";

/** Concrete values: what goes into a program and comes out of it. `data` is row-major. */
export interface TensorData {
  /** The length of each axis, the slowest first. */
  readonly shape: Shape;
  /** All elements, the last axis running fastest. */
  readonly data: Float32Array | Int32Array;
}

/** A symbolic tensor: a node of the graph of the function that is being compiled. It has a shape and no values. */
export interface Tensor {
  /** Its number in the order in which tensors were made. */
  readonly id: number;
  /** The operation that computes it. */
  readonly op: Op<readonly Tensor[], unknown>;
  /** What the operation is applied to. */
  readonly inputs: readonly Tensor[];
  /** What the operation is told beside its inputs, as plain data. */
  readonly attributes: unknown;
  /** The length of each axis. */
  readonly shape: SymbolicShape;
  /** The type of its elements. */
  readonly dtype: DType;
}

/** A tensor, or a number that stands for a scalar of it. */
export type Operand = Tensor | number;

/** A tensor whose inputs and attributes are those of its operation. */
export interface Node<I extends readonly Tensor[], A> extends Tensor {
  /** What the operation is applied to. */
  readonly inputs: I;
  /** What the operation is told beside its inputs. */
  readonly attributes: A;
}

/** One `T` for each of several tensors. */
export type Each<I extends readonly Tensor[], T> = { readonly [K in keyof I]: T };

/**
 * An operation: what shape it gives, how cotangents flow back through it, and which ONNX nodes compute it on any machine. `I` are the
 * tensors that it takes, such as `readonly [Tensor, Tensor]`; `A` are its attributes, plain data that JSON can write.
 */
export interface Op<I extends readonly Tensor[], A> {
  /** What errors call it. */
  readonly name: string;
  /**
   * The shape of the result; throws `ShapeError` where the inputs do not fit.
   * @param inputs what it is applied to
   * @param attributes what it is told beside its inputs
   */
  shape(inputs: I, attributes: A): SymbolicShape;
  /**
   * The type of the result's elements. Default: the float type of the inputs; float32 where none is a float.
   * @param inputs what it is applied to
   * @param attributes what it is told beside its inputs
   */
  dtype?(inputs: I, attributes: A): DType;
  /** Whether each element of the result depends on the elements in its own place alone, wherever they lie in memory. Default: no. */
  readonly pointwise?: true;
  /**
   * The vector-Jacobian product: for the cotangent of the output, the cotangent of each input (`null` where none flows), made
   * of the same operations, so that derivatives nest. Absent where the operation passes no gradient.
   * @param node the operation, applied
   * @param cotangent of the result, in its shape
   */
  vjp?(node: Node<I, A>, cotangent: Tensor): Each<I, Tensor | null>;
  /**
   * A simpler tensor of the same values, or `undefined` where there is none. Asked for only when the whole function has been traced: a
   * rewrite that looks through an input would hide that input from `gradients`.
   * @param inputs what it is applied to
   * @param attributes what it is told beside its inputs
   */
  simplify?(inputs: I, attributes: A): Tensor | undefined;
  /**
   * Adds the ONNX nodes that compute `node` from values called `inputs`, and returns the name of the result. They must run everywhere;
   * what a target does better stands in that target's file in `lower/`.
   * @param node the operation, applied
   * @param inputs names of the values that it is applied to
   * @param emitter writes the nodes
   */
  emit(node: Node<I, A>, inputs: Each<I, string>, emitter: Emitter): string;
}

/** The inputs of most operations. */
export type One = readonly [Tensor];
export type Two = readonly [Tensor, Tensor];

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
export function node<I extends readonly Tensor[], A>(op: Op<I, A>, inputs: I, attributes: A): Tensor {
  if (!interned) throw new Error(`${op.name}: tensors exist only inside a function given to compile()`);
  const key = `${identityOf(op)}(${inputs.map((input) => input.id).join()})${JSON.stringify(attributes, finite)}`;
  const known = interned.get(key);
  if (known) return known;
  const shape = op.shape(inputs, attributes);
  const float = floatTypeOf(op.name, inputs);
  const dtype = op.dtype?.(inputs, attributes) ?? float;
  const made: Tensor = { id: nextId++, op, inputs, attributes, shape, dtype };
  interned.set(key, made);
  return made;
}

/**
 * The float type of an operation's inputs; float32 where none is a float.
 * @throws TypeError where they are of two
 */
function floatTypeOf(op: string, inputs: readonly Tensor[]): FloatType {
  const isHalf = inputs.some(({ dtype }) => dtype === "float16");
  if (isHalf && inputs.some(({ dtype }) => dtype === "float32"))
    throw new TypeError(`${op}: tensors of float16 and of float32 do not mix; cast one of them`);
  return isHalf ? "float16" : "float32";
}

/** JSON has no NaN and no infinity; written as text they stay apart from each other. */
function finite(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

/** Whether `tensor` was made by `op`; narrows the types of its inputs and attributes. */
export function isNode<I extends readonly Tensor[], A>(tensor: Tensor, op: Op<I, A>): tensor is Node<I, A> {
  return tensor.op === op;
}
