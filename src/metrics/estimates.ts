import type { EstimateCorrelation, Evaluation, RelativeError, RunResult } from "../runs/results.js";
import { pearsonCorrelation, spearmanCorrelation } from "./correlation.js";

/** A critic's Wasserstein estimate and the exact Earth mover's distance that it estimates, measured together. */
export interface EstimatePair {
  readonly estimate: number;
  readonly emd: number;
  /** Whether it is of the second half of the iterations. */
  readonly late: boolean;
}

/** With fewer pairs a correlation says next to nothing: of two it is 1 or -1 always. */
const FEWEST_PAIRS = 3;

/**
 * The held-out estimate, or the training one where nothing is held out, beside the exact distance, for each evaluation that has both.
 * Iteration 0 is left out: the critic has not learned anything yet there, and its number estimates nothing.
 */
export function estimatePairs(history: readonly Evaluation[]): EstimatePair[] {
  const half = (history.at(-1)?.iteration ?? 0) / 2;
  return history.flatMap(({ iteration, heldOutEstimate, wassersteinEstimate, emd }) => {
    const estimate = heldOutEstimate ?? wassersteinEstimate;
    if (iteration === 0 || estimate === null || emd === null) return [];
    return Number.isFinite(estimate) && Number.isFinite(emd) ? [{ estimate, emd, late: iteration > half }] : [];
  });
}

/** A settled estimate and the debiased exact distance, measured together. */
export interface SettledPair {
  readonly estimate: number;
  readonly emd: number;
  readonly floor: number;
}

/** The settled estimate beside the debiased exact distance, for each evaluation after iteration 0 that has both. */
export function settledPairs(history: readonly Evaluation[]): SettledPair[] {
  return history.flatMap(({ iteration, settledEstimate: estimate, debiasedEmd: emd, emdFloor: floor }) =>
    iteration === 0 || estimate === null || emd === null || floor === null ? [] : [{ estimate, emd, floor }],
  );
}

/** How well a run's estimates follow the exact distance, over all pairs and over the late ones; see `RunResult`. */
export function estimateCorrelations(
  history: readonly Evaluation[],
): Pick<RunResult, "estimateCorrelation" | "lateEstimateCorrelation" | "settledCorrelation" | "settledError"> {
  const pairs = estimatePairs(history);
  const settled = settledPairs(history);
  return {
    estimateCorrelation: correlationOf(pairs),
    lateEstimateCorrelation: correlationOf(pairs.filter(({ late }) => late)),
    settledCorrelation: correlationOf(settled),
    settledError: relativeErrorOf(settled.filter(({ emd, floor }) => emd > floor)),
  };
}

function relativeErrorOf(pairs: readonly SettledPair[]): RelativeError | null {
  if (pairs.length === 0) return null;
  const errors = pairs.map(({ estimate, emd }) => Math.abs(estimate - emd) / emd);
  return {
    mean: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    largest: Math.max(...errors),
    n: errors.length,
  };
}

function correlationOf(pairs: readonly Pick<EstimatePair, "estimate" | "emd">[]): EstimateCorrelation | null {
  if (pairs.length < FEWEST_PAIRS) return null;
  const [estimates, distances] = [pairs.map(({ estimate }) => estimate), pairs.map(({ emd }) => emd)];
  const pearson = pearsonCorrelation(estimates, distances);
  const spearman = spearmanCorrelation(estimates, distances);
  return pearson === null || spearman === null ? null : { pearson, spearman, n: pairs.length };
}
