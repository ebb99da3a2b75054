import type { Rng } from "../random.js";
import type { Dataset } from "./dataset.js";
import { scale } from "./scaling.js";

/** A distribution of points in the units of the paper it comes from, and the scaling that makes it fit for a network. */
export interface Distribution {
  readonly name: string;
  /** `n` points of `center.length` coordinates, flat, in the paper's units. */
  readonly draw: (rng: Rng, n: number) => Float32Array;
  /** What becomes the origin. */
  readonly center: readonly number[];
  /** What becomes 1; the same along every axis, so that distances keep their proportions. */
  readonly spread: number;
  /** In the paper's units. */
  readonly modes?: Dataset["modes"];
}

/**
 * The data set whose every batch is drawn anew: samples and modes are in training units, `(point - center) / spread`, and
 * `toOriginalUnits` gives the paper's. Its held-out set is the same distribution, for fresh draws.
 */
export function distributionDataset({ name, draw, center, spread, modes }: Distribution): Dataset {
  const scaling = { center, spread: center.map(() => spread) };
  const dataset: Dataset = {
    name,
    shape: [center.length],
    size: Number.POSITIVE_INFINITY,
    content: JSON.stringify({ name, center, spread, modes }),
    batch: (rng, n) => scale(draw(rng, n), scaling),
    modes: modes && {
      centers: modes.centers.map((mode) => mode.map((x, axis) => (x - center[axis]!) / spread)),
      deviation: modes.deviation / spread,
    },
    scaling,
  };
  return { ...dataset, heldOut: dataset };
}
