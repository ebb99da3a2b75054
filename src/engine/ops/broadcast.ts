import {
  broadcastShapes,
  isNode,
  node,
  type Op,
  type Shape,
  ShapeError,
  sameShape,
  show,
  type Tensor,
} from "../tensor.js";
import { sumTo } from "./reduce.js";
import { fill, fillOp } from "./source.js";

export const broadcastToOp: Op<{ shape: Shape }> = {
  name: "broadcastTo",
  shape([x], { shape }) {
    const common = broadcastShapes("broadcastTo", x!.shape, shape);
    if (!sameShape(common, shape)) {
      throw new ShapeError("broadcastTo", `shape ${show(x!.shape)} does not broadcast to ${show(shape)}`);
    }
    return shape;
  },
  vjp: (node, cotangent) => [sumTo(cotangent, node.inputs[0]!.shape)],
  emit: ({ attributes }, [x], emitter) => emitter.node("Expand", [x!, emitter.ints(attributes.shape)]),
};

/** `x` repeated along axes of length 1 and along new leading axes, to `shape`. */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (isNode(x, fillOp)) return fill(broadcastToOp.shape([x], { shape }), x.attributes.value);
  return node(broadcastToOp, [x], { shape: [...shape] });
}
