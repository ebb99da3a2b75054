import { InputError } from "../../errors.js";
import type { TurnOptions } from "../../parallel/turns.js";
import type { FeatureSet, StageProgress } from "./featureSet.js";
import { frechetDistance } from "./frechet.js";
import { type KernelDistance, kernelDistance } from "./kernelDistance.js";
import { type ManifoldMetrics, manifoldMetrics } from "./manifold.js";

/** What `frechetDistance`, `kernelDistance` and `manifoldMetrics` say of two sets of features. */
export interface ImageMetrics extends ManifoldMetrics {
  /** What `frechetDistance` gives: 0 is best. */
  readonly frechetDistance: number;
  /** What `kernelDistance` gives: a mean of 0 is best. */
  readonly kernelDistance: KernelDistance;
}

/** The seed of what is drawn, a signal, and a function that is told of progress. */
export interface ImageMetricsOptions extends TurnOptions<StageProgress> {
  /** Seed of the kernel distance's subsets. Default: 0. */
  readonly seed?: number | undefined;
}

/** With more features than this, their matrix alone would take half a GiB. */
const MOST_FEATURES = 8192;

/**
 * All metrics of two sets of features.
 * @param real features of real images
 * @param fake features of generated images, of the same dimension
 * @param options the seed, a signal, and a function that is told of progress
 * @throws InputError where a set has fewer than six samples, their dimensions differ, a feature is not finite, or the features are
 * more than 8,192
 */
export async function imageMetrics(
  real: FeatureSet,
  fake: FeatureSet,
  options: ImageMetricsOptions = {},
): Promise<ImageMetrics> {
  checkDimension(real.dimension);
  const manifold = await manifoldMetrics(real, fake, options);
  return {
    frechetDistance: await frechetDistance(real, fake, options),
    kernelDistance: await kernelDistance(real, fake, options),
    ...manifold,
  };
}

/** @throws InputError where features have more numbers than can be measured */
export function checkDimension(dimension: number): void {
  if (dimension <= MOST_FEATURES) return;
  throw new InputError(
    `The features have ${dimension} numbers an image, and ${MOST_FEATURES} can be measured; take an output after pooling.`,
  );
}
