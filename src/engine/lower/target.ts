import type { Emitter } from "../emitter.js";
import type { Each, Node, Op, Tensor } from "../tensor.js";

/** How one operation becomes ONNX nodes on a target. */
export interface Lowering<I extends readonly Tensor[], A> {
  readonly op: Op<I, A>;
  /** What `Op.emit` does, for this target; `undefined` where the operation's own nodes serve this node as well. */
  emit(node: Node<I, A>, inputs: Each<I, string>, emitter: Emitter): string | undefined;
}

/**
 * A kind of machine that models are written for: what it does otherwise than the operations themselves, which write nodes that run
 * everywhere. A new target is a file here, and a line in the runtime that knows when it is there.
 */
export interface Target {
  readonly name: string;
  readonly lowerings: readonly Lowering<readonly Tensor[], unknown>[];
  /** Of every operation that is computed element by element (`Op.pointwise`) and has no lowering of its own. */
  readonly pointwise?: Lowering<readonly Tensor[], unknown>["emit"];
}

/** A lowering, its types checked. */
export function lowering<I extends readonly Tensor[], A>(op: Op<I, A>, emit: Lowering<I, A>["emit"]): Lowering<I, A> {
  return { op, emit };
}

/** Adds the nodes that compute `tensor` on `target` from values called `inputs`, and returns the name of the result. */
export function lower(target: Target, tensor: Tensor, inputs: readonly string[], emitter: Emitter): string {
  const own =
    target.lowerings.find(({ op }) => op === tensor.op) ?? (tensor.op.pointwise && { emit: target.pointwise });
  return own?.emit?.(tensor, inputs, emitter) ?? tensor.op.emit(tensor, inputs, emitter);
}
