import { conjugateGradients, dot } from "../conjugateGradients.js";
import { turns } from "../parallel/turns.js";

/** Newton steps at most, halvings of one, and the fall that a step must promise to be worth taking. */
const STEPS = 20;
const HALVINGS = 8;
const LEAST_FALL = 1e-6;

/**
 * The vector v under which rows x_i with weights `exp(logWeights[i] + x_i v)` have, column by column, the mean `target`. Of all weights that
 * do, these are the nearest to `exp(logWeights)` in relative entropy. v minimises the convex function
 *
 *     log mean_i exp(logWeights[i] + x_i v) - target v + |v|^2 / (2 n)
 *
 * whose last term holds back columns that few rows have, as one row more would. Newton's method with halved steps and conjugate gradients.
 * @param rows `[n, width]`
 * @param logWeights `[n]`
 * @param target `[width]`
 * @param signal ends it between two steps; the promise is rejected with the signal's reason
 *
 * Reference: Hainmueller, "Entropy balancing for causal effects", Political Analysis 20, 2012, equations 8 and 9.
 */
export async function balancingTilt(
  rows: Float32Array,
  logWeights: Float64Array,
  target: Float64Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const turn = turns(signal);
  const ridge = 1 / Math.max(logWeights.length, 1);
  let here = tiltedBy(new Float64Array(target.length));
  for (let step = 0; step < STEPS; step++) {
    await turn();
    const { tilt, shares, means } = here;
    const descent = target.map((t, j) => t - means[j]! - ridge * tilt[j]!);
    const diagonal = weightedSums(rows, shares, target.length, 2).map(
      (square, j) => Math.max(square - means[j]! ** 2, 0) + ridge,
    );
    const direction = conjugateGradients((v) => curvature(v, shares, means), diagonal, descent);
    const slope = dot(descent, direction);
    if (!(slope > LEAST_FALL)) break;
    const next = firstBelow(tilt, direction, here.value, slope);
    if (!next) break;
    here = next;
  }
  return here.tilt;

  /** The weights at a tilt, as shares of their sum, with the means of columns under them and what is minimised. */
  function tiltedBy(tilt: Float64Array) {
    const logs = products(rows, tilt).map((product, i) => product + logWeights[i]!);
    const highest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
    const weights = logs.map((value) => Math.exp(value - highest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const shares = weights.map((weight) => weight / total);
    const value = highest + Math.log(total * ridge) - dot(target, tilt) + (ridge * dot(tilt, tilt)) / 2;
    return { tilt, shares, means: weightedSums(rows, shares, target.length), value };
  }

  function firstBelow(tilt: Float64Array, direction: Float64Array, value: number, slope: number) {
    for (let k = 0, length = 1; k < HALVINGS; k++, length /= 2) {
      const there = tiltedBy(tilt.map((v, j) => v + length * direction[j]!));
      if (there.value <= value - 1e-4 * length * slope) return there;
    }
    return undefined;
  }

  /** The covariance of columns under weights, with the ridge, times a vector. */
  function curvature(v: Float64Array, shares: Float64Array, means: Float64Array): Float64Array {
    const along = products(rows, v);
    const mean = dot(means, v);
    const weighted = along.map((product, i) => shares[i]! * (product - mean));
    return weightedSums(rows, weighted, target.length).map((sum, j) => sum + ridge * v[j]!);
  }
}

/** The product of each row with a vector. */
function products(rows: Float32Array, vector: Float64Array): Float64Array {
  const found = new Float64Array(rows.length / vector.length);
  for (let i = 0, at = 0; i < found.length; i++)
    for (let j = 0; j < vector.length; j++, at++) found[i]! += rows[at]! * vector[j]!;
  return found;
}

/** The sum of each column, or of its squares, with a weight for each row. */
function weightedSums(rows: Float32Array, weights: Float64Array, width: number, power: 1 | 2 = 1): Float64Array {
  const sums = new Float64Array(width);
  for (let i = 0, at = 0; i < weights.length; i++)
    for (let j = 0; j < width; j++, at++) {
      const value = rows[at]!;
      // Most numbers of encoded rows are 0.
      if (value !== 0) sums[j]! += weights[i]! * (power === 1 ? value : value * value);
    }
  return sums;
}
