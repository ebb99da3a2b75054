import {
  broadcastShapes,
  isNode,
  type Node,
  node,
  type Op,
  type Operand,
  type Shape,
  sameShape,
  type Tensor,
} from "../tensor.js";
import { broadcastToOp } from "./broadcast.js";
import { sumTo } from "./reduce.js";
import { fill, fillOp, lift } from "./source.js";
import { step } from "./step.js";

/** What sets one binary operation apart from another. */
interface Binary {
  readonly name: string;
  readonly onnx: string;
  /** The cotangents of both inputs before they are summed to the inputs' shapes. */
  vjp(cotangent: Tensor, a: Tensor, b: Tensor, y: Tensor): readonly [Tensor, Tensor];
}

function binary({ name, onnx, vjp }: Binary): Op<null> {
  return {
    name,
    shape: ([a, b]) => broadcastShapes(name, a!.shape, b!.shape),
    vjp(y: Node<null>, cotangent) {
      const [a, b] = y.inputs as [Tensor, Tensor];
      const [toA, toB] = vjp(cotangent, a, b, y);
      return [sumTo(toA, a.shape), sumTo(toB, b.shape)];
    },
    emit: (_, inputs, emitter) => emitter.node(onnx, inputs),
  };
}

const addOp = binary({ name: "add", onnx: "Add", vjp: (cotangent) => [cotangent, cotangent] });

const subOp = binary({ name: "sub", onnx: "Sub", vjp: (cotangent) => [cotangent, neg(cotangent)] });

const mulOp = binary({ name: "mul", onnx: "Mul", vjp: (cotangent, a, b) => [mul(cotangent, b), mul(cotangent, a)] });

const divOp = binary({
  name: "div",
  onnx: "Div",
  vjp: (cotangent, _, b, y) => [div(cotangent, b), neg(div(mul(cotangent, y), b))],
});

// Where both are equal each gets half, as in PyTorch.
const maximumOp = binary({
  name: "maximum",
  onnx: "Max",
  vjp: (cotangent, a, b) => [mul(cotangent, step(sub(a, b), 0.5)), mul(cotangent, step(sub(b, a), 0.5))],
});

const minimumOp = binary({
  name: "minimum",
  onnx: "Min",
  vjp: (cotangent, a, b) => [mul(cotangent, step(sub(b, a), 0.5)), mul(cotangent, step(sub(a, b), 0.5))],
});

const negOp: Op<null> = {
  name: "neg",
  shape: ([x]) => x!.shape,
  vjp: (_, cotangent) => [neg(cotangent)],
  emit: (_, inputs, emitter) => emitter.node("Neg", inputs),
};

/** a + b, broadcasting. */
export function add(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("add", a, b);
  if (isConstant(x, 0) && sameShape(y.shape, shape)) return y;
  if (isConstant(y, 0) && sameShape(x.shape, shape)) return x;
  return folded(x, y, shape, (p, q) => p + q) ?? node(addOp, [x, y], null);
}

/** a - b, broadcasting. */
export function sub(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("sub", a, b);
  if (isConstant(y, 0) && sameShape(x.shape, shape)) return x;
  if (isConstant(x, 0) && sameShape(y.shape, shape)) return neg(y);
  return folded(x, y, shape, (p, q) => p - q) ?? node(subOp, [x, y], null);
}

/** a * b, broadcasting. */
export function mul(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("mul", a, b);
  if (isConstant(x, 1) && sameShape(y.shape, shape)) return y;
  if (isConstant(y, 1) && sameShape(x.shape, shape)) return x;
  if (isConstant(x, -1) && sameShape(y.shape, shape)) return neg(y);
  if (isConstant(y, -1) && sameShape(x.shape, shape)) return neg(x);
  return folded(x, y, shape, (p, q) => p * q) ?? regrouped(x, y) ?? regrouped(y, x) ?? node(mulOp, [x, y], null);
}

/** a / b, broadcasting. */
export function div(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("div", a, b);
  if (isConstant(y, 1) && sameShape(x.shape, shape)) return x;
  return folded(x, y, shape, (p, q) => p / q) ?? node(divOp, [x, y], null);
}

/** The larger of a and b, broadcasting. */
export function maximum(a: Operand, b: Operand): Tensor {
  const [x, y] = operands("maximum", a, b);
  return node(maximumOp, [x, y], null);
}

/** The smaller of a and b, broadcasting. */
export function minimum(a: Operand, b: Operand): Tensor {
  const [x, y] = operands("minimum", a, b);
  return node(minimumOp, [x, y], null);
}

/** -x. */
export function neg(x: Operand): Tensor {
  const tensor = lift(x);
  if (isNode(tensor, negOp)) return tensor.inputs[0]!;
  if (isNode(tensor, fillOp)) return fill(tensor.shape, -tensor.attributes.value);
  return node(negOp, [tensor], null);
}

/** Both operands in their smallest form that still broadcasts to the shape of the result: nothing is stretched before it must be. */
function operands(name: string, a: Operand, b: Operand): [Tensor, Tensor, Shape] {
  let x = lift(a);
  let y = lift(b);
  const shape = broadcastShapes(name, x.shape, y.shape);
  x = narrowed(x, y, shape);
  y = narrowed(y, x, shape);
  return [x, y, shape];
}

function narrowed(x: Tensor, other: Tensor, shape: Shape): Tensor {
  const narrow = isNode(x, fillOp) ? fill([], x.attributes.value) : isNode(x, broadcastToOp) ? x.inputs[0]! : x;
  return sameShape(broadcastShapes("", narrow.shape, other.shape), shape) ? narrow : x;
}

function isConstant(x: Tensor, value: number): boolean {
  return isNode(x, fillOp) && x.attributes.value === value;
}

function folded(x: Tensor, y: Tensor, shape: Shape, apply: (p: number, q: number) => number): Tensor | undefined {
  if (!isNode(x, fillOp) || !isNode(y, fillOp)) return undefined;
  return fill(shape, apply(x.attributes.value, y.attributes.value));
}

/** c * (d * z) as (c * d) * z for constants c and d: one pass over z instead of two. */
function regrouped(constant: Tensor, product: Tensor): Tensor | undefined {
  if (!isNode(constant, fillOp) || constant.shape.length > 0 || !isNode(product, mulOp)) return undefined;
  const [p, q] = product.inputs as [Tensor, Tensor];
  if (isNode(p, fillOp) && p.shape.length === 0) return mul(constant.attributes.value * p.attributes.value, q);
  if (isNode(q, fillOp) && q.shape.length === 0) return mul(constant.attributes.value * q.attributes.value, p);
  return undefined;
}
