import type { Evaluation } from "../runs/results.js";

/** The figures that a critic's number is judged by. */
export type Judged = Pick<
  Evaluation,
  "wassersteinEstimate" | "heldOutEstimate" | "debiasedEmd" | "emdFloor" | "settledEstimate"
>;

/** What a critic says in the middle of training: on held-out samples, or else on those of training. */
export function runningEstimate({ heldOutEstimate, wassersteinEstimate }: Judged): number | null {
  return heldOutEstimate ?? wassersteinEstimate;
}

/** The critic's lag, settled less running estimate: what it has not learned yet about the generator that it stands against. */
export function criticLag(figures: Judged): number | null {
  return difference(figures.settledEstimate, runningEstimate(figures));
}

/** The condition's slack, settled estimate less debiased exact distance: what its constraint lets the critic say too much or too little. */
export function conditionSlack({ settledEstimate, debiasedEmd }: Judged): number | null {
  return difference(settledEstimate, debiasedEmd);
}

/**
 * Whether a difference between distances says anything. As far as two real samples of that size are apart, chance may be all of it.
 * @param floor `null` in files of versions that did not measure it: then every difference counts
 */
export function exceedsFloor(difference: number, floor: number | null): boolean {
  return floor === null || Math.abs(difference) > floor;
}

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
