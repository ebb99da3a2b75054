import type { Emitter } from "../emitter.js";
import { ShapeError, sameShape, show } from "../shape.js";
import { type Node, node, type One, type Op, type Operand, type Tensor, type Two } from "../tensor.js";
import { add, div, maximum, mul, neg, sub } from "./arithmetic.js";
import { greater, where } from "./compare.js";
import { fill, lift } from "./source.js";
import { step } from "./step.js";

/** What sets one elementwise function apart from another. */
interface Unary<A> {
  readonly name: string;
  /** The cotangent of x, from that of y = f(x). */
  vjp(cotangent: Tensor, x: Tensor, y: Node<One, A>): Tensor;
  emit(x: string, emitter: Emitter, y: Node<One, A>): string;
}

function unary<A>({ name, vjp, emit }: Unary<A>): Op<One, A> {
  return {
    name,
    shape: ([x]) => x.shape,
    pointwise: true,
    vjp: (y, cotangent) => [vjp(cotangent, y.inputs[0], y)],
    emit: (y, [x], emitter) => emit(x, emitter, y),
  };
}

const expOp = unary<null>({
  name: "exp",
  vjp: (cotangent, _, y) => mul(cotangent, y),
  emit: (x, emitter) => emitter.node("Exp", [x]),
});

const logOp = unary<null>({
  name: "log",
  vjp: (cotangent, x) => div(cotangent, x),
  emit: (x, emitter) => emitter.node("Log", [x]),
});

const sinOp = unary<null>({
  name: "sin",
  vjp: (cotangent, x) => mul(cotangent, cos(x)),
  emit: (x, emitter) => emitter.node("Sin", [x]),
});

const cosOp = unary<null>({
  name: "cos",
  vjp: (cotangent, x) => neg(mul(cotangent, sin(x))),
  emit: (x, emitter) => emitter.node("Cos", [x]),
});

const sqrtOp = unary<null>({
  name: "sqrt",
  vjp: (cotangent, _, y) => div(mul(cotangent, 0.5), y),
  emit: (x, emitter) => emitter.node("Sqrt", [x]),
});

const absOp = unary<null>({
  name: "abs",
  vjp: (cotangent, x) => mul(cotangent, sub(mul(step(x, 0.5), 2), 1)),
  emit: (x, emitter) => emitter.node("Abs", [x]),
});

const powOp = unary<{ exponent: number }>({
  name: "pow",
  vjp: (cotangent, x, { attributes: { exponent } }) => mul(cotangent, mul(pow(x, exponent - 1), exponent)),
  emit: (x, emitter, { attributes: { exponent }, dtype }) =>
    emitter.node("Pow", [x, emitter.floats([exponent], [], dtype)]),
});

const tanhOp = unary<null>({
  name: "tanh",
  vjp: (cotangent, _, y) => mul(cotangent, sub(1, square(y))),
  emit: (x, emitter) => emitter.node("Tanh", [x]),
});

const sigmoidOp = unary<null>({
  name: "sigmoid",
  // 1 - sigmoid(x) is written as sigmoid(-x): for large x the difference has no digits left.
  vjp: (cotangent, x, y) => mul(cotangent, mul(y, sigmoid(neg(x)))),
  // ONNX Runtime's Sigmoid is cut off at 1e-8 in the tails, where a starved generator's gradient lives; 1 / (1 + exp(-x)) is not.
  emit: (x, emitter, { dtype }) => {
    const one = emitter.floats([1], [], dtype);
    return emitter.node("Div", [one, emitter.node("Add", [one, emitter.node("Exp", [emitter.node("Neg", [x])])])]);
  },
});

export const softplusOp = unary<null>({
  name: "softplus",
  vjp: (cotangent, x) => mul(cotangent, sigmoid(x)),
  emit: (x, emitter) => emitter.node("Softplus", [x]),
});

const reluOp = unary<null>({
  name: "relu",
  vjp: (cotangent, _, y) => mul(cotangent, step(y, 0)),
  emit: (x, emitter) => emitter.node("Relu", [x]),
});

const leakyReluOp = unary<{ slope: number }>({
  name: "leakyRelu",
  vjp: (cotangent, x, { attributes: { slope } }) =>
    mul(cotangent, slope >= 0 && slope <= 1 ? maximum(step(x, 0), slope) : add(mul(step(x, 0), 1 - slope), slope)),
  emit: (x, emitter, { attributes: { slope } }) => emitter.node("LeakyRelu", [x], { alpha: { float: slope } }),
});

const eluOp = unary<{ alpha: number }>({
  name: "elu",
  // For x <= 0, alpha exp(x) = y + alpha.
  vjp: (cotangent, x, y) => mul(cotangent, where(greater(x, 0), 1, add(y, y.attributes.alpha))),
  emit: (x, emitter, { attributes: { alpha } }) => emitter.node("Elu", [x], { alpha: { float: alpha } }),
});

const stopGradientOp: Op<One, null> = {
  name: "stopGradient",
  shape: ([x]) => x.shape,
  dtype: ([x]) => x.dtype,
  simplify: ([x]) => x,
  emit: (_, [x]) => x,
};

const straightThroughOp: Op<Two, null> = {
  name: "straightThrough",
  shape([value, surrogate]) {
    if (sameShape(value.shape, surrogate.shape)) return value.shape;
    throw new ShapeError("straightThrough", `shapes ${show(value.shape)} and ${show(surrogate.shape)} differ`);
  },
  vjp: (_, cotangent) => [null, cotangent],
  simplify: ([value]) => value,
  emit: (_, [value]) => value,
};

/**
 * e^x.
 * @param x a tensor of any shape, or a number
 */
export function exp(x: Operand): Tensor {
  return node(expOp, [lift(x)], null);
}

/**
 * The natural logarithm; x > 0.
 * @param x a tensor of any shape, or a number: above 0
 */
export function log(x: Operand): Tensor {
  return node(logOp, [lift(x)], null);
}

/**
 * The sine, of radians.
 * @param x a tensor of any shape, or a number
 */
export function sin(x: Operand): Tensor {
  return node(sinOp, [lift(x)], null);
}

/**
 * The cosine, of radians.
 * @param x a tensor of any shape, or a number
 */
export function cos(x: Operand): Tensor {
  return node(cosOp, [lift(x)], null);
}

/**
 * The square root; x >= 0. Its derivative at 0 is infinite: put an epsilon inside the root.
 * @param x a tensor of any shape, or a number: 0 or above
 */
export function sqrt(x: Operand): Tensor {
  return node(sqrtOp, [lift(x)], null);
}

/**
 * x^2.
 * @param x a tensor of any shape, or a number
 */
export function square(x: Operand): Tensor {
  return mul(x, x);
}

/**
 * |x|; its derivative at 0 is taken as 0.
 * @param x a tensor of any shape, or a number
 */
export function abs(x: Operand): Tensor {
  return node(absOp, [lift(x)], null);
}

/**
 * x to the power of a constant exponent.
 * @param x a tensor of any shape, or a number
 * @param exponent any number
 */
export function pow(x: Operand, exponent: number): Tensor {
  const base = lift(x);
  if (exponent === 0) return fill(base.shape, 1, base.dtype);
  if (exponent === 1) return base;
  if (exponent === 2) return square(base);
  return node(powOp, [base], { exponent });
}

/**
 * The hyperbolic tangent.
 * @param x a tensor of any shape, or a number
 */
export function tanh(x: Operand): Tensor {
  return node(tanhOp, [lift(x)], null);
}

/**
 * 1 / (1 + e^-x), exact to float32 in both tails.
 * @param x a tensor of any shape, or a number
 */
export function sigmoid(x: Operand): Tensor {
  return node(sigmoidOp, [lift(x)], null);
}

/**
 * log(1 + e^x), finite for every finite x.
 * @param x a tensor of any shape, or a number
 */
export function softplus(x: Operand): Tensor {
  return node(softplusOp, [lift(x)], null);
}

/**
 * max(x, 0); its derivative at 0 is taken as 0.
 * @param x a tensor of any shape, or a number
 */
export function relu(x: Operand): Tensor {
  return node(reluOp, [lift(x)], null);
}

/**
 * x for x > 0, slope * x elsewhere.
 * @param x a tensor of any shape, or a number
 * @param slope of the part below 0. Default: 0.2
 */
export function leakyRelu(x: Operand, slope = 0.2): Tensor {
  return node(leakyReluOp, [lift(x)], { slope });
}

/**
 * x for x > 0, alpha (e^x - 1) elsewhere.
 * @param x a tensor of any shape, or a number
 * @param alpha minus what it tends to far below 0. Default: 1
 */
export function elu(x: Operand, alpha = 1): Tensor {
  return node(eluOp, [lift(x)], { alpha });
}

/**
 * x itself, through which no gradient flows.
 * @param x of any shape
 */
export function stopGradient(x: Tensor): Tensor {
  return node(stopGradientOp, [x], null);
}

/**
 * `value`, whose gradient flows to `surrogate` instead: value + surrogate - stopGradient(surrogate) without the rounding, and the surrogate is
 * computed only where a gradient needs it. The straight-through estimator of Bengio et al. 2013, arXiv:1308.3432.
 * @param value what the result is, of any shape
 * @param surrogate what is differentiated instead, of the same shape
 * @throws ShapeError where the two have other shapes
 */
export function straightThrough(value: Tensor, surrogate: Tensor): Tensor {
  return node(straightThroughOp, [value, surrogate], null);
}
