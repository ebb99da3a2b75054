import { InputError } from "../errors.js";
import type { PointCost } from "./costs.js";
import { countPoints, type PointSet, requireSameDimension } from "./pointSet.js";
import { exponentOf, largestSize, scaledCopy, timesPowerOfTwo } from "./powersOfTwo.js";
import { marginals } from "./weights.js";

/**
 * The size of the costs between two weighted point sets: the mean of `|x - y|^2` over independent `x` and `y`, or its root for
 * `"euclidean"`. A scale for Sinkhorn's epsilon that needs no pairs:
 *
 *     E |x - y|^2 = sum over coordinates of Var x + Var y + (E x - E y)^2
 *
 * @param a points `[n, dimension]`
 * @param b points `[m, dimension]`, whose weights have the same sum
 * @param cost what moving a unit of mass costs. Default: "euclidean"
 * @example const epsilon = 0.05 * typicalCost(a, b)
 * @throws InputError for sets or weights that do not fit, squares beyond the range of float64
 */
export function typicalCost(a: PointSet, b: PointSet, cost: PointCost = "euclidean"): number {
  const masses = marginals(countPoints(a, "a"), countPoints(b, "b"), a.weights, b.weights);
  requireSameDimension(a, b);
  const { dimension } = a;
  const largest = largestSize(a.points, b.points);
  const exponent = largest === 0 ? 0 : -exponentOf(largest);
  const [x, y] = [scaledCopy(a.points, exponent), scaledCopy(b.points, exponent)];
  let square = 0;
  for (let k = 0; k < dimension; k++) {
    const ofX = moments(x, dimension, k, masses.source);
    const ofY = moments(y, dimension, k, masses.target);
    square += ofX.variance + ofY.variance + (ofX.mean - ofY.mean) ** 2;
  }
  const length = timesPowerOfTwo(Math.sqrt(square), -exponent);
  if (cost === "euclidean") return length;
  const typical = length ** 2;
  if (typical === Infinity || (typical === 0 && square > 0))
    throw new InputError(
      `The points are typically ${length} apart, and the square of that is beyond the range of float64; scale the points, or take W1.`,
    );
  return timesPowerOfTwo(square, -2 * exponent);
}

function moments(points: Float64Array, dimension: number, coordinate: number, weights: Float64Array) {
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
