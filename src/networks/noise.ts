import type { Shape } from "../engine/index.js";
import type { Rng } from "../random.js";

/** Random numbers that a network is given anew each time it is applied, such as the mask of a dropout. */
export interface Noise {
  /** Of one sample. */
  readonly shape: Shape;
  /** "uniform" in [0, 1), "normal" with mean 0 and deviation 1, or "gumbel": -log(-log u), which makes an argmax a draw. */
  readonly distribution: keyof typeof distributions;
  /** Whether it is given in use too, where samples are made. Default: false, in training only. */
  readonly inUse?: boolean;
}

const distributions = {
  uniform: (rng: Rng, count: number) => rng.uniforms(count),
  normal: (rng: Rng, count: number) => rng.normals(count),
  gumbel: (rng: Rng, count: number) => rng.uniforms(count).map((u) => -Math.log(-Math.log(inside(u)))),
};

/** A float32 that is neither 0 nor 1, where logarithms end. */
function inside(u: number): number {
  return Math.min(Math.max(u, 2 ** -33), 1 - 2 ** -24);
}

/** `count` numbers of a distribution. */
export function drawNoise({ distribution }: Noise, rng: Rng, count: number): Float32Array {
  return distributions[distribution](rng, count);
}
