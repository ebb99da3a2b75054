import { linearSumAssignment } from "linear-sum-assignment";

/**
 * The exact Earth mover's distance (Wasserstein-1, Euclidean cost) between two sets of n points of equal weight:
 *
 *     W1(a, b) = min over permutations p of (1/n) sum_i |a_i - b_p(i)|
 *
 * For equal weights an optimal transport plan is a permutation (Birkhoff's theorem; Peyre & Cuturi 2019, arXiv:1803.00567,
 * proposition 2.1), so this is an assignment problem; on a line it pairs the sorted points (the same, remark 2.28).
 * Time O(n^3) and memory O(n^2) from two dimensions on, O(n log n) on a line.
 * @param a `[n, dimension]`, flat
 * @param b `[n, dimension]`, flat
 * @returns the distance in the units of the points; NaN where a coordinate is not finite
 * @throws RangeError where the sets are empty, differ in size, or are no whole number of points
 */
export function emdBetween(a: Float32Array, b: Float32Array, dimension: number): number {
  const n = a.length / dimension;
  if (a.length !== b.length || !(n >= 1 && Number.isInteger(n))) {
    throw new RangeError(
      `${a.length} and ${b.length} numbers are no two equal sets of points of dimension ${dimension}`,
    );
  }
  if (!(a.every(Number.isFinite) && b.every(Number.isFinite))) return Number.NaN;
  return dimension === 1 ? meanGapOfSorted(a, b) : cheapestAssignment(a, b, dimension) / n;
}

function meanGapOfSorted(a: Float32Array, b: Float32Array): number {
  const sortedB = b.toSorted();
  return a.toSorted().reduce((sum, x, i) => sum + Math.abs(x - sortedB[i]!), 0) / a.length;
}

function cheapestAssignment(a: Float32Array, b: Float32Array, dimension: number): number {
  const n = a.length / dimension;
  const costs = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => distance(a, i * dimension, b, j * dimension, dimension)),
  );
  const { columnAssignments } = linearSumAssignment(costs, { maximaze: false });
  return columnAssignments.reduce((sum, row, column) => sum + costs[row]![column]!, 0);
}

function distance(a: Float32Array, fromA: number, b: Float32Array, fromB: number, dimension: number): number {
  let sum = 0;
  for (let axis = 0; axis < dimension; axis++) sum += (a[fromA + axis]! - b[fromB + axis]!) ** 2;
  return Math.sqrt(sum);
}
