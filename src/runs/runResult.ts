import { estimateCorrelations } from "../metrics/estimates.js";
import type { Evaluation, RunResult } from "./results.js";

/**
 * The figures of a run, out of its evaluations.
 * @param history at least one evaluation
 * @param modesTotal how many modes the data has, or `null` where they are not known
 */
export function runResult(
  run: Pick<RunResult, "loss" | "seed" | "iterations" | "seconds" | "stopped">,
  history: readonly Evaluation[],
  modesTotal: number | null,
): RunResult {
  const last = history.at(-1)!;
  const tenth = Math.max(1, Math.round(history.length / 10));
  return {
    ...run,
    wassersteinEstimate: last.wassersteinEstimate,
    heldOutEstimate: last.heldOutEstimate,
    emd: last.emd,
    debiasedEmd: last.debiasedEmd,
    emdFloor: last.emdFloor,
    settledEstimate: last.settledEstimate,
    settledUpdates: last.settledUpdates,
    settledSlope: last.settledSlope,
    modesCaptured: last.modesCaptured,
    modesTotal,
    highQualityShare: last.highQualityShare,
    feedbackFirst: meanFeedback(history.slice(0, tenth)),
    feedbackLast: meanFeedback(history.slice(-tenth)),
    starvedShare: last.starvedShare,
    slopeMean: last.slopeMean,
    slopeMax: last.slopeMax,
    realScoreRange: last.realScoreRange,
    fakeScoreRange: last.fakeScoreRange,
    ...estimateCorrelations(history),
    history,
  };
}

function meanFeedback(evaluations: readonly Evaluation[]): number {
  return evaluations.reduce((sum, { feedback }) => sum + feedback, 0) / evaluations.length;
}
