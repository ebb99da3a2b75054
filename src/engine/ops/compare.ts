import { broadcastShapes } from "../shape.js";
import { node, type Op, type Operand, type Tensor, type Two } from "../tensor.js";
import { lift } from "./source.js";
import { sumTo } from "./sum.js";

function comparison(name: string, onnx: string): Op<Two, null> {
  return {
    name,
    shape: ([a, b]) => broadcastShapes(name, a.shape, b.shape),
    dtype: () => "bool",
    emit: (_, inputs, emitter) => emitter.node(onnx, inputs),
  };
}

const equalOp = comparison("equal", "Equal");
const greaterOp = comparison("greater", "Greater");
const greaterEqualOp = comparison("greaterEqual", "GreaterOrEqual");
const lessOp = comparison("less", "Less");
const lessEqualOp = comparison("lessEqual", "LessOrEqual");

const whereOp: Op<readonly [condition: Tensor, a: Tensor, b: Tensor], null> = {
  name: "where",
  shape: ([condition, a, b]) => broadcastShapes("where", condition.shape, broadcastShapes("where", a.shape, b.shape)),
  vjp({ inputs: [condition, a, b] }, cotangent) {
    const toA = where(condition, cotangent, 0);
    const toB = where(condition, 0, cotangent);
    return [null, sumTo(toA, a.shape), sumTo(toB, b.shape)];
  },
  emit: (_, inputs, emitter) => emitter.node("Where", inputs),
};

/**
 * Whether a = b, elementwise.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function equal(a: Operand, b: Operand): Tensor {
  return node(equalOp, [lift(a, b), lift(b, a)], null);
}

/**
 * Whether a > b, elementwise.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function greater(a: Operand, b: Operand): Tensor {
  return node(greaterOp, [lift(a, b), lift(b, a)], null);
}

/**
 * Whether a >= b, elementwise.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function greaterEqual(a: Operand, b: Operand): Tensor {
  return node(greaterEqualOp, [lift(a, b), lift(b, a)], null);
}

/**
 * Whether a < b, elementwise.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function less(a: Operand, b: Operand): Tensor {
  return node(lessOp, [lift(a, b), lift(b, a)], null);
}

/**
 * Whether a <= b, elementwise.
 * @param a a tensor or a number
 * @param b a tensor or a number, whose shape broadcasts with that of `a`
 */
export function lessEqual(a: Operand, b: Operand): Tensor {
  return node(lessEqualOp, [lift(a, b), lift(b, a)], null);
}

/**
 * `a` where the condition holds, `b` elsewhere, broadcasting all three.
 * @param condition a comparison
 * @param a a tensor or a number
 * @param b a tensor or a number
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  if (condition.dtype !== "bool") throw new TypeError("where: the condition is not the result of a comparison");
  return node(whereOp, [condition, lift(a, b), lift(b, a)], null);
}
