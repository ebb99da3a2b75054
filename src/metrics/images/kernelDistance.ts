import { InputError } from "../../errors.js";
import { createRng, type Rng } from "../../random.js";
import { type TurnOptions, turns } from "../../transport/turns.js";
import { drawDistinct } from "./distinct.js";
import { checkPair, type FeatureSet, type StageProgress } from "./featureSet.js";
import { compileProducts } from "./products.js";

export interface KernelDistanceOptions extends TurnOptions<StageProgress> {
  /** How many pairs of subsets are drawn; 100 where absent. */
  readonly subsets?: number | undefined;
  /** Samples in a subset; where absent 1,000, or half of the smaller set where that has fewer than 2,000. */
  readonly subsetSize?: number | undefined;
  /** Seed of the draws; 0 where absent. */
  readonly seed?: number | undefined;
}

export interface KernelDistance {
  /** Mean over the subsets. Unbiased, so that it may be below 0 where the sets are alike. */
  readonly mean: number;
  /** Standard deviation over the subsets (divided by their number). */
  readonly deviation: number;
  readonly subsets: number;
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
 * With the features of an Inception network it is called KID. Its expectation does not depend on the number of samples. The
 * products x . y are made in float32; all else is float64.
 * @throws InputError where a set has fewer than two samples or fewer than a subset, or their dimensions differ
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
  const products = await compileProducts(size, size, real.dimension);
  const turn = turns(signal);
  const found: number[] = [];
  try {
    while (found.length < subsets) {
      const [x, y] = [subset(real, size, rng), subset(fake, size, rng)];
      const within = kernelSum(await products.of(x, x), real.dimension, size);
      const withinFake = kernelSum(await products.of(y, y), real.dimension, size);
      const between = kernelSum(await products.of(x, y), real.dimension);
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

/** The sum of the kernel over products; without those on the diagonal of a matrix of `withoutDiagonal` rows, where that is given. */
function kernelSum(products: Float32Array, dimension: number, withoutDiagonal?: number): number {
  let sum = 0;
  for (let i = 0; i < products.length; i++) sum += kernel(products[i]!, dimension);
  if (withoutDiagonal === undefined) return sum;
  for (let i = 0; i < products.length; i += withoutDiagonal + 1) sum -= kernel(products[i]!, dimension);
  return sum;
}

function kernel(product: number, dimension: number): number {
  const base = product / dimension + 1;
  return base * base * base;
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
