import { type Costs, pointCosts } from "./costs.js";
import type { PointSet } from "./pointSet.js";
import { timesPowerOfTwo } from "./powersOfTwo.js";

/** A c-transform: for each source the least of `c_ij - v_j`, and the target at which it is reached. */
export interface CTransform {
  readonly values: Float64Array;
  /** The first target where several reach it. */
  readonly nearest: Int32Array;
}

/** The `j` of the least `row[j] - v[j]`. Four at a time, which halves the time of the search that the simplex spends most of its time in. */
export function leastReducedCost(row: Float64Array, v: Float64Array): number {
  const count = row.length;
  let least = Infinity;
  let place = 0;
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const value0 = row[j]! - v[j]!;
    const value1 = row[j + 1]! - v[j + 1]!;
    const value2 = row[j + 2]! - v[j + 2]!;
    const value3 = row[j + 3]! - v[j + 3]!;
    if (value0 < least) {
      least = value0;
      place = j;
    }
    if (value1 < least) {
      least = value1;
      place = j + 1;
    }
    if (value2 < least) {
      least = value2;
      place = j + 2;
    }
    if (value3 < least) {
      least = value3;
      place = j + 3;
    }
  }
  for (; j < count; j++) {
    const value = row[j]! - v[j]!;
    if (value < least) {
      least = value;
      place = j;
    }
  }
  return place;
}

/** The c-transform `u_i = min_j (c_ij - v_j)` of `v`: the largest `u` that it allows. */
export function cTransform(costs: Costs, v: Float64Array): CTransform {
  const values = new Float64Array(costs.rows);
  const nearest = new Int32Array(costs.rows);
  for (let i = 0; i < costs.rows; i++) {
    const row = costs.row(i);
    const j = leastReducedCost(row, v);
    values[i] = row[j]! - v[j]!;
    nearest[i] = j;
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
 * largest `v` that they allow. It reads costs source by source, as they lie in memory.
 */
export function transposedCTransform(costs: Costs, rows: Int32Array, u: Float64Array): Float64Array {
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
