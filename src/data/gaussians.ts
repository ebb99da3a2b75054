import type { Rng } from "../random.js";
import type { Dataset } from "./dataset.js";
import { distributionDataset } from "./distribution.js";

/**
 * Ring of 8: an equal mixture of Gaussians with means (cos k pi/4, sin k pi/4) and deviation 0.01, the protocol of VEEGAN
 * (arXiv:1705.07761, section 4.1) and PacGAN (arXiv:1712.04086). Training units are the protocol's times the square root of 2,
 * which gives unit variance and is the ring that WGAN-GP's toy code trains on (radius 2, deviation 0.02, divided by 1.414).
 */
export function ring(): Dataset {
  const centers = Array.from({ length: 8 }, (_, k) => [Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)]);
  return mixture("ring", centers, 0.01, Math.SQRT1_2);
}

/**
 * Grid of 25: an equal mixture of Gaussians with means {-4, -2, 0, 2, 4}^2 and deviation 0.05, the protocol of VEEGAN and PacGAN.
 * Training units are the protocol's divided by 2.828, as in WGAN-GP's toy code, which gives unit variance.
 */
export function grid(): Dataset {
  const steps = [-4, -2, 0, 2, 4];
  const centers = steps.flatMap((x) => steps.map((y) => [x, y]));
  return mixture("grid", centers, 0.05, 2.828);
}

/**
 * Two Gaussians: an equal mixture with means (-1, -1) and (1, 1) and deviation 0.25, in training units. The smallest case in which a
 * generator can forget a mode.
 */
export function twoGaussians(): Dataset {
  const centers = [
    [-1, -1],
    [1, 1],
  ];
  return mixture("two-gaussians", centers, 0.25, 1);
}

/** A normal distribution on the line, in its own units: choose them so that a network copes with their size. */
export function gaussian1d({ mean, deviation }: { readonly mean: number; readonly deviation: number }): Dataset {
  return distributionDataset({
    name: `gaussian of mean ${mean} and deviation ${deviation}`,
    draw: (rng, n) => rng.normals(n).map((z) => mean + deviation * z),
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

/** An equal mixture of Gaussians in the plane, all of one deviation. */
function mixture(name: string, centers: readonly (readonly number[])[], deviation: number, spread: number): Dataset {
  const draw = (rng: Rng, n: number) => {
    const points = rng.normals(2 * n);
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = centers[rng.integer(centers.length)]!;
      points[i] = x! + deviation * points[i]!;
      points[i + 1] = y! + deviation * points[i + 1]!;
    }
    return points;
  };
  return distributionDataset({ name, draw, center: [0, 0], spread, modes: { centers, deviation } });
}
