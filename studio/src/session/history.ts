import type { Evaluation } from "../../../src/runs/results.js";

/** Some ten minutes of a fast run; the figures of a longer one are kept more coarsely the older they are. */
export const LONGEST_HISTORY = 1200;

/** A history with one more evaluation; where it has grown too long, every second of its older half is left out, but not the first. */
export function withEvaluation(history: readonly Evaluation[], evaluation: Evaluation): readonly Evaluation[] {
  const kept = history.length < LONGEST_HISTORY ? history : thinned(history);
  return [...kept, evaluation];
}

/** A history with what a critic said once it was settled: in the evaluation of that iteration, or as one more in its place. */
export function withSettled(history: readonly Evaluation[], evaluation: Evaluation): readonly Evaluation[] {
  const at = history.findLastIndex(({ iteration }) => iteration <= evaluation.iteration);
  const found = history[at];
  if (found?.iteration !== evaluation.iteration) return history.toSpliced(at + 1, 0, evaluation);
  const { settledEstimate, settledUpdates, settledSlope } = evaluation;
  return history.with(at, { ...found, settledEstimate, settledUpdates, settledSlope });
}

function thinned(history: readonly Evaluation[]): readonly Evaluation[] {
  return history.filter((_, i) => i >= LONGEST_HISTORY / 2 || i % 2 === 0);
}
