import { InputError } from "../errors.js";
import { type TurnOptions, turns } from "../parallel/turns.js";
import { quantile } from "../quantile.js";
import { createRng, type Rng } from "../random.js";
import { countPoints, type PointSet } from "./pointSet.js";
import { marginals } from "./weights.js";

/** How many resamples have been measured. */
export interface BootstrapProgress {
  /** How many of the resamples are done. */
  readonly done: number;
  /** How many there are in all. */
  readonly resamples: number;
}

/** How many resamples are drawn, and how wide the interval is. */
export interface BootstrapOptions extends TurnOptions<BootstrapProgress> {
  /** How many pairs of resamples to draw, 2 to 1,000,000. */
  readonly resamples: number;
  /** The share of the resampled distances that the interval holds, in (0, 1). Default: 0.95. */
  readonly confidence?: number | undefined;
  /** Seed of the draws. Default: 0. */
  readonly seed?: number | undefined;
}

/** What the resampled distances say. */
export interface BootstrapInterval {
  /** The lower end of the interval. */
  readonly low: number;
  /** The upper end of the interval. */
  readonly high: number;
  /** Mean of the resampled distances: by how much it is above the distance itself tells how far the whole interval is too high. */
  readonly mean: number;
  /** Their standard deviation. */
  readonly standardError: number;
  /** The share of the resampled distances that the interval holds. */
  readonly confidence: number;
  /** `[resamples]`, in the order of the draws. */
  readonly distances: Float64Array;
}

const mostResamples = 1_000_000;

/**
 * A percentile bootstrap interval of a distance between two samples: as many points as each set has are drawn from it with
 * replacement, each with its weight, the distance between the two resamples is measured, and the interval lies between the
 * `(1 - confidence) / 2` and `(1 + confidence) / 2` quantiles of what comes out (with linear interpolation).
 *
 * What it is worth: it shows how much the distance owes to which points happened to be in the samples. It is no interval with a
 * guarantee. A resample holds about 63 % of the points, some several times, so two of them lie further apart than the samples
 * do: resampled transport distances are biased upwards, most where the sets are close to each other, in many dimensions and small,
 * and the interval may then lie above the distance altogether. (The distance between samples is itself above that between the
 * distributions, for the same reason.)
 *
 * @param a the first sample
 * @param b the second sample, of the same dimension
 * @param distance between two sets, of equally many or fewer points than `a` and `b`, with weights that sum to 1
 * @param options number of resamples, confidence and seed
 * @example
 * const { low, high } = await bootstrapInterval(a, b, (x, y) => oneDimensionalDistance(x, y), { resamples: 200 });
 * @throws InputError for an empty set, weights that do not fit, a number of resamples out of range, a confidence that is not between 0 and 1
 *
 * References:
 * [1] Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13.
 * [2] Sommerfeld & Munk, "Inference for empirical Wasserstein distances on finite spaces", JRSS B 80(1), 2018: why the bootstrap of n
 *     points out of n is inconsistent where the two distributions are equal.
 */
export async function bootstrapInterval(
  a: PointSet,
  b: PointSet,
  distance: (a: PointSet, b: PointSet) => number | Promise<number>,
  { resamples, confidence = 0.95, seed = 0, signal, onProgress }: BootstrapOptions,
): Promise<BootstrapInterval> {
  if (!(Number.isInteger(resamples) && resamples >= 2 && resamples <= mostResamples))
    throw new InputError(
      `The number of resamples is ${resamples}; it must be a whole number from 2 to ${mostResamples}, such as 200.`,
    );
  if (!(confidence > 0 && confidence < 1))
    throw new InputError(`The confidence is ${confidence}; it must be between 0 and 1, such as 0.95.`);
  const masses = marginals(countPoints(a, "a"), countPoints(b, "b"), a.weights, b.weights);
  const rng = createRng(seed);
  const drawA = resampler(a, masses.source, rng);
  const drawB = resampler(b, masses.target, rng);
  const distances = new Float64Array(resamples);
  const turn = turns(signal);
  for (let k = 0; k < resamples; k++) {
    distances[k] = await distance(drawA(), drawB());
    onProgress?.({ done: k + 1, resamples });
    await turn();
  }
  const mean = distances.reduce((sum, value) => sum + value, 0) / resamples;
  const squares = distances.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sorted = distances.toSorted();
  return {
    low: quantile(sorted, (1 - confidence) / 2),
    high: quantile(sorted, (1 + confidence) / 2),
    mean,
    standardError: Math.sqrt(squares / (resamples - 1)),
    confidence,
    distances,
  };
}

/** Draws as many points as the set has, with replacement: the distinct ones, weighted by how often they were drawn. */
function resampler({ points, dimension }: PointSet, weights: Float64Array, rng: Rng): () => PointSet {
  const draw = (): Float64Array => {
    const masses = new Float64Array(weights.length);
    for (let k = 0; k < weights.length; k++) {
      const i = rng.integer(weights.length);
      masses[i]! += weights[i]!;
    }
    // Where many weights are 0, all that was drawn may be without mass.
    return masses.some((mass) => mass > 0) ? masses : draw();
  };
  return () => {
    const masses = draw();
    const drawn = [...masses.keys()].filter((i) => masses[i]! > 0);
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    const some = new Float64Array(drawn.length * dimension);
    drawn.forEach((i, k) => {
      some.set(points.subarray(i * dimension, (i + 1) * dimension), k * dimension);
    });
    return { points: some, dimension, weights: drawn.map((i) => masses[i]! / total) };
  };
}
