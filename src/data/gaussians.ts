import type { Rng } from "../random.js";
import type { Dataset } from "./dataset.js";
import { distributionDataset } from "./distribution.js";
import type { LabelOptions } from "./labels.js";

/**
 * Ring of 8: an equal mixture of Gaussians with means (cos k pi/4, sin k pi/4) and deviation 0.01, the protocol of VEEGAN
 * (arXiv:1705.07761, section 4.1) and PacGAN (arXiv:1712.04086). Training units are the protocol's times the square root of 2,
 * which gives unit variance and is the ring that WGAN-GP's toy code trains on (radius 2, deviation 0.02, divided by 1.414).
 */
export function ring(options: LabelOptions = {}): Dataset {
  const centers = Array.from({ length: 8 }, (_, k) => [Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)]);
  return mixture({ name: "ring", centers, deviation: 0.01, spread: Math.SQRT1_2 }, options);
}

/**
 * Grid of 25: an equal mixture of Gaussians with means {-4, -2, 0, 2, 4}^2 and deviation 0.05, the protocol of VEEGAN and PacGAN.
 * Training units are the protocol's divided by 2.828, as in WGAN-GP's toy code, which gives unit variance.
 */
export function grid(options: LabelOptions = {}): Dataset {
  const steps = [-4, -2, 0, 2, 4];
  const centers = steps.flatMap((x) => steps.map((y) => [x, y]));
  return mixture({ name: "grid", centers, deviation: 0.05, spread: 2.828 }, options);
}

/**
 * Two Gaussians: an equal mixture with means (-1, -1) and (1, 1) and deviation 0.25, in training units. The smallest case in which a
 * generator can forget a mode.
 */
export function twoGaussians(options: LabelOptions = {}): Dataset {
  const centers = [
    [-1, -1],
    [1, 1],
  ];
  return mixture({ name: "two-gaussians", centers, deviation: 0.25, spread: 1 }, options);
}

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

interface Mixture {
  readonly name: string;
  readonly centers: readonly (readonly number[])[];
  readonly deviation: number;
  readonly spread: number;
}

/** An equal mixture of Gaussians in the plane, all of one deviation. Points are labelled with their mode, by its place in `centers`. */
function mixture({ name, centers, deviation, spread }: Mixture, { conditional = false }: LabelOptions): Dataset {
  const draw = (rng: Rng, n: number) => {
    const points = rng.normals(2 * n);
    const places = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      const place = rng.integer(centers.length);
      const [x, y] = centers[place]!;
      points[2 * i] = x! + deviation * points[2 * i]!;
      points[2 * i + 1] = y! + deviation * points[2 * i + 1]!;
      places[i] = place;
    }
    return { points, places };
  };
  const labels = { name: "mode", categories: centers.map((_, mode) => String(mode)) };
  return distributionDataset({
    name,
    draw,
    center: [0, 0],
    spread,
    modes: { centers, deviation },
    labels: conditional ? labels : undefined,
  });
}
