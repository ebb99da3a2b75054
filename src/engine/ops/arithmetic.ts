import type { Emitter } from "../emitter.js";
import { broadcastShapes, type SymbolicShape, sameShape } from "../shape.js";
import { isNode, node, type One, type Op, type Operand, type Tensor, type Two } from "../tensor.js";
import { fill, fillOp, lift } from "./source.js";
import { step } from "./step.js";
import { broadcastToOp, sumTo } from "./sum.js";

/** What sets one binary operation apart from another. */
interface Binary {
  readonly name: string;
  readonly onnx: string;
  /** The cotangents of both inputs before they are summed to the inputs' shapes. */
  vjp(cotangent: Tensor, a: Tensor, b: Tensor, y: Tensor): readonly [Tensor, Tensor];
  build(a: Tensor, b: Tensor): Tensor;
  /** A simpler tensor of the same values, where there is one. */
  regroup?(a: Tensor, b: Tensor): Tensor | undefined;
}

function binary({ name, onnx, vjp, build, regroup }: Binary): Op<Two, null> {
  return {
    name,
    shape: ([a, b]) => broadcastShapes(name, a.shape, b.shape),
    pointwise: true,
    vjp(y, cotangent) {
      const [a, b] = y.inputs;
      const [toA, toB] = vjp(cotangent, a, b, y);
      return [sumTo(toA, a.shape), sumTo(toB, b.shape)];
    },
    simplify([a, b]) {
      const shape = broadcastShapes(name, a.shape, b.shape);
      const x = unstretched(a, b, shape);
      const y = unstretched(b, x, shape);
      return x === a && y === b ? regroup?.(a, b) : build(x, y);
    },
    emit: ({ inputs: [a, b], shape }, [x, y], emitter) =>
      emitter.node(onnx, [emitAligned(a, x, shape, emitter), emitAligned(b, y, shape, emitter)]),
  };
}

/** Before results that end in an axis of length 1, ONNX Runtime stretches operands of fewer axes element by element, a hundred times as slow. */
function emitAligned({ shape }: Tensor, x: string, result: SymbolicShape, emitter: Emitter): string {
  const missing = result.length - shape.length;
  if (missing === 0 || result.at(-1) !== 1) return x;
  return emitter.reshape(x, [...Array<1>(missing).fill(1), ...shape]);
}

const addOp = binary({ name: "add", onnx: "Add", build: add, vjp: (cotangent) => [cotangent, cotangent] });

const subOp = binary({ name: "sub", onnx: "Sub", build: sub, vjp: (cotangent) => [cotangent, neg(cotangent)] });

const mulOp = binary({
  name: "mul",
  onnx: "Mul",
  build: mul,
  regroup: (a, b) => regrouped(a, b) ?? regrouped(b, a),
  vjp: (cotangent, a, b) => [mul(cotangent, b), mul(cotangent, a)],
});

const divOp = binary({
  name: "div",
  onnx: "Div",
  build: div,
  vjp: (cotangent, _, b, y) => [div(cotangent, b), neg(div(mul(cotangent, y), b))],
});

// Where both are equal each gets half, as in PyTorch.
const maximumOp = binary({
  name: "maximum",
  onnx: "Max",
  build: maximum,
  vjp: (cotangent, a, b) => [mul(cotangent, step(sub(a, b), 0.5)), mul(cotangent, step(sub(b, a), 0.5))],
});

const minimumOp = binary({
  name: "minimum",
  onnx: "Min",
  build: minimum,
  vjp: (cotangent, a, b) => [mul(cotangent, step(sub(b, a), 0.5)), mul(cotangent, step(sub(a, b), 0.5))],
});

const negOp: Op<One, null> = {
  name: "neg",
  shape: ([x]) => x.shape,
  pointwise: true,
  vjp: (_, cotangent) => [neg(cotangent)],
  simplify: ([x]) => (isNode(x, negOp) ? x.inputs[0] : undefined),
  emit: (_, inputs, emitter) => emitter.node("Neg", inputs),
};

/**
 * a + b, broadcasting.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function add(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("add", a, b);
  if (isConstant(x, 0) && sameShape(y.shape, shape)) return y;
  if (isConstant(y, 0) && sameShape(x.shape, shape)) return x;
  return folded(x, y, shape, (p, q) => p + q) ?? node(addOp, [x, y], null);
}

/**
 * a - b, broadcasting.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function sub(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("sub", a, b);
  if (isConstant(y, 0) && sameShape(x.shape, shape)) return x;
  if (isConstant(x, 0) && sameShape(y.shape, shape)) return neg(y);
  return folded(x, y, shape, (p, q) => p - q) ?? node(subOp, [x, y], null);
}

/**
 * a * b, broadcasting.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function mul(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("mul", a, b);
  if (isConstant(x, 1) && sameShape(y.shape, shape)) return y;
  if (isConstant(y, 1) && sameShape(x.shape, shape)) return x;
  if (isConstant(x, -1) && sameShape(y.shape, shape)) return neg(y);
  if (isConstant(y, -1) && sameShape(x.shape, shape)) return neg(x);
  return folded(x, y, shape, (p, q) => p * q) ?? node(mulOp, [x, y], null);
}

/**
 * a / b, broadcasting.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function div(a: Operand, b: Operand): Tensor {
  const [x, y, shape] = operands("div", a, b);
  if (isConstant(y, 1) && sameShape(x.shape, shape)) return x;
  return folded(x, y, shape, (p, q) => p / q) ?? node(divOp, [x, y], null);
}

/**
 * The larger of a and b, broadcasting.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function maximum(a: Operand, b: Operand): Tensor {
  const [x, y] = operands("maximum", a, b);
  return node(maximumOp, [x, y], null);
}

/**
 * The smaller of a and b, broadcasting.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function minimum(a: Operand, b: Operand): Tensor {
  const [x, y] = operands("minimum", a, b);
  return node(minimumOp, [x, y], null);
}

/**
 * -x.
 * @param x a tensor of any shape, or a number
 */
export function neg(x: Operand): Tensor {
  const tensor = lift(x);
  if (isNode(tensor, fillOp)) return fill(tensor.shape, -tensor.attributes.value, tensor.dtype);
  return node(negOp, [tensor], null);
}

/** Both operands and the shape of the result. A constant stays a scalar where that broadcasts to the same shape. */
function operands(name: string, a: Operand, b: Operand): [Tensor, Tensor, SymbolicShape] {
  const x = lift(a, b);
  const y = lift(b, a);
  const shape = broadcastShapes(name, x.shape, y.shape);
  const narrowX = isNode(x, fillOp) ? narrowest(fill([], x.attributes.value, x.dtype), x, y, shape) : x;
  const narrowY = isNode(y, fillOp) ? narrowest(fill([], y.attributes.value, y.dtype), y, narrowX, shape) : y;
  return [narrowX, narrowY, shape];
}

/** What `x` was before it was stretched, where that broadcasts to the same shape: nothing is stretched before it must be. */
function unstretched(x: Tensor, other: Tensor, shape: SymbolicShape): Tensor {
  return isNode(x, broadcastToOp) ? narrowest(x.inputs[0], x, other, shape) : x;
}

function narrowest(narrow: Tensor, wide: Tensor, other: Tensor, shape: SymbolicShape): Tensor {
  return sameShape(broadcastShapes("", narrow.shape, other.shape), shape) ? narrow : wide;
}

function isConstant(x: Tensor, value: number): boolean {
  return isNode(x, fillOp) && x.attributes.value === value;
}

function folded(
  x: Tensor,
  y: Tensor,
  shape: SymbolicShape,
  apply: (p: number, q: number) => number,
): Tensor | undefined {
  if (!isNode(x, fillOp) || !isNode(y, fillOp)) return undefined;
  return fill(shape, apply(x.attributes.value, y.attributes.value), x.dtype);
}

/** c * (d * z) as (c * d) * z for constants c and d: one pass over z instead of two. */
function regrouped(constant: Tensor, product: Tensor): Tensor | undefined {
  if (!isNode(constant, fillOp) || constant.shape.length > 0 || !isNode(product, mulOp)) return undefined;
  const [p, q] = product.inputs;
  if (isNode(p, fillOp) && p.shape.length === 0) return mul(constant.attributes.value * p.attributes.value, q);
  if (isNode(q, fillOp) && q.shape.length === 0) return mul(constant.attributes.value * q.attributes.value, p);
  return undefined;
}
