import type { Evaluation } from "../runs/results.js";
import { emd } from "../transport/index.js";

/** The exact figures of an evaluation. */
export type ExactFigures = Pick<Evaluation, "emd" | "debiasedEmd" | "emdFloor">;

/** Real samples that distances are measured from; each is flat, `[n, dimension]`, with the same n. */
export interface RealSamples {
  /** Held-out samples: fakes are compared with these. */
  readonly heldOut: readonly Float32Array[];
  /** As many others, independent of them; `null` where nothing is held out, so that there are none. */
  readonly others: readonly Float32Array[] | null;
}

/**
 * The exact Earth mover's distance between real and fake samples, together with what is due to chance. Two samples of one distribution
 * are never the same points, so a distance between samples has a floor. With real samples R_k, others R'_k and fakes F_k:
 *
 *     emd         = mean EMD(R_k, F_k)
 *     emdFloor    = mean EMD(R_k, R'_k)
 *     debiasedEmd = emd - emdFloor / 2 - mean EMD(F_k, F_(k+1)) / 2
 *
 * as the Sinkhorn divergence (Feydy et al. 2019, arXiv:1810.08278) does with its cost. The last is 0 on average where both distributions
 * are the same. Where they are far apart chance adds less to `emd` than is taken off, so it is then somewhat too small.
 * @param dimension coordinates of a point
 * @returns a function of the fakes, two sets at least, as many as there are sets of real samples and of their size
 */
export function exactDistances(
  { heldOut, others }: RealSamples,
  dimension: number,
): (fakes: readonly Float32Array[]) => ExactFigures {
  const between = (a: readonly Float32Array[], b: readonly Float32Array[]) =>
    mean(b.map((sample, k) => emd({ points: a[k]!, dimension }, { points: sample, dimension })));
  const floor = others && between(heldOut, others);
  return (fakes) => {
    const distance = between(heldOut, fakes);
    const debiased = floor === null ? null : distance - floor / 2 - between(fakes, fakes.slice(1)) / 2;
    return { emd: distance, debiasedEmd: debiased, emdFloor: floor };
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
