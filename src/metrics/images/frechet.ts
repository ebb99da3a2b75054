import { type TurnOptions, turns } from "../../parallel/turns.js";
import { checkPair, type FeatureSet, meanOf, type StageProgress } from "./featureSet.js";
import { nuclearNorm } from "./nuclearNorm.js";
import { type Matrix, type Turn, triangularFactor } from "./reflections.js";

/**
 * The Frechet distance between the Gaussians that have the means and covariances of two sets of features (Heusel et al. 2017,
 * arXiv:1706.08500, equation 6), in float64:
 *
 *     |mu1 - mu2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2))
 *
 * where C is the unbiased covariance (n - 1). It is W2^2, the squared 2-Wasserstein distance, of those Gaussians: 0 for equal means
 * and covariances. With the features of an Inception network it is called FID. Small samples make it too large: compare only what
 * was measured with equally many.
 *
 * With C = A^T A, A being the centred features over sqrt(n - 1), the eigenvalues of C1 C2 are the squares of the singular values of
 * A1 A2^T, so that the trace of the root is their sum. Neither a covariance nor its root is formed, and covariances without full
 * rank (fewer samples than features, features that are always 0) are like any other.
 *
 * @param real features of real images
 * @param fake features of generated images, of the same dimension
 * @param control a signal that ends the work, and a function that is told of progress
 * @example
 * await frechetDistance({ values: Float32Array.of(0, 2), count: 2, dimension: 1 }, { values: Float32Array.of(3, 5), count: 2, dimension: 1 }); // 9
 * @throws InputError where a set has fewer than two samples, their dimensions differ, or a feature is not finite
 */
export async function frechetDistance(
  real: FeatureSet,
  fake: FeatureSet,
  { signal, onProgress }: TurnOptions<StageProgress> = {},
): Promise<number> {
  checkPair(real, fake, 2, "The Frechet distance");
  const turn = turns(signal);
  const work = 2 * real.dimension + Math.min(real.dimension, real.count, fake.count);
  let done = 0;
  const step = async () => {
    onProgress?.({ name: "Frechet distance", done: Math.min(++done, work), total: work });
    await turn();
  };
  const [a, b] = [await gaussianOf(real, step), await gaussianOf(fake, step)];
  const betweenMeans = a.mean.reduce((sum, value, k) => sum + (value - b.mean[k]!) ** 2, 0);
  const root = await nuclearNorm(await rowProducts(a.factor, b.factor, turn), step);
  // Below 0 by rounding only.
  return Math.max(0, betweenMeans + squares(a.factor) + squares(b.factor) - 2 * root);
}

/** The mean, and a factor A of the covariance A^T A with no more rows than columns. */
async function gaussianOf(features: FeatureSet, turn: Turn) {
  const { values, count, dimension } = features;
  const mean = meanOf(features);
  const root = Math.sqrt(count - 1);
  const centred = Float64Array.from(values, (value, i) => (value - mean[i % dimension]!) / root);
  return { mean, factor: await triangularFactor({ rows: count, columns: dimension, values: centred }, turn) };
}

/** A B^T. */
async function rowProducts(a: Matrix, b: Matrix, turn: Turn): Promise<Matrix> {
  const values = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    const row = a.values.subarray(i * a.columns, (i + 1) * a.columns);
    for (let j = 0; j < b.rows; j++) values[i * b.rows + j] = dot(row, b.values, j * b.columns);
    await turn();
  }
  return { rows: a.rows, columns: b.rows, values };
}

/** The product of `a` and as many numbers of `b`, in four sums that a processor forms at the same time. */
function dot(a: Float64Array, b: Float64Array, start: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 4 <= a.length; k += 4) {
    s0 += a[k]! * b[start + k]!;
    s1 += a[k + 1]! * b[start + k + 1]!;
    s2 += a[k + 2]! * b[start + k + 2]!;
    s3 += a[k + 3]! * b[start + k + 3]!;
  }
  for (; k < a.length; k++) s0 += a[k]! * b[start + k]!;
  return s0 + s1 + (s2 + s3);
}

function squares({ values }: Matrix): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
