import { at } from "../at.js";
import type { Dimension } from "../dimension.js";
import type { Emitter } from "../emitter.js";
import { broadcastShapes, elementsOf, ShapeError, type SymbolicShape, show } from "../shape.js";
import { isNode, node, type Op, type Tensor } from "../tensor.js";
import { mul } from "./arithmetic.js";
import { reshape } from "./layout.js";
import { fillOp, zeros } from "./source.js";
import { broadcastTo, sumTo } from "./sum.js";

/** Which matrices are transposed, and what is added to the product. */
export interface MatmulOptions {
  /** Use a with its last two axes exchanged. */
  readonly transposeA?: boolean;
  /** Use b with its last two axes exchanged. */
  readonly transposeB?: boolean;
  /** Added to the product (matrices only): anything that broadcasts to it, such as a bias. */
  readonly addend?: Tensor;
}

type Transposes = { readonly transposeA: boolean; readonly transposeB: boolean };

/** Inputs a, b and, for matrices, an optional addend. Transposes are flags of the product and never made. */
const matmulOp: Op<readonly [a: Tensor, b: Tensor, ...addend: Tensor[]], Transposes> = {
  name: "matmul",
  shape([a, b, addend], { transposeA, transposeB }) {
    if (a.shape.length < 2 || b.shape.length < 2) {
      throw new ShapeError("matmul", `needs matrices, not shapes ${show(a.shape)} and ${show(b.shape)}`);
    }
    const [rows, inner] = matrixShape(a.shape, transposeA);
    const [innerB, columns] = matrixShape(b.shape, transposeB);
    if (inner !== innerB) {
      const flags = `${transposeA ? " (transposed)" : ""} and ${show(b.shape)}${transposeB ? " (transposed)" : ""}`;
      throw new ShapeError("matmul", `shapes ${show(a.shape)}${flags} do not multiply: ${inner} is not ${innerB}`);
    }
    const shape = [...broadcastShapes("matmul", a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns];
    if (addend && (shape.length > 2 || broadcastShapes("matmul", addend.shape, shape).some((n, i) => n !== shape[i]))) {
      throw new ShapeError(
        "matmul",
        `an addend of shape ${show(addend.shape)} does not fit a product of shape ${show(shape)}`,
      );
    }
    return shape;
  },
  vjp({ inputs: [a, b, addend], attributes: { transposeA, transposeB } }, cotangent) {
    const toA = transposeA
      ? matmul(b, cotangent, { transposeA: transposeB, transposeB: true })
      : matmul(cotangent, b, { transposeB: !transposeB });
    const toB = transposeB
      ? matmul(cotangent, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, cotangent, { transposeA: !transposeA });
    return [sumTo(toA, a.shape), sumTo(toB, b.shape), ...(addend ? [sumTo(cotangent, addend.shape)] : [])];
  },
  emit({ inputs: [a, b, addend], shape, attributes: { transposeA, transposeB } }, inputs, emitter) {
    if (shape.length === 2) {
      if (shape[1] === 1 && shape[0] !== 1 && (!addend || elementsOf("matmul", addend.shape) === 1)) {
        const [, inner] = matrixShape(a.shape, transposeA);
        return emitColumn(inputs, { shape, inner, transposeA }, emitter);
      }
      return emitter.node("Gemm", inputs, { ...(transposeA && { transA: 1 }), ...(transposeB && { transB: 1 }) });
    }
    const exchanged = (name: string, { shape }: Tensor) => {
      const last = shape.length - 1;
      const perm = shape.map((_, axis) => (axis === last ? last - 1 : axis === last - 1 ? last : axis));
      return emitter.node("Transpose", [name], { perm });
    };
    const left = transposeA ? exchanged(inputs[0], a) : inputs[0];
    const right = transposeB ? exchanged(inputs[1], b) : inputs[1];
    return emitter.node("MatMul", [left, right]);
  },
};

/** Emits a product of one column, `[M, 1]`, as one row, the product of transposes: for one row ONNX Runtime's CPU has a kernel of its own. */
function emitColumn(
  [a, b, ...addend]: readonly [a: string, b: string, ...addend: string[]],
  {
    shape,
    inner,
    transposeA,
  }: { readonly shape: SymbolicShape; readonly inner: Dimension; readonly transposeA: boolean },
  emitter: Emitter,
): string {
  const row = emitter.node("Gemm", [emitter.reshape(b, [1, inner]), a, ...addend], transposeA ? {} : { transB: 1 });
  return emitter.reshape(row, shape);
}

/**
 * The product of matrices; leading axes are batches and broadcast. One of zeros, or of a column of one number with a row, is not computed.
 * @param a `[..., n, k]`
 * @param b `[..., k, m]`
 * @param options what is transposed and added. Default: nothing
 */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false, addend }: MatmulOptions = {},
): Tensor {
  if (isZero(a) || isZero(b)) {
    const shape = matmulOp.shape(addend ? [a, b, addend] : [a, b], { transposeA, transposeB });
    return addend ? broadcastTo(addend, shape) : zeros(shape, a.dtype);
  }
  if (isNode(a, fillOp) && !addend && a.shape.length === 2 && b.shape.length === 2) {
    const [rows, inner] = matrixShape(a.shape, transposeA);
    const [, columns] = matrixShape(b.shape, transposeB);
    if (inner === 1) return broadcastTo(reshape(mul(b, a.attributes.value), [1, columns]), [rows, columns]);
  }
  return node(matmulOp, addend ? [a, b, addend] : [a, b], { transposeA, transposeB });
}

function isZero(x: Tensor): boolean {
  return isNode(x, fillOp) && x.attributes.value === 0;
}

function matrixShape(shape: SymbolicShape, transposed: boolean): [Dimension, Dimension] {
  const [rows, columns] = [at(shape, -2), at(shape, -1)];
  return transposed ? [columns, rows] : [rows, columns];
}
