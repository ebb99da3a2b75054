import { InputError } from "../errors.js";
import { atOnce, inTurns, type TurnOptions } from "../parallel/turns.js";
import { createRng } from "../random.js";
import { lineDistance, powerMean, requireOrder, uniformLineDistance } from "./oneDimensional.js";
import { representable } from "./pointDistance.js";
import { countPoints, type PointSet, requireSameDimension } from "./pointSet.js";
import { exponentOf, largestSize, scaledCopy, timesPowerOfTwo } from "./powersOfTwo.js";
import { marginals, wholeUnits } from "./weights.js";

/** The order of the distance, and along which directions it is taken. */
export interface SlicedOptions {
  /** Order of the distance, from 1 up. Default: 2. */
  readonly p?: number | undefined;
  /** How many directions are drawn uniformly from the sphere, or the directions: unit vectors `[count, dimension]`. Default: 50. */
  readonly directions?: number | Float64Array | undefined;
  /** Seed of the directions drawn. Default: 0. */
  readonly seed?: number | undefined;
}

/** How many of the directions are done. */
export interface SlicedProgress {
  /** How many are done. */
  readonly done: number;
  /** How many there are. */
  readonly directions: number;
}

/** The options of `slicedDistance`: those of `SlicedOptions`, with a signal and reports of progress. */
export type AsyncSlicedOptions = SlicedOptions & TurnOptions<SlicedProgress>;

/** Distances along directions, and which direction parts the sets most. */
export interface SlicedDistance {
  /** `(mean over directions of W_p^p)^(1/p)`. */
  readonly distance: number;
  /** Largest `W_p` of all directions: a lower bound of the max-sliced distance, and so of W_p itself. */
  readonly maximum: number;
  /** `[dimension]`, the direction of `maximum`. */
  readonly maximumDirection: Float64Array;
  /** `[directions]`, `W_p` along each. */
  readonly distances: Float64Array;
}

/**
 * The sliced and max-sliced Wasserstein distances between two weighted point sets, in turns with other work of the thread (a turn is
 * at least one direction): the mean and the maximum over directions `d` of
 * the one-dimensional distance between the projections,
 *
 *     SW_p = (mean_d W_p^p(<d, a>, <d, b>))^(1/p)        max-SW_p = max_d W_p(<d, a>, <d, b>)
 *
 * The directions are drawn with a seed, so the value is an estimate that repeats. It takes `O(directions (n + m) (dimension + log))`.
 *
 * @param a points `[n, dimension]`
 * @param b points `[m, dimension]`
 * @param options order, directions and seed
 * @example (await slicedDistance({ points: x, dimension: 2 }, { points: y, dimension: 2 }, { p: 1, directions: 200, seed: 1 })).distance
 * @throws InputError for sets or weights that do not fit, `p` below 1, no direction, directions of another dimension
 *
 * References:
 * [1] Bonneel, Rabin, Peyre & Pfister, "Sliced and Radon Wasserstein barycenters of measures", JMIV 51, 2015.
 * [2] Deshpande et al., "Max-sliced Wasserstein distance and its use for GANs", CVPR 2019, arXiv 1904.05877.
 */
export async function slicedDistance(
  a: PointSet,
  b: PointSet,
  options: AsyncSlicedOptions = {},
): Promise<SlicedDistance> {
  return inTurns(slice(a, b, options), options);
}

/**
 * `slicedDistance` without pauses: the thread does nothing else until the answer is there.
 * @param a points `[n, dimension]`
 * @param b points `[m, dimension]`
 * @param options order, directions and seed
 */
export function slicedDistanceSync(a: PointSet, b: PointSet, options: SlicedOptions = {}): SlicedDistance {
  return atOnce(slice(a, b, options));
}

function* slice(
  a: PointSet,
  b: PointSet,
  { p = 2, directions = 50, seed = 0 }: SlicedOptions,
): Generator<SlicedProgress, SlicedDistance> {
  requireOrder(p);
  const [n, m] = [countPoints(a, "a"), countPoints(b, "b")];
  requireSameDimension(a, b);
  const { dimension } = a;
  const vectors = typeof directions === "number" ? randomDirections(directions, dimension, seed) : directions;
  if (vectors.length === 0 || vectors.length % dimension !== 0)
    throw new InputError(
      `The directions have ${vectors.length} coordinates; give one or more unit vectors of ${dimension} coordinates each.`,
    );

  const masses = marginals(n, m, a.weights, b.weights);
  const units = n === m && !a.weights && !b.weights ? undefined : wholeUnits(masses.source, masses.target);
  const largest = largestSize(a.points, b.points);
  const exponent = largest === 0 ? 0 : highest - exponentOf(largest);
  const [x, y] = [scaledCopy(a.points, exponent), scaledCopy(b.points, exponent)];
  const unscaled = (distance: number) => representable(timesPowerOfTwo(distance, -exponent) * masses.total ** (1 / p));
  const along = new Float64Array(vectors.length / dimension);
  for (let k = 0; k < along.length; k++) {
    const direction = vectors.subarray(k * dimension, (k + 1) * dimension);
    const [ofX, ofY] = [project(x, direction), project(y, direction)];
    along[k] = units ? lineDistance(ofX, ofY, units, p) : uniformLineDistance(ofX, ofY, p);
    yield { done: k + 1, directions: along.length };
  }
  const best = along.reduce((place, distance, k) => (distance > along[place]! ? k : place), 0);
  return {
    distance: unscaled(powerMean(along, p)),
    maximum: unscaled(along[best]!),
    maximumDirection: vectors.slice(best * dimension, (best + 1) * dimension),
    distances: along.map(unscaled),
  };
}

/** Projections of points below 2 to this power have sums and differences in the range of float64. */
const highest = 900;

/** Of directions: 0.8 GB. */
const mostCoordinates = 1e8;

/** `count` unit vectors `[count, dimension]`, uniform on the sphere. */
function randomDirections(count: number, dimension: number, seed: number): Float64Array {
  if (!(Number.isInteger(count) && count > 0))
    throw new InputError(`The number of directions is ${count}; it must be a whole number from 1 up.`);
  if (count * dimension > mostCoordinates)
    throw new InputError(`${count} directions in ${dimension} dimensions need too much memory; take fewer directions.`);
  const rng = createRng(seed);
  const vectors = Float64Array.from({ length: count * dimension }, rng.normal);
  for (let k = 0; k < count; k++) {
    const vector = vectors.subarray(k * dimension, (k + 1) * dimension);
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    vector.forEach((value, i) => {
      vector[i] = value / norm;
    });
  }
  return vectors;
}

function project(points: Float64Array, direction: Float64Array): Float64Array {
  const dimension = direction.length;
  const along = new Float64Array(points.length / dimension);
  for (let i = 0, place = 0; i < along.length; i++) {
    let sum = 0;
    for (let k = 0; k < dimension; k++) sum += points[place++]! * direction[k]!;
    along[i] = sum;
  }
  return along;
}
