import { broadcastShapes, isOpen, ShapeError, type SymbolicShape, sameShape, show } from "../shape.js";
import { isNode, node, type One, type Op, type Tensor } from "../tensor.js";
import { sumTo } from "./reduce.js";
import { fill, fillOp } from "./source.js";

export const broadcastToOp: Op<One, { shape: SymbolicShape }> = {
  name: "broadcastTo",
  shape([x], { shape }) {
    const common = broadcastShapes("broadcastTo", x.shape, shape);
    if (!sameShape(common, shape)) {
      throw new ShapeError("broadcastTo", `shape ${show(x.shape)} does not broadcast to ${show(shape)}`);
    }
    return shape;
  },
  vjp: (node, cotangent) => [sumTo(cotangent, node.inputs[0].shape)],
  emit({ inputs: [source], attributes: { shape } }, [x], emitter) {
    const added = shape.length - source.shape.length;
    // An open length is kept as it is: Expand leaves an axis alone that it is told to stretch to 1.
    const lengths = shape.map((length, axis) => {
      if (!isOpen(length)) return length;
      if (source.shape[axis - added] === length) return 1;
      throw new ShapeError("broadcastTo", `shape ${show(source.shape)} cannot be stretched to the open ${show(shape)}`);
    });
    return emitter.node("Expand", [x, emitter.ints(lengths)]);
  },
};

/** `x` repeated along axes of length 1 and along new leading axes, to `shape`. */
export function broadcastTo(x: Tensor, shape: SymbolicShape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  if (isNode(x, fillOp)) return fill(broadcastToOp.shape([x], { shape }), x.attributes.value);
  return node(broadcastToOp, [x], { shape: [...shape] });
}
