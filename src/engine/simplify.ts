import { reachable } from "./onnx.js";
import { node, type Tensor } from "./tensor.js";

/** Tensors of the same values as `outputs`, each computed from simplified inputs in the simplest way that its operation knows. */
export function simplified(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const simple = new Map<Tensor, Tensor>();
  const simpler = (tensor: Tensor) => simple.get(tensor) ?? tensor;
  for (const tensor of reachable(Object.values(outputs))) {
    const inputs = tensor.inputs.map(simpler);
    const { op, attributes } = tensor;
    simple.set(tensor, op.simplify?.(inputs, attributes) ?? node(op, inputs, attributes));
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, simpler(tensor)]));
}
