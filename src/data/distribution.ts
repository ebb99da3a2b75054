import type { Rng } from "../random.js";
import { type Codec, encode } from "./codecs/index.js";
import type { Dataset } from "./dataset.js";
import { conditionField, type Labels, oneHot } from "./labels.js";

/** A distribution of points in the units of the paper it comes from, and the scaling that makes it fit for a network. */
export interface Distribution {
  readonly name: string;
  /** `n` points of `center.length` coordinates, flat, in the paper's units, and the place of each one's category. */
  readonly draw: (rng: Rng, n: number) => { readonly points: Float32Array; readonly places?: ArrayLike<number> };
  /** What becomes the origin. */
  readonly center: readonly number[];
  /** What becomes 1; the same along every axis, so that distances keep their proportions. */
  readonly spread: number;
  /** In the paper's units. */
  readonly modes?: Dataset["modes"];
  /** What points are labelled with, where these are to be their conditions. */
  readonly labels?: Labels | undefined;
}

/**
 * The data set whose every batch is drawn anew: samples and modes are in training units, `(point - center) / spread`, and
 * `decode` gives the paper's. Its held-out set is the same distribution, for fresh draws.
 */
export function distributionDataset({ name, draw, center, spread, modes, labels }: Distribution): Dataset {
  const codec: Codec = { kind: "scale", center, spread };
  const dataset: Dataset = {
    name,
    kind: "points",
    fields: { sample: { shape: [center.length] }, condition: labels && conditionField(labels) },
    size: Number.POSITIVE_INFINITY,
    content: [JSON.stringify({ name, center, spread, modes })],
    batch(rng, n) {
      const { points, places } = draw(rng, n);
      const sample = encode(codec, points);
      return labels && places ? { sample, condition: oneHot(places, labels.categories.length) } : { sample };
    },
    modes: modes && {
      centers: modes.centers.map((mode) => mode.map((x, axis) => (x - center[axis]!) / spread)),
      deviation: modes.deviation / spread,
    },
    codec,
  };
  return { ...dataset, heldOut: dataset };
}
