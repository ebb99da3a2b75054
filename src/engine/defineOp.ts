import { node, type Op, type Tensor } from "./tensor.js";

/**
 * Makes an operation of your own a function of tensors, for use beside the built-in ones: how its result is shaped, how gradients flow
 * back through it, and the ONNX nodes that compute it. `I` are the tensors that it takes; `A` are its attributes, plain data that JSON
 * can write. Equal inputs and attributes give the same node of the graph, which is computed once.
 *
 * `vjp` is made of operations, your own among them, so that gradients of gradients work: gradient penalties need them. `emit` writes
 * operators of ONNX's operator set 21, which must be there on every device that the program is to run on.
 *
 * ```ts
 * const sin: (inputs: readonly [Tensor]) => Tensor = defineOp<readonly [Tensor]>({
 *   name: "sin",
 *   shape: ([x]) => x.shape,
 *   vjp: ({ inputs: [x] }, cotangent) => [mul(cotangent, cos([x]))],
 *   emit: (_, [x], emitter) => emitter.node("Sin", [x]),
 * });
 * const cos = defineOp<readonly [Tensor]>({
 *   name: "cos",
 *   shape: ([x]) => x.shape,
 *   vjp: ({ inputs: [x] }, cotangent) => [neg(mul(cotangent, sin([x])))],
 *   emit: (_, [x], emitter) => emitter.node("Cos", [x]),
 * });
 * const program = await compile(({ x }) => ({ y: sin([x]) }), { x: { shape: [3] } });
 * ```
 *
 * @param op the operation
 * @returns what applies the operation to tensors, inside a function given to `compile`: `op(inputs)`, or `op(inputs, attributes)`
 */
export function defineOp<I extends readonly Tensor[], A = void>(op: Op<I, A>): (inputs: I, attributes: A) => Tensor {
  return (inputs, attributes) => node(op, inputs, attributes);
}
