import type { Dataset } from "./dataset.js";
import { distributionDataset } from "./distribution.js";

/** A normal distribution on the line, in its own units: choose them so that a network copes with their size. */
export function gaussian1d({ mean, deviation }: { readonly mean: number; readonly deviation: number }): Dataset {
  return distributionDataset({
    name: `gaussian of mean ${mean} and deviation ${deviation}`,
    draw: (rng, n) => ({ points: rng.normals(n).map((z) => mean + deviation * z) }),
    center: [0],
    spread: 1,
    modes: { centers: [[mean]], deviation },
  });
}

/** Two distributions for a critic or discriminator to tell apart. */
export interface Pair {
  readonly real: Dataset;
  readonly fake: Dataset;
  /** The Earth mover's distance between the two. Gaussians of one deviation lie as far apart as their means. */
  readonly distance: number;
}

/** N(0.5, 1) and N(-0.5, 1): their supports overlap, and the best discriminator's slope is nowhere near zero. */
export function overlappingPair(): Pair {
  return {
    real: gaussian1d({ mean: 0.5, deviation: 1 }),
    fake: gaussian1d({ mean: -0.5, deviation: 1 }),
    distance: 1,
  };
}

/**
 * N(2, 0.25) and N(-2, 0.25), their means 16 deviations apart: disjoint supports for any finite sample, where the discriminator of
 * arXiv:1701.07875, figure 2, is flat and the critic is a line.
 */
export function disjointPair(): Pair {
  return {
    real: gaussian1d({ mean: 2, deviation: 0.25 }),
    fake: gaussian1d({ mean: -2, deviation: 0.25 }),
    distance: 4,
  };
}
