import { InputError } from "../errors.js";
import type { Rng } from "../random.js";
import { cTransformAt } from "./cTransform.js";
import { euclideanDistance } from "./pointDistance.js";

/** A pair of distributions whose Earth mover's distance and optimal critic are known. */
export interface GroundTruthPair {
  /** How many coordinates a point has. */
  readonly dimension: number;
  /**
   * `count` points of the first distribution and, in the same order, where the optimal plan moves each: `[count, dimension]`.
   * The distance is the mean of `|real - fake|`.
   * @param rng draws them
   * @param count how many pairs of points
   */
  sample(
    rng: Rng,
    count: number,
  ): {
    /** Points of the first distribution, `[count, dimension]`, flat. */
    readonly real: Float64Array;
    /** Where each of them goes, `[count, dimension]`, flat. */
    readonly fake: Float64Array;
  };
  /**
   * The optimal critic, which maximises mean c(real) - mean c(fake): one score for each point of `[count, dimension]`.
   * @param points `[count, dimension]`, flat
   */
  critic(points: Float64Array): Float64Array;
  /**
   * Its gradient at each point, a unit vector: `[count, dimension]`.
   * @param points `[count, dimension]`, flat
   */
  gradient(points: Float64Array): Float64Array;
}

/** What a pair of funnels is made of. */
export interface FunnelOptions {
  /** How many coordinates a point has, from 1. */
  readonly dimension: number;
  /** How many funnels the critic has; more make it rougher and the distance smaller. */
  readonly funnels: number;
  /** The box is `[-halfWidth, halfWidth]^dimension`. Default: 2.5. */
  readonly halfWidth?: number | undefined;
  /** How far points are drawn into their funnel. Default: 8. */
  readonly power?: number | undefined;
}

/**
 * Ground truth made of funnels. The critic is `u(x) = min_n (|x - a_n| + b_n)` with centres `a_n` uniform in the box and
 * `b_n ~ 0.1 N(0, 1)`. A real point is uniform in the box. It lies on a ray along which `u` rises with slope 1, from its centre `a` to
 * where another funnel takes over or the box ends. The fake is that point drawn towards `a`: at the share `t^power` of the ray where the
 * real one is at `t`. So `u(real) - u(fake) = |real - fake|` for every pair, which proves the plan and the critic optimal.
 *
 * @param options dimension, funnels, and what differs from the defaults
 * @param rng draws the funnels' places and heights
 * @example
 * const pair = funnelPair({ dimension: 16, funnels: 64 }, createRng(0));
 * const { real, fake } = pair.sample(createRng(1), 4096);
 * @throws InputError for a dimension or a number of funnels below 1, a width or power that is not positive
 *
 * Reference: Korotin, Kolesov & Burnaev, "Kantorovich strikes back! Wasserstein GANs are not optimal transport?", NeurIPS 2022,
 * arXiv 2206.07767, section 4.
 */
export function funnelPair(options: FunnelOptions, rng: Rng): GroundTruthPair {
  const { dimension, funnels, halfWidth = 2.5, power = 8 } = options;
  for (const [name, value] of [
    ["dimension", dimension],
    ["number of funnels", funnels],
  ] as const)
    if (!(Number.isInteger(value) && value >= 1))
      throw new InputError(`The ${name} is ${value}; it must be a whole number from 1 up.`);
  for (const [name, value] of [
    ["halfWidth", halfWidth],
    ["power", power],
  ] as const)
    if (!(value > 0 && value < Infinity)) throw new InputError(`${name} is ${value}; it must be a positive number.`);

  const inBox = (generator: Rng, count: number) =>
    Float64Array.from({ length: count * dimension }, () => (2 * generator.uniform() - 1) * halfWidth);
  const centres = inBox(rng, funnels);
  const biases = Float64Array.from({ length: funnels }, () => 0.1 * rng.normal());
  const heights = biases.map((bias) => -bias);
  const funnelsOf = (points: Float64Array) => cTransformAt(points, { points: centres, dimension }, heights);

  /** The unit vector from the centre of the funnel in which `x` lies, and how far it is; any unit vector at the centre itself. */
  const slope = (x: Float64Array, funnel: number) => {
    const distance = euclideanDistance(x, 0, centres, funnel, dimension);
    const direction = x.map((value, k) =>
      distance > 0 ? (value - centres[funnel * dimension + k]!) / distance : k === 0 ? 1 : 0,
    );
    return { direction, distance };
  };
  /** How far one can go from `x` along `direction` before another funnel is deeper or the box ends. */
  const reach = (x: Float64Array, direction: Float64Array, funnel: number, value: number) => {
    let least = Infinity;
    for (let k = 0; k < dimension; k++)
      if (direction[k] !== 0)
        least = Math.min(least, Math.abs((Math.sign(direction[k]!) * halfWidth - x[k]!) / direction[k]!));
    for (let n = 0; n < funnels; n++) {
      if (n === funnel) continue;
      // Where |x + r direction - a_n| + b_n = value + r: the squares' quadratic terms cancel.
      const rise = value - biases[n]!;
      let square = 0;
      let along = 0;
      for (let k = 0; k < dimension; k++) {
        const difference = x[k]! - centres[n * dimension + k]!;
        square += difference * difference;
        along += difference * direction[k]!;
      }
      const r = (square - rise * rise) / (2 * (rise - along));
      if (r > 0 && r > -rise) least = Math.min(least, r);
    }
    return least;
  };
  const pointAt = (points: Float64Array, i: number) => points.subarray(i * dimension, (i + 1) * dimension);

  return {
    dimension,
    sample(generator, count) {
      const real = inBox(generator, count);
      const fake = new Float64Array(real.length);
      const { values, nearest } = funnelsOf(real);
      nearest.forEach((funnel, i) => {
        const x = pointAt(real, i);
        const { direction, distance } = slope(x, funnel);
        const whole = distance + reach(x, direction, funnel, values[i]!);
        const moved = (distance / whole) ** power * whole;
        direction.forEach((component, k) => {
          fake[i * dimension + k] = centres[funnel * dimension + k]! + moved * component;
        });
      });
      return { real, fake };
    },
    critic: (points) => funnelsOf(points).values,
    gradient(points) {
      const gradients = new Float64Array(points.length);
      funnelsOf(points).nearest.forEach((funnel, i) => {
        gradients.set(slope(pointAt(points, i), funnel).direction, i * dimension);
      });
      return gradients;
    },
  };
}
