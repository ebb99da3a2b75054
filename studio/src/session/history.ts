import type { Evaluation } from "../../../src/metrics/metric.js";
import { settledEstimate, settledSlope, settledUpdates } from "../../../src/metrics/settled.js";

const SETTLED = [settledEstimate, settledUpdates, settledSlope];

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
  const settled = SETTLED.flatMap(({ name }) => {
    const figure = evaluation.figures[name];
    return figure === undefined ? [] : [[name, figure] as const];
  });
  return history.with(at, { ...found, figures: { ...found.figures, ...Object.fromEntries(settled) } });
}

/** Every second one of the older half is left out, but not the first. */
export function thinned<T>(history: readonly T[]): readonly T[] {
  return history.filter((_, i) => i >= history.length / 2 || i % 2 === 0);
}
