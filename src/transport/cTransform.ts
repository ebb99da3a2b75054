import { type Costs, pointCosts } from "./costs.js";
import type { PointSet } from "./pointSet.js";
import { timesPowerOfTwo } from "./powersOfTwo.js";
import { createSmallest } from "./smallest.js";

/** A c-transform: for each source the least of `c_ij - v_j`, and a target at which it is reached. */
export interface CTransform {
  readonly values: Float64Array;
  readonly nearest: Int32Array;
}

/** The c-transform `u_i = min_j (c_ij - v_j)` of `v`: the largest `u` that it allows. */
export function cTransform(costs: Costs, v: Float64Array): CTransform {
  const values = new Float64Array(costs.rows);
  const nearest = new Int32Array(costs.rows);
  const search = costs.search();
  const least = createSmallest(1);
  search.prepare(v);
  for (let i = 0; i < costs.rows; i++) {
    search.find(i, Infinity, least);
    values[i] = least.values[0]!;
    nearest[i] = least.labels[0]!;
  }
  return { values, nearest };
}

/**
 * The c-transform of `v` at points in space, `min_j (|x - y_j| - v_j)`, where `v_j` belongs to the point `y_j` of `targets`.
 * @param points `[count, dimension]`, flat
 */
export function cTransformAt(
  points: Float64Array | Float32Array,
  { points: targets, dimension }: PointSet,
  v: Float64Array,
): CTransform {
  const costs = pointCosts(points, targets, dimension, "euclidean", 0);
  const scaled = v.map((potential) => timesPowerOfTwo(potential, costs.exponent));
  const { values, nearest } = cTransform(costs, scaled);
  return { values: values.map((value) => timesPowerOfTwo(value, -costs.exponent)), nearest };
}

/**
 * The c-transform to the other side, `v_j = min_i (c_ij - u_i)` over the sources in `rows`, where `u[k]` belongs to source `rows[k]`: the
 * largest `v` that they allow. A matrix is read source by source, as it lies in memory.
 */
export function transposedCTransform(costs: Costs, rows: Int32Array, u: Float64Array): Float64Array {
  if (costs.transposed) return cTransform(costs.transposed(rows), u).values;
  const v = new Float64Array(costs.columns).fill(Infinity);
  rows.forEach((index, k) => {
    const row = costs.row(index);
    const potential = u[k]!;
    for (let j = 0; j < v.length; j++) {
      const value = row[j]! - potential;
      if (value < v[j]!) v[j] = value;
    }
  });
  return v;
}
