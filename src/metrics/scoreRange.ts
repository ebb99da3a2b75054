import { type Range, rangeMetric } from "./metric.js";

const shared = {
  about: "training",
  places: ["table", "differences", "runs", "studioTable"],
  notation: { digits: 2 },
} as const;

/** What the critic makes of real samples. */
export const realScoreRange = rangeMetric({
  ...shared,
  name: "realScoreRange",
  title: "Outputs on real samples",
  label: "Output on real",
  head: "real scores",
  summary: "The smallest and the largest output on held-out real samples: probabilities under BCE, scores elsewhere.",
  measure: async ({ onHeldOut }) => rangeOf((await onHeldOut()).realScores),
});

/** What the critic makes of generated samples. */
export const fakeScoreRange = rangeMetric({
  ...shared,
  name: "fakeScoreRange",
  title: "Outputs on generated samples",
  label: "Output on generated",
  head: "fake scores",
  summary: "The smallest and the largest output on generated samples.",
  measure: async ({ onHeldOut }) => rangeOf((await onHeldOut()).fakeScores),
});

function rangeOf(values: Float32Array): Range {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}
