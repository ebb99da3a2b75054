import type { PointCost } from "./costs.js";
import { countPoints, type PointSet, requireSameDimension } from "./pointSet.js";
import { marginals } from "./weights.js";

/**
 * The size of the costs between two weighted point sets: the mean of `|x - y|^2` over independent `x` and `y`, or its root for
 * `"euclidean"`. A scale for Sinkhorn's epsilon that needs no pairs:
 *
 *     E |x - y|^2 = sum over coordinates of Var x + Var y + (E x - E y)^2
 *
 * @param a points `[n, dimension]`; `b` likewise `[m, dimension]`; weights have the same sum
 * @example const epsilon = 0.05 * typicalCost(a, b)
 * @throws InputError for sets or weights that do not fit
 */
export function typicalCost(a: PointSet, b: PointSet, cost: PointCost = "euclidean"): number {
  const masses = marginals(countPoints(a, "a"), countPoints(b, "b"), a.weights, b.weights);
  requireSameDimension(a, b);
  let square = 0;
  for (let k = 0; k < a.dimension; k++) {
    const x = moments(a, k, masses.source);
    const y = moments(b, k, masses.target);
    square += x.variance + y.variance + (x.mean - y.mean) ** 2;
  }
  return cost === "squaredEuclidean" ? square : Math.sqrt(square);
}

function moments({ points, dimension }: PointSet, coordinate: number, weights: Float64Array) {
  const average = (of: (value: number) => number) => {
    let sum = 0;
    let total = 0;
    for (let i = 0; i < weights.length; i++) {
      sum += weights[i]! * of(points[i * dimension + coordinate]!);
      total += weights[i]!;
    }
    return sum / total;
  };
  const mean = average((value) => value);
  return { mean, variance: average((value) => (value - mean) ** 2) };
}
