import type { Rng } from "../random.js";

/** How rows are let through by the logits that a classifier gives them. */
export interface Thinning {
  /** The logarithm of the weight from which on every row is kept. */
  readonly logCap: number;
  /** The share of rows that is kept, in (0, 1]. */
  readonly rate: number;
}

/**
 * The power of the ratio that weights are. Above 1 it makes up for labels that were smoothed and for a classifier that is not sure enough.
 */
const POWER = 1.1;
/** The share of rows whose weights count as they are; those above are cut to the largest of them. */
const UNCUT = 0.98;

/**
 * What rejection sampling needs of a generator's rows and a classifier that tells real from generated ones. Its logit l estimates the
 * logarithm of the ratio of densities real / generated, so a row is to count
 *
 *     w = exp(1.1 l),   cut to the 98 % quantile `cap` of generated rows
 *
 * times, and is kept with probability w / cap. Without the cut one row of huge weight would leave almost none; with it, the rows that the
 * generator makes far too rarely stay somewhat too rare.
 * @param logits of rows as the generator makes them, real against generated; without any, every row is kept
 *
 * References:
 * [1] Azadi et al., "Discriminator rejection sampling", ICLR 2019, arXiv:1810.06758: the same with another way to lower the cap.
 */
export function thinning(logits: Float32Array): Thinning {
  if (logits.length === 0) return { logCap: -Infinity, rate: 1 };
  const logWeights = logits.map((logit) => POWER * logit).sort();
  const logCap = logWeights[Math.floor(UNCUT * (logWeights.length - 1))]!;
  const rate = logWeights.reduce((sum, logWeight) => sum + keptAt(logWeight, logCap), 0) / logWeights.length;
  return { logCap, rate };
}

/** Which rows are kept: 1 for those, 0 for the others, each drawn by itself. */
export function accept(logits: Float32Array, rng: Rng, { logCap }: Pick<Thinning, "logCap">): Uint8Array {
  return Uint8Array.from(logits, (logit) => (rng.uniform() < keptAt(POWER * logit, logCap) ? 1 : 0));
}

function keptAt(logWeight: number, logCap: number): number {
  return logWeight >= logCap ? 1 : Math.exp(logWeight - logCap);
}
