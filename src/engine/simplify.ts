import { reachable } from "./onnx.js";
import { mul } from "./ops/arithmetic.js";
import { broadcastTo, broadcastToOp, keptShape, lengthsAlong, sumOp } from "./ops/sum.js";
import { elementsOf, isOpen } from "./shape.js";
import { isNode, node, type Tensor } from "./tensor.js";

/** Tensors of the same values as `outputs`, each computed from simplified inputs in the simplest way that its operation knows. */
export function simplified(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const simple = new Map<Tensor, Tensor>();
  const simpler = (tensor: Tensor) => simple.get(tensor) ?? tensor;
  for (const tensor of reachable(Object.values(outputs))) {
    const inputs = tensor.inputs.map(simpler);
    const { op, attributes } = tensor;
    simple.set(tensor, op.simplify?.(inputs, attributes) ?? unstretchedSum(node(op, inputs, attributes)));
  }
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, simpler(tensor)]));
}

/** A sum over axes along which its input only repeats itself as a multiple of it; any other tensor as it is. */
function unstretchedSum(tensor: Tensor): Tensor {
  if (!isNode(tensor, sumOp)) return tensor;
  const [x] = tensor.inputs;
  const { axes } = tensor.attributes;
  if (!isNode(x, broadcastToOp)) return tensor;
  const [source] = x.inputs;
  const added = x.shape.length - source.shape.length;
  if (!axes.every((axis) => axis < added || source.shape[axis - added] === 1)) return tensor;
  const count = elementsOf("sum", lengthsAlong(x, axes));
  return isOpen(count) ? tensor : mul(broadcastTo(source, keptShape(x.shape, axes)), count);
}
