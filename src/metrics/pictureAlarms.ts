import type { Evaluation } from "./metric.js";
import { coverage, pictureSpread, precision, recall } from "./pictureQuality.js";

/** Evaluations in a row that have it. */
const EVALUATIONS = 3;
/** Pictures look right, and hardly any of the held-out ones have one of them nearby. */
const PRECISE = 0.6;
const FEW = 0.03;
/** Pictures are alike that are nearer to each other than this share of what real ones are. */
const ALIKE = 1 / 4;

/** What to do about it: each of these makes collapse rarer. */
const ADVICE =
  "Go back to a checkpoint from before (--resume FOLDER --checkpoint N) with a lower learning rate (--learning-rate), or take another loss or constraint (--loss).";

/**
 * Says that a generator of pictures has collapsed: at the last evaluations its pictures look right and show next to nothing of what held-out
 * ones do, or lie far closer to each other than real ones. `undefined` where that is not so.
 * @param history all evaluations so far
 */
export function collapsedPictures(history: readonly Evaluation[]): string | undefined {
  // Before the first iteration a generator has learned nothing.
  const last = history.filter(({ iteration }) => iteration > 0).slice(-EVALUATIONS);
  const end = last.at(-1);
  if (last.length < EVALUATIONS || !end) return undefined;
  if (last.every(isNarrow))
    return `The generator has collapsed: ${percent(precision.of(end))} of its pictures look right, and they cover ${percent(Math.min(coverage.of(end) ?? 1, recall.of(end) ?? 1))} of what held-out pictures show. ${ADVICE}`;
  if (last.every((one) => (pictureSpread.of(one) ?? 1) < ALIKE))
    return `The generator has collapsed: its pictures are ${percent(pictureSpread.of(end))} as different from each other as real ones are. ${ADVICE}`;
  return undefined;
}

function isNarrow(evaluation: Evaluation): boolean {
  const narrowest = Math.min(coverage.of(evaluation) ?? 1, recall.of(evaluation) ?? 1);
  return (precision.of(evaluation) ?? 0) > PRECISE && narrowest < FEW;
}

function percent(share: number | null): string {
  return `${(100 * (share ?? 0)).toFixed(share !== null && share < 0.1 ? 1 : 0)} %`;
}
