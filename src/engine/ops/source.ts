import type { DType } from "../dtype.js";
import { identityOf } from "../identity.js";
import { fixedShape, type Shape, ShapeError, type SymbolicShape, show, sizeOf } from "../shape.js";
import { node, type Op, type Operand, type Tensor, type TensorData } from "../tensor.js";

/** Constants with more elements than this are made by the session when it is created, and not stored in the model. */
const LARGEST_STORED_FILL = 64;

/** An input of the function that is being compiled. */
export const input: Op<readonly [], { name: string; shape: SymbolicShape; dtype: DType }> = {
  name: "input",
  shape: (_, { shape }) => shape,
  dtype: (_, { dtype }) => dtype,
  emit: (node) => node.attributes.name,
};

export const fillOp: Op<readonly [], { shape: SymbolicShape; value: number; dtype: DType }> = {
  name: "fill",
  shape: (_, { shape }) => shape,
  dtype: (_, { dtype }) => dtype,
  vjp: () => [],
  emit({ attributes: { shape, value, dtype } }, _, emitter) {
    const lengths = fixedShape("fill", shape);
    const size = sizeOf(lengths);
    if (size <= LARGEST_STORED_FILL) return emitter.floats(new Float32Array(size).fill(value), lengths, dtype);
    return emitter.node("Expand", [emitter.floats([value], [], dtype), emitter.ints(lengths)]);
  },
};

interface Constant {
  readonly shape: Shape;
  readonly values: ArrayLike<number>;
  /** What hash-consing compares: constants are the same where they share the array of their values. */
  toJSON(): string;
}

const constantOp: Op<readonly [], Constant> = {
  name: "constant",
  shape: (_, { shape }) => shape,
  emit: ({ attributes: { shape, values } }, _, emitter) => emitter.floats(values, shape),
};

/**
 * A tensor of one repeated value. Default: of float32.
 * @param shape of the result
 * @param value that every element has
 * @param dtype type of the elements. Default: float32
 */
export function fill(shape: SymbolicShape, value: number, dtype: DType = "float32"): Tensor {
  return node(fillOp, [], { shape: [...shape], value: Math.fround(value), dtype });
}

/**
 * A tensor of zeros. Default: of float32.
 * @param shape of the result
 * @param dtype type of the elements. Default: float32
 */
export function zeros(shape: SymbolicShape, dtype?: DType): Tensor {
  return fill(shape, 0, dtype);
}

/**
 * A tensor of ones. Default: of float32.
 * @param shape of the result
 * @param dtype type of the elements. Default: float32
 */
export function ones(shape: SymbolicShape, dtype?: DType): Tensor {
  return fill(shape, 1, dtype);
}

/**
 * A tensor of given values in float32, which become part of the model: where all are the same, as one number.
 * @param value a number, or values with their shape
 */
export function constant(value: number | TensorData): Tensor {
  if (typeof value === "number") return fill([], value);
  if (value.data.length !== sizeOf(value.shape)) {
    throw new ShapeError("constant", `${value.data.length} values do not fill shape ${show(value.shape)}`);
  }
  const { shape, data } = value;
  const first = data[0];
  if (first !== undefined && !data.some((one) => !Object.is(one, first))) return fill(shape, first);
  return node(constantOp, [], { shape: [...shape], values: data, toJSON: () => `${shape.join()}#${identityOf(data)}` });
}

/** The tensor that an operand stands for. A number is of the float type of the operand that it meets. Default: float32. */
export function lift(operand: Operand, beside?: Operand): Tensor {
  if (typeof operand !== "number") return operand;
  return fill([], operand, typeof beside === "object" && beside.dtype === "float16" ? "float16" : "float32");
}
