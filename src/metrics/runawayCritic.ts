import type { Opponent } from "../losses/loss.js";
import { heldOutEstimate } from "./estimates.js";
import { debiasedEmd } from "./exactDistances.js";
import type { Evaluation } from "./metric.js";
import { fakeScoreRange, realScoreRange } from "./scoreRange.js";
import { tableDetection } from "./tableQuality.js";

/** Evaluations in a row that are looked at, and by what factor the critic's numbers grow from each to the next. */
const EVALUATIONS = 4;
const GROWTH = 2;
/** Smaller numbers than this are none to worry about: data are of size 1. */
const LARGE = 10;
/** A generator that has become better by less, as a share, has not. */
const BETTER = 0.01;

/**
 * Says that a critic runs away: over the last evaluations its outputs, or its estimate of the distance, have grown at least twofold from
 * each to the next and are large, while the generator has not become better by what is measured of it. `undefined` where that is not so.
 * @param history all evaluations so far
 * @param opponent what the critic is called
 */
export function runawayCritic(history: readonly Evaluation[], opponent: Opponent): string | undefined {
  // Before the first iteration a critic has learned nothing.
  const last = history.filter(({ iteration }) => iteration > 0).slice(-EVALUATIONS);
  const [first, end] = [last[0], last.at(-1)];
  if (last.length < EVALUATIONS || !first || !end || isBetter(first, end)) return undefined;
  for (const [name, of] of [
    ["estimate of the distance", (one: Evaluation) => Math.abs(heldOutEstimate.of(one) ?? 0)],
    ["outputs", largestOutput],
  ] as const) {
    const sizes = last.map(of);
    const grows = sizes.every((size, i) => i === 0 || size >= GROWTH * (sizes[i - 1] ?? 0));
    if (grows && (sizes.at(-1) ?? 0) > LARGE)
      return `The ${opponent} runs away: from iteration ${first.iteration} to ${end.iteration} its ${name} grew from ${short(sizes[0])} to ${short(sizes.at(-1))}, and the generator became no better. Lower the learning rate (--learning-rate), or hold the ${opponent} by another constraint (--loss).`;
  }
  return undefined;
}

function largestOutput(evaluation: Evaluation): number {
  const ends = [...(realScoreRange.of(evaluation) ?? []), ...(fakeScoreRange.of(evaluation) ?? [])];
  return Math.max(0, ...ends.map(Math.abs));
}

function isBetter(first: Evaluation, end: Evaluation): boolean {
  const [a, b] = [first, end].map(tableDetection.of);
  const [c, d] = [first, end].map(debiasedEmd.of);
  return (a != null && b != null && b > a + BETTER) || (c != null && d != null && d < (1 - BETTER) * c);
}

function short(size = 0): string {
  return String(Number(size.toPrecision(3)));
}
