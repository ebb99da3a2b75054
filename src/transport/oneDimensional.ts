import { InputError } from "../errors.js";
import type { TransportPlan } from "./certificate.js";
import { representable } from "./pointDistance.js";
import { countPoints, type PointSet, requireSameDimension } from "./pointSet.js";
import { exponentOf, largestSize, scaledCopy, timesPowerOfTwo } from "./powersOfTwo.js";
import { marginals, type Units, wholeUnits } from "./weights.js";

/**
 * The Wasserstein distance of order `p` between two weighted sets of numbers, in closed form:
 *
 *     W_p = (integral over t from 0 to the total mass of |F_a^-1(t) - F_b^-1(t)|^p dt)^(1/p)
 *
 * where `F^-1` is the quantile function. Sorting is the whole work: `O((n + m) log(n + m))`.
 *
 * @param a points `[n, 1]`
 * @param b points `[m, 1]`, whose weights have the same sum
 * @param p any finite number from 1 up
 * @example oneDimensionalDistance({ points: Float64Array.of(0, 1), dimension: 1 }, { points: Float64Array.of(5), dimension: 1 }) // 4.5
 * @throws InputError for an empty set, a dimension other than 1, weights that do not fit, `p` below 1, a distance beyond the range of float64
 *
 * Reference: Peyre & Cuturi, "Computational Optimal Transport", 2019, remark 2.30.
 */
export function oneDimensionalDistance(a: PointSet, b: PointSet, p = 1): number {
  requireOrder(p);
  const { x, y, units, total, exponent } = lineProblem(a, b);
  return representable(timesPowerOfTwo(lineDistance(x, y, units, p), -exponent) * total ** (1 / p));
}

/**
 * The monotone plan between two weighted sets of numbers, which is optimal for every order `p`: equal masses move in rising order. At
 * most `n + m - 1` entries.
 *
 * @param a points `[n, 1]`
 * @param b points `[m, 1]`, whose weights have the same sum
 * @example oneDimensionalPlan({ points: Float64Array.of(0, 9), dimension: 1 }, { points: Float64Array.of(8, 1), dimension: 1 }).target // [1, 0]
 * @throws InputError as `oneDimensionalDistance`
 */
export function oneDimensionalPlan(a: PointSet, b: PointSet): TransportPlan {
  const { x, y, units, total } = lineProblem(a, b);
  const source: number[] = [];
  const target: number[] = [];
  const mass: number[] = [];
  moveInOrder(x, units.source, y, units.target, (i, j, moved) => {
    if (moved === 0) return;
    source.push(i);
    target.push(j);
    mass.push((moved / units.total) * total);
  });
  return { source: Int32Array.from(source), target: Int32Array.from(target), mass: Float64Array.from(mass) };
}

function lineProblem(a: PointSet, b: PointSet) {
  const [n, m] = [countPoints(a, "a"), countPoints(b, "b")];
  requireSameDimension(a, b);
  if (a.dimension !== 1)
    throw new InputError(
      `The closed form needs numbers, but the points have ${a.dimension} dimensions; use the exact, sliced or Sinkhorn distance.`,
    );
  const masses = marginals(n, m, a.weights, b.weights);
  // Sums of whole units are exact, so that no crumb of rounding is moved anywhere.
  const units = wholeUnits(masses.source, masses.target);
  const largest = largestSize(a.points, b.points);
  const exponent = largest === 0 ? 0 : highest - exponentOf(largest);
  return { x: scaledCopy(a.points, exponent), y: scaledCopy(b.points, exponent), units, total: masses.total, exponent };
}

/** Numbers below 2 to this power have differences in the range of float64. */
const highest = 1000;

/** Throws `InputError` unless `p` can be the order of a Wasserstein distance. */
export function requireOrder(p: number): void {
  if (!(p >= 1 && p < Infinity)) throw new InputError(`The order p is ${p}; it must be a finite number from 1 up.`);
}

/** `W_p` of numbers `a` and `b` with masses in units, whose sum counts as 1. */
export function lineDistance(a: Float64Array, b: Float64Array, units: Units, p: number): number {
  const lengths = new Float64Array(a.length + b.length);
  const masses = new Float64Array(a.length + b.length);
  let count = 0;
  moveInOrder(a, units.source, b, units.target, (i, j, moved) => {
    if (moved === 0) return;
    lengths[count] = Math.abs(a[i]! - b[j]!);
    masses[count++] = moved / units.total;
  });
  return powerMean(lengths, p, masses);
}

/**
 * `(sum_k w_k x_k^p)^(1/p)` of numbers from 0 up, with weights that sum to 1 (default: uniform). The largest number is taken out
 * of the sum, so that no power leaves the range of float64.
 */
export function powerMean(values: Float64Array, p: number, weights?: Float64Array): number {
  const largest = largestSize(values);
  if (largest === 0) return 0;
  let sum = 0;
  for (let k = 0; k < values.length; k++) {
    const share = values[k]! / largest;
    const power = p === 1 ? share : p === 2 ? share * share : share ** p;
    sum += weights ? weights[k]! * power : power / values.length;
  }
  return largest * sum ** (1 / p);
}

/** Moves equal masses in rising order of the numbers, some of them perhaps of size 0. */
function moveInOrder(
  a: Float64Array,
  aWeights: Float64Array,
  b: Float64Array,
  bWeights: Float64Array,
  move: (i: number, j: number, mass: number) => void,
): void {
  const [aOrder, bOrder] = [risingOrder(a), risingOrder(b)];
  let i = 0;
  let j = 0;
  let left = aWeights[aOrder[0]!]!;
  let open = bWeights[bOrder[0]!]!;
  for (;;) {
    const mass = Math.min(left, open);
    move(aOrder[i]!, bOrder[j]!, mass);
    left -= mass;
    open -= mass;
    if (left === 0) {
      if (++i === a.length) break;
      left = aWeights[aOrder[i]!]!;
    }
    if (open === 0) {
      if (++j === b.length) break;
      open = bWeights[bOrder[j]!]!;
    }
  }
}

/** `W_p` of as many equally weighted numbers on each side, which are sorted in place. */
export function uniformLineDistance(a: Float64Array, b: Float64Array, p: number): number {
  a.sort();
  b.sort();
  return powerMean(
    a.map((value, i) => Math.abs(value - b[i]!)),
    p,
  );
}

function risingOrder(values: Float64Array): Uint32Array {
  return Uint32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!);
}
