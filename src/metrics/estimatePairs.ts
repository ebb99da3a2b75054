import { runningEstimate } from "./estimates.js";
import { debiasedEmd, emd, emdFloor } from "./exactDistances.js";
import type { Evaluation } from "./metric.js";
import { settledEstimate } from "./settled.js";

/** A critic's Wasserstein estimate and the exact Earth mover's distance that it estimates, measured together. */
export interface EstimatePair {
  readonly estimate: number;
  readonly emd: number;
  /** Whether it is of the second half of the iterations. */
  readonly late: boolean;
}

/** A settled estimate and the debiased exact distance, measured together. */
export interface SettledPair {
  readonly estimate: number;
  readonly emd: number;
  readonly floor: number;
}

/**
 * The held-out estimate, or the training one where nothing is held out, beside the exact distance, for each evaluation that has both.
 * Iteration 0 is left out: the critic has not learned anything yet there, and its number estimates nothing.
 */
export function estimatePairs(history: readonly Evaluation[]): EstimatePair[] {
  const half = (history.at(-1)?.iteration ?? 0) / 2;
  return history.flatMap((evaluation) => {
    const { iteration } = evaluation;
    const [estimate, exact] = [runningEstimate.of(evaluation), emd.of(evaluation)];
    if (iteration === 0 || estimate === null || exact === null) return [];
    return Number.isFinite(estimate) && Number.isFinite(exact)
      ? [{ estimate, emd: exact, late: iteration > half }]
      : [];
  });
}

/** The settled estimate beside the debiased exact distance, for each evaluation after iteration 0 that has both. */
export function settledPairs(history: readonly Evaluation[]): SettledPair[] {
  return history.flatMap((evaluation) => {
    const [estimate, exact] = [settledEstimate.of(evaluation), debiasedEmd.of(evaluation)];
    const floor = emdFloor.of(evaluation);
    if (evaluation.iteration === 0 || estimate === null || exact === null || floor === null) return [];
    return [{ estimate, emd: exact, floor }];
  });
}
