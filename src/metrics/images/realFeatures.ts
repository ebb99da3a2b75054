import { decode, images } from "../../data/codecs/index.js";
import type { Dataset } from "../../data/dataset.js";
import { type DrawnSamples, drawnSamples } from "../../data/drawnSamples.js";
import type { ImageBytes } from "../../data/images.js";
import { withMirrored } from "../../data/mirrored.js";
import { sizeOf } from "../../engine/index.js";
import type { Rng } from "../../random.js";
import type { FeatureNetwork } from "./featureNetwork.js";
import type { FeatureSet } from "./featureSet.js";
import { checkDimension } from "./imageMetrics.js";
import { DENSITY_NEIGHBOURS } from "./manifold.js";

/** Held-out pictures that figures are measured on, and as many fakes. */
const COMPARED = 1000;
/** ... of so many products of two features at most: the work of a Frechet distance. */
const MOST_PRODUCTS = 2 ** 29;
/** Training pictures that copies are looked for among. */
const AMONG = 10_000;
/** ... fewer where all together have more pixels or features than this, */
const MOST_NUMBERS = 2 ** 23;
/** ... but so many. */
const FEWEST_AMONG = 1000;
/** Pictures whose features are computed at a time. */
const CHUNK = 500;

/** Real pictures that the pictures of a run are compared with. */
export interface RealPictures {
  readonly heldOut: DrawnSamples;
  /** Training pictures that copies are looked for among; where they are mirrored at random, their mirrored copies follow. */
  readonly among: DrawnSamples;
}

/** What a network makes of them. */
export interface RealFeatures {
  readonly heldOut: FeatureSet;
  readonly among: FeatureSet;
  /** Of as many training pictures as `heldOut` has, the first of `among`; `null` where nothing is held out to compare them with. */
  readonly training: FeatureSet | null;
}

/**
 * Draws the pictures that a run is compared with: 1,000 that are held out (of the training data where none are) and 10,000 to train on, or as
 * many as there are; fewer where pictures or features have very many numbers.
 * @returns `undefined` where there are fewer than the six that figures need
 * @throws InputError where the network cannot take such pictures
 */
export async function drawRealPictures(
  network: FeatureNetwork,
  data: Dataset,
  rng: Rng,
): Promise<RealPictures | undefined> {
  const heldOut = data.heldOut ?? data;
  const { dimension } = await featuresOfSamples(network, data, heldOut.batch(rng, 1).sample);
  checkDimension(dimension);
  const compared = Math.min(COMPARED, Math.floor(Math.sqrt(MOST_PRODUCTS / dimension)), heldOut.size, data.size);
  if (compared <= DENSITY_NEIGHBOURS) return undefined;
  const among = amongCount(network, data, dimension);
  return {
    heldOut: drawnSamples(heldOut, rng, compared),
    among: withMirrored(data, drawnSamples(data, rng, Math.max(compared, among))),
  };
}

/** How many training pictures copies are looked for among, by the pixels and features that a network has of each. */
export function amongCount(
  { format }: Pick<FeatureNetwork, "format">,
  { size, fields }: Pick<Dataset, "size" | "fields">,
  dimension: number,
): number {
  const [height = 1, width = 1] = fields.sample.shape;
  const pixels = (format.height ?? height) * (format.width ?? width);
  return Math.min(
    size,
    Math.max(FEWEST_AMONG, Math.min(AMONG, Math.floor(MOST_NUMBERS / Math.max(pixels, dimension)))),
  );
}

export async function realFeatures(
  network: FeatureNetwork,
  data: Dataset,
  pictures: RealPictures,
): Promise<RealFeatures> {
  const heldOut = await featuresOfDrawn(network, data, pictures.heldOut);
  const among = await featuresOfDrawn(network, data, pictures.among);
  return { heldOut, among, training: data.heldOut ? first(among, heldOut.count) : null };
}

export async function featuresOfDrawn(
  network: Pick<FeatureNetwork, "features">,
  data: Pick<Dataset, "fields">,
  { count, some }: DrawnSamples,
): Promise<FeatureSet> {
  return await featuresInChunks(count, CHUNK, async (start, end) =>
    featuresOfSamples(network, data, some(start, end).sample),
  );
}

/** The features of pictures that are made in chunks. */
export async function featuresInChunks(
  count: number,
  chunk: number,
  featuresOf: (start: number, end: number) => Promise<FeatureSet>,
): Promise<FeatureSet> {
  let values = new Float32Array();
  let dimension = 0;
  for (let start = 0; start < count; start += chunk) {
    const end = Math.min(start + chunk, count);
    const some = await featuresOf(start, end);
    if (start === 0) {
      dimension = some.dimension;
      values = new Float32Array(count * dimension);
    }
    values.set(some.values.subarray(0, (end - start) * dimension), start * dimension);
  }
  return { values, count, dimension };
}

/** @param samples in training units, `[count, height, width, channels]`, flat */
export async function featuresOfSamples(
  network: Pick<FeatureNetwork, "features">,
  data: Pick<Dataset, "fields">,
  samples: Float32Array,
): Promise<FeatureSet> {
  return await network.features(imageBytes(samples, data.fields.sample.shape));
}

/** Images in training units as bytes. */
export function imageBytes(samples: Float32Array, shape: readonly number[]): ImageBytes {
  const [height = 0, width = 0, channels = sizeOf(shape) / (height * width)] = shape;
  return { shape: [height, width, channels], bytes: Uint8Array.from(decode(images, samples)) };
}

function first({ values, dimension }: FeatureSet, count: number): FeatureSet {
  return { values: values.subarray(0, count * dimension), count, dimension };
}
