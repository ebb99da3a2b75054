import type { Rng } from "../random.js";

/** How many terms each output of a layer sums (`in`), and how many outputs each input reaches (`out`). */
export interface Fans {
  readonly in: number;
  readonly out: number;
}

/** Draws `count` first weights of a layer. */
export type Initialiser = (rng: Rng, count: number, fans: Fans) => Float32Array;

/**
 * N(0, 2 / fan in): keeps the variance through ReLU layers (He et al. 2015, arXiv:1502.01852, equation 10).
 * @param rng draws them
 * @param count how many weights
 * @param fans inputs and outputs of a neuron
 */
export const heNormal: Initialiser = (rng, count, fans) => normals(rng, count, Math.sqrt(2 / fans.in));

/**
 * The same variance, uniform: U(-a, a) with a = sqrt(6 / fan in).
 * @param rng draws them
 * @param count how many weights
 * @param fans inputs and outputs of a neuron
 */
export const heUniform: Initialiser = (rng, count, fans) => uniforms(rng, count, Math.sqrt(6 / fans.in));

/**
 * N(0, 2 / (fan in + fan out)): for linear and tanh layers (Glorot and Bengio 2010, equation 12).
 * @param rng draws them
 * @param count how many weights
 * @param fans inputs and outputs of a neuron
 */
export const glorotNormal: Initialiser = (rng, count, fans) => normals(rng, count, Math.sqrt(2 / (fans.in + fans.out)));

/**
 * The same variance, uniform: U(-a, a) with a = sqrt(6 / (fan in + fan out)) (Glorot and Bengio 2010, equation 16).
 * @param rng draws them
 * @param count how many weights
 * @param fans inputs and outputs of a neuron
 */
export const glorotUniform: Initialiser = (rng, count, fans) =>
  uniforms(rng, count, Math.sqrt(6 / (fans.in + fans.out)));

/**
 * N(0, deviation^2) whatever the layer; DCGAN takes 0.02 (Radford et al. 2016, arXiv:1511.06434, section 4).
 * @param deviation standard deviation. Default: 0.02
 */
export function normal(deviation = 0.02): Initialiser {
  return (rng, count) => normals(rng, count, deviation);
}

/**
 * Weights of another initialiser times a factor.
 * @param initialiser draws the weights
 * @param factor what they are multiplied by
 */
export function scaled(initialiser: Initialiser, factor: number): Initialiser {
  return (...drawn) => initialiser(...drawn).map((value) => value * factor);
}

/** All 0. */
export const zeros: Initialiser = (_, count) => new Float32Array(count);

function normals(rng: Rng, count: number, deviation: number): Float32Array {
  return rng.normals(count).map((value) => value * deviation);
}

function uniforms(rng: Rng, count: number, bound: number): Float32Array {
  return rng.uniforms(count).map((value) => (2 * value - 1) * bound);
}
