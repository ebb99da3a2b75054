import { type TurnOptions, turns } from "../../parallel/turns.js";
import type { FeatureSet, StageProgress } from "./featureSet.js";
import { compileProducts } from "./products.js";

/**
 * Features, ready for distances: |x - y|^2 = |x|^2 + |y|^2 - 2 x . y, with all products at once and in float32. What that leaves open is
 * decided by `squaredDistance`.
 */
export interface Cloud extends FeatureSet {
  /** Of the features moved by the same vector in all clouds, so that the products lose fewer digits: `[count]`. */
  readonly squares: Float64Array;
  readonly moved: Float32Array;
}

/** Rows whose products are made at once. */
const BLOCK = 256;

/** Features moved by -`center`. */
export function cloudOf({ values, count, dimension }: FeatureSet, center: Float64Array): Cloud {
  const moved = values.map((value, i) => value - center[i % dimension]!);
  const squares = new Float64Array(count);
  for (let i = 0; i < moved.length; i++) squares[Math.floor(i / dimension)]! += moved[i]! ** 2;
  return { values, count, dimension, squares, moved };
}

/**
 * By how much |x|^2 + |y|^2 - 2 x . y may be off, in shares of |x|^2 + |y|^2: a product in float32 is off by at most
 * dimension 2^-24 |x| |y| (Higham, "Accuracy and Stability of Numerical Algorithms", section 3.1), and the moved features by 2^-24 |x|.
 */
export function uncertainty(dimension: number): number {
  return (dimension + 8) * 2 ** -24;
}

/** Visits each point of `a` with its products x . y with all points of `b`. */
export async function eachRow(
  a: Cloud,
  b: Cloud,
  name: string,
  { signal, onProgress }: TurnOptions<StageProgress>,
  visit: (i: number, products: Float32Array) => void,
): Promise<void> {
  const block = Math.min(BLOCK, a.count);
  const products = await compileProducts(block, b.count, b.dimension);
  const turn = turns(signal);
  try {
    for (let start = 0; start < a.count; start += block) {
      const end = Math.min(start + block, a.count);
      const values = await products.of(a.moved.subarray(start * a.dimension, end * a.dimension), b.moved);
      for (let i = start; i < end; i++) visit(i, values.subarray((i - start) * b.count, (i - start + 1) * b.count));
      onProgress?.({ name, done: end, total: a.count });
      await turn();
    }
  } finally {
    await products.release();
  }
}

/** |x_i - y_j|^2 in float64; the same for the same two points, whichever is named first, and 0 for equal ones. */
export function squaredDistance(a: FeatureSet, i: number, b: FeatureSet, j: number): number {
  const [x, y] = [i * a.dimension, j * b.dimension];
  let sum = 0;
  for (let k = 0; k < a.dimension; k++) {
    const difference = a.values[x + k]! - b.values[y + k]!;
    sum += difference * difference;
  }
  return sum;
}
