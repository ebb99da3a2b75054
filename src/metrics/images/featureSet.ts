import { InputError } from "../../errors.js";

/** What a feature network makes of a set of images. */
export interface FeatureSet {
  /** `[count, dimension]`, flat. */
  readonly values: Float32Array;
  /** How many images there are. */
  readonly count: number;
  /** How many features an image has. */
  readonly dimension: number;
}

/** How far long work is. */
export interface StageProgress {
  /** What is being done. */
  readonly name: string;
  /** How much of the stage is done, in its own units. */
  readonly done: number;
  /** How much there is to do, in the same units. */
  readonly total: number;
}

/** Beyond this, the squares of features leave the range in which distances can be told apart. */
export const LARGEST_FEATURE = 1e15;

/**
 * @throws InputError where the two cannot be compared, one has fewer than `least` samples, which `measure` needs, or a feature is not
 * finite or beyond `LARGEST_FEATURE`
 */
export function checkPair(real: FeatureSet, fake: FeatureSet, least: number, measure: string): void {
  for (const [name, { values, count, dimension }] of Object.entries({ real, fake })) {
    if (dimension < 1 || values.length !== count * dimension)
      throw new InputError(
        `The ${name} features are ${values.length} numbers, not ${count} vectors of ${dimension}; give count * dimension numbers.`,
      );
    if (count < least)
      throw new InputError(
        `${measure} needs at least ${least} samples of each set, and the ${name} set has ${count}; give more images.`,
      );
    const odd = values.findIndex((value) => !(Math.abs(value) <= LARGEST_FEATURE));
    if (odd >= 0)
      throw new InputError(
        `${measure} needs finite numbers up to ${LARGEST_FEATURE.toExponential()}, and the ${name} features hold ${values[odd]} ` +
          `in row ${Math.floor(odd / dimension) + 1}, column ${(odd % dimension) + 1}; look at the image and the network that gave it.`,
      );
  }
  if (real.dimension !== fake.dimension)
    throw new InputError(
      `The real features have ${real.dimension} numbers a sample and the fake ones ${fake.dimension}; take both from the same network.`,
    );
}

/** The mean feature vector, in float64. */
export function meanOf({ values, count, dimension }: FeatureSet): Float64Array {
  const mean = new Float64Array(dimension);
  for (let i = 0; i < values.length; i++) mean[i % dimension]! += values[i]! / count;
  return mean;
}
