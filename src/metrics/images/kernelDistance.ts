import { drawDistinct } from "../../data/drawDistinct.js";
import { InputError } from "../../errors.js";
import { type TurnOptions, turns } from "../../parallel/turns.js";
import { createRng, type Rng } from "../../random.js";
import { checkPair, type FeatureSet, meanOf, type StageProgress } from "./featureSet.js";
import { compileProducts } from "./products.js";

/** How many subsets are drawn, and how large they are. */
export interface KernelDistanceOptions extends TurnOptions<StageProgress> {
  /** How many pairs of subsets are drawn. Default: 100. */
  readonly subsets?: number | undefined;
  /** Samples in a subset. Default: 1,000, or half of the smaller set if that has fewer than 2,000. */
  readonly subsetSize?: number | undefined;
  /** Seed of the draws. Default: 0. */
  readonly seed?: number | undefined;
}

/** What a kernel distance comes to over pairs of subsets. */
export interface KernelDistance {
  /** Mean over the subsets. Unbiased, so that it may be below 0 where the sets are alike. */
  readonly mean: number;
  /** Standard deviation over the subsets (divided by their number). */
  readonly deviation: number;
  /** How many pairs of subsets were drawn. */
  readonly subsets: number;
  /** Samples in a subset. */
  readonly subsetSize: number;
}

const USUAL_SUBSETS = 100;
const USUAL_SIZE = 1000;

/**
 * The squared maximum mean discrepancy of two sets of features under the kernel k(x, y) = (x . y / d + 1)^3, by its unbiased
 * estimator (Binkowski et al. 2018, arXiv:1801.01401, section 4; Gretton et al. 2012, equation 3), over pairs of subsets of m samples
 * each, drawn without replacement:
 *
 *     sum_{i != j} k(x_i, x_j) / (m (m - 1)) + sum_{i != j} k(y_i, y_j) / (m (m - 1)) - 2 sum_{i, j} k(x_i, y_j) / m^2
 *
 * With the features of an Inception network it is called KID. Its expectation does not depend on the number of samples.
 *
 * Features far from 0 make kernels that agree in nearly all of their digits, and the difference of their sums would keep none. The
 * estimator stays the same under k(x, y) - f(x) - f(y) + constant, so that what is summed instead is
 *
 *     k(x, y) - k(x, c) - k(c, y) + k(c, c),  c the mean of all features,
 *
 * which is expanded in u = x - c and v = y - c until no term is a difference of large numbers. The products u . v are made in float32;
 * all else is float64.
 * @param real features of real images
 * @param fake features of generated images, of the same dimension
 * @param options number, size and seed of the subsets
 * @throws InputError where a set has fewer than two samples or fewer than a subset, their dimensions differ, or a feature is not finite
 */
export async function kernelDistance(
  real: FeatureSet,
  fake: FeatureSet,
  { subsets = USUAL_SUBSETS, subsetSize, seed = 0, signal, onProgress }: KernelDistanceOptions = {},
): Promise<KernelDistance> {
  checkPair(real, fake, 2, "The kernel distance");
  const smaller = Math.min(real.count, fake.count);
  const size = subsetSize ?? Math.max(2, Math.min(USUAL_SIZE, Math.floor(smaller / 2)));
  if (!(Number.isInteger(subsets) && subsets >= 1))
    throw new InputError(`The number of subsets is ${subsets}; it must be a whole number from 1, such as 100.`);
  if (!(Number.isInteger(size) && size >= 2 && size <= smaller))
    throw new InputError(
      `A subset has ${size} samples; it must be a whole number from 2 to ${smaller}, the smaller set's number.`,
    );
  const rng = createRng(seed);
  const kernel = centredKernel(centreOf(real, fake));
  const products = await compileProducts(size, size, real.dimension);
  const turn = turns(signal);
  const found: number[] = [];
  try {
    while (found.length < subsets) {
      const [x, y] = [kernel.points(subset(real, size, rng)), kernel.points(subset(fake, size, rng))];
      const within = kernel.sum(x, x, await products.of(x.moved, x.moved), true);
      const withinFake = kernel.sum(y, y, await products.of(y.moved, y.moved), true);
      const between = kernel.sum(x, y, await products.of(x.moved, y.moved));
      found.push((within + withinFake) / (size * (size - 1)) - (2 * between) / size ** 2);
      onProgress?.({ name: "kernel distance", done: found.length, total: subsets });
      await turn();
    }
  } finally {
    await products.release();
  }
  const mean = average(found);
  const deviation = Math.sqrt(average(found.map((value) => (value - mean) ** 2)));
  return { mean, deviation, subsets, subsetSize: size };
}

function subset({ values, count, dimension }: FeatureSet, size: number, rng: Rng): Float32Array {
  const rows = new Float32Array(size * dimension);
  drawDistinct(rng, count, size).forEach((row, k) => {
    rows.set(values.subarray(row * dimension, (row + 1) * dimension), k * dimension);
  });
  return rows;
}

/** Features u = x - c, flat, and the c . u / d of each. */
interface CentredPoints {
  readonly moved: Float32Array;
  readonly along: Float64Array;
}

/** The mean of both sets, rounded to float32: what is large beside its deviation is then moved without an error. */
function centreOf(real: FeatureSet, fake: FeatureSet): Float32Array {
  const [a, b] = [meanOf(real), meanOf(fake)];
  return Float32Array.from(a, (value, k) => (value + b[k]!) / 2);
}

/**
 * The kernel less its parts that depend on one of its points only. With s = |c|^2 / d + 1, a = c . u / d, b = c . v / d and
 * p = u . v / d it is (s + a + b + p)^3 - (s + a)^3 - (s + b)^3 + s^3 = 3 a b (2 s + a + b) + p (3 t^2 + 3 t p + p^2), t = s + a + b.
 */
function centredKernel(centre: Float32Array) {
  const dimension = centre.length;
  const atCentre = centre.reduce((sum, value) => sum + value * value, 0) / dimension + 1;
  return {
    points(rows: Float32Array): CentredPoints {
      const moved = rows.map((value, i) => value - centre[i % dimension]!);
      const along = new Float64Array(rows.length / dimension);
      for (let i = 0; i < moved.length; i++)
        along[Math.floor(i / dimension)]! += (centre[i % dimension]! * moved[i]!) / dimension;
      return { moved, along };
    },
    /** The sum over all pairs, whose `products` u . v are given, or over those of two different points of one set. */
    sum(x: CentredPoints, y: CentredPoints, products: Float32Array, ofDifferent = false): number {
      const columns = y.along.length;
      let sum = 0;
      for (let i = 0; i < x.along.length; i++) {
        const a = x.along[i]!;
        for (let j = 0; j < columns; j++) {
          if (ofDifferent && i === j) continue;
          const b = y.along[j]!;
          const p = products[i * columns + j]! / dimension;
          const t = atCentre + a + b;
          sum += 3 * a * b * (atCentre + t) + p * (3 * t * (t + p) + p * p);
        }
      }
      return sum;
    },
  };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
