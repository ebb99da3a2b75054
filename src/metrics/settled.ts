import { runningEstimate } from "./estimates.js";
import { debiasedEmd } from "./exactDistances.js";
import { derived, metric } from "./metric.js";
import { UNITS } from "./units.js";

/**
 * The settled estimate: mean c(real) - mean c(fake), held-out, of a copy of the critic that was trained on while the generator stood
 * still, until this value stopped rising.
 */
export const settledEstimate = metric({
  name: "settledEstimate",
  title: "Settled estimate",
  label: "Settled",
  head: "settled",
  summary:
    "The running estimate of a copy of the critic, trained on while the generator stands still until it rises no more.",
  unit: UNITS,
  places: ["table", "progress", "differences", "runs", "studioTable", "studioChart"],
  measure: async ({ settled }) => (await settled())?.estimate ?? null,
});

export const settledUpdates = metric({
  name: "settledUpdates",
  title: "Critic updates until it was settled",
  label: "Updates until settled",
  summary: "Critic updates that the copy was given until it rose no more.",
  places: ["differences"],
  measure: async ({ settled }) => (await settled())?.updates ?? null,
});

export const settledSlope = metric({
  name: "settledSlope",
  title: "Slope of the settled critic, mean",
  label: "Slope, settled",
  summary: "Mean norm of d(output)/d(sample) of the copy, at points between held-out real samples and fakes.",
  places: [],
  measure: async ({ settled }) => (await settled())?.slope ?? null,
});

/** What the critic has not learned yet about the generator that it stands against. */
export const criticLag = derived({
  name: "criticLag",
  title: "The critic's lag: settled less running",
  label: "Lag",
  head: "lag",
  summary: "The settled less the running estimate: what the critic has not learned yet about its generator.",
  unit: UNITS,
  better: { near: 0 },
  places: ["differences"],
  of: (holder) => difference(settledEstimate.of(holder), runningEstimate.of(holder)),
});

/** What its constraint lets the critic say too much or too little. */
export const conditionSlack = derived({
  name: "conditionSlack",
  title: "The condition's slack: settled less debiased exact",
  label: "Slack",
  head: "slack",
  summary:
    "The settled estimate less the debiased exact distance: what its constraint lets the critic say too much or too little.",
  unit: UNITS,
  better: { near: 0 },
  places: ["differences"],
  of: (holder) => difference(settledEstimate.of(holder), debiasedEmd.of(holder)),
});

function difference(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}
