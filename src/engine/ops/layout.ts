import type { Emitter } from "../onnx.js";
import { isNode, node, type Op, type Shape, ShapeError, sameShape, show, sizeOf, type Tensor } from "../tensor.js";
import { fill, fillOp } from "./source.js";

const reshapeOp: Op<{ shape: Shape }> = {
  name: "reshape",
  shape: (_, { shape }) => shape,
  dtype: ([x]) => x!.dtype,
  vjp: (node, cotangent) => [reshape(cotangent, node.inputs[0]!.shape)],
  simplify: ([x], { shape }) => (isNode(x!, reshapeOp) ? reshape(x.inputs[0]!, shape) : undefined),
  emit: ({ attributes }, [x], emitter) => emitter.reshape(x!, attributes.shape),
};

const transposeOp: Op<{ permutation: readonly number[] }> = {
  name: "transpose",
  shape([x], { permutation }) {
    const sorted = [...permutation].sort((a, b) => a - b);
    if (
      !sameShape(
        sorted,
        x!.shape.map((_, axis) => axis),
      )
    ) {
      throw new ShapeError("transpose", `${show(permutation)} does not permute the axes of shape ${show(x!.shape)}`);
    }
    return permutation.map((axis) => x!.shape[axis]!);
  },
  dtype: ([x]) => x!.dtype,
  vjp: ({ attributes: { permutation } }, cotangent) => [transpose(cotangent, inverse(permutation))],
  simplify([x], { permutation }) {
    if (!isNode(x!, transposeOp)) return undefined;
    const inner = x.attributes.permutation;
    return transpose(
      x.inputs[0]!,
      permutation.map((axis) => inner[axis]!),
    );
  },
  emit: ({ attributes }, [x], emitter) => emitter.node("Transpose", [x!], { perm: attributes.permutation }),
};

const reverseOp: Op<{ axes: readonly number[] }> = {
  name: "reverse",
  shape: ([x]) => x!.shape,
  vjp: ({ attributes }, cotangent) => [reverse(cotangent, attributes.axes)],
  emit: ({ attributes }, [x], emitter) => emitReverse(emitter, x!, attributes.axes),
};

/** The same elements in another shape; one length may be -1 and is then what is left. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = sizeOf(shape.filter((length) => length !== -1));
  const full = shape.map((length) => (length === -1 ? sizeOf(x.shape) / known : length));
  if (sizeOf(full) !== sizeOf(x.shape) || !full.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new ShapeError("reshape", `shape ${show(x.shape)} does not reshape to ${show(shape)}`);
  }
  if (sameShape(x.shape, full)) return x;
  if (isNode(x, fillOp)) return fill(full, x.attributes.value);
  return node(reshapeOp, [x], { shape: full });
}

/** The axes in another order: axis i of the result is axis `permutation[i]` of `x`. They are reversed where no order is given. */
export function transpose(
  x: Tensor,
  permutation: readonly number[] = x.shape.map((_, axis) => x.shape.length - 1 - axis),
): Tensor {
  if (permutation.every((axis, position) => axis === position) && permutation.length === x.shape.length) return x;
  return node(transposeOp, [x], { permutation: [...permutation] });
}

/** The elements in opposite order along `axes`. */
export function reverse(x: Tensor, axes: readonly number[]): Tensor {
  return node(reverseOp, [x], { axes: [...axes] });
}

/** Emits the elements of `x` in opposite order along `axes`. */
export function emitReverse(emitter: Emitter, x: string, axes: readonly number[]): string {
  const every = (value: number) => emitter.ints(axes.map(() => value));
  return emitter.node("Slice", [x, every(-1), every(Number.MIN_SAFE_INTEGER), emitter.ints(axes), every(-1)]);
}

function inverse(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}
