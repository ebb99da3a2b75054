import { reachable } from "./onnx.js";
import { add } from "./ops/arithmetic.js";
import { fill } from "./ops/source.js";
import { elementsOf, ShapeError, show } from "./shape.js";
import type { Each, Tensor } from "./tensor.js";

/**
 * The gradients of a scalar with respect to tensors, in reverse mode: dy/dx for each x of `xs`, of x's shape; zeros where y does
 * not depend on x. They are made of ordinary operations, so they can be differentiated again.
 *
 * @param y one element
 * @param xs what to differentiate with respect to
 * @throws ShapeError where `y` has more than one element
 */
export function gradients<const X extends readonly Tensor[]>(y: Tensor, xs: X): Each<X, Tensor>;
export function gradients(y: Tensor, xs: readonly Tensor[]): readonly Tensor[] {
  if (elementsOf("gradients", y.shape) !== 1) {
    throw new ShapeError(
      "gradients",
      `needs a scalar to differentiate, not shape ${show(y.shape)}; sum or average it first`,
    );
  }
  const graph = reachable([y]);
  const active = new Set<Tensor>(xs);
  for (const tensor of graph) {
    if (tensor.op.vjp && tensor.inputs.some((input) => active.has(input))) active.add(tensor);
  }

  const cotangents = new Map<Tensor, Tensor>([[y, fill(y.shape, 1, y.dtype)]]);
  const wanted = new Set<Tensor>(xs);
  for (const tensor of graph.reverse()) {
    const cotangent = cotangents.get(tensor);
    if (!cotangent || !active.has(tensor) || !tensor.inputs.some((input) => active.has(input))) continue;
    if (!wanted.has(tensor)) cotangents.delete(tensor);
    const flows = tensor.op.vjp?.(tensor, cotangent) ?? [];
    tensor.inputs.forEach((input, position) => {
      const flow = flows[position];
      if (!flow || !active.has(input)) return;
      const known = cotangents.get(input);
      cotangents.set(input, known ? add(known, flow) : flow);
    });
  }
  return xs.map((x) => cotangents.get(x) ?? fill(x.shape, 0, x.dtype));
}
