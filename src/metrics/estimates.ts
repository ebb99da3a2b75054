import type { Circumstances } from "./measurement.js";
import { derived, metric } from "./metric.js";
import { UNITS } from "./units.js";

const formula = String.raw`\frac1n\sum_i c(x_i) - \frac1n\sum_i c(G(z_i))`;
const source = "Arjovsky et al. 2017, arXiv:1701.07875";

/** Whether the critic's value estimates the Earth mover's distance. */
function isEstimate({ game }: Circumstances): boolean {
  return game.loss.estimatesDistance;
}

/** The critic's value on training samples, where it estimates the Earth mover's distance. */
export const wassersteinEstimate = metric({
  name: "wassersteinEstimate",
  title: "Running estimate, on training samples",
  label: "Estimate",
  summary: "Mean c(real) - mean c(fake), on training samples; only under the W-loss.",
  ...{ formula, source },
  unit: UNITS,
  places: ["differences", "runs"],
  applies: isEstimate,
  measure: async ({ onTraining }) => (await onTraining()).value,
});

/** The same on samples that training never sees. */
export const heldOutEstimate = metric({
  name: "heldOutEstimate",
  title: "Running estimate, on held-out samples",
  label: "Held-out",
  summary: "Mean c(real) - mean c(fake), on held-out samples; only under the W-loss.",
  ...{ formula, source },
  unit: UNITS,
  places: ["differences", "runs"],
  applies: (circumstances) => isEstimate(circumstances) && circumstances.data.heldOut !== undefined,
  measure: async ({ onHeldOut }) => (await onHeldOut()).value,
});

/** What a critic says in the middle of training: on held-out samples, or else on those of training. */
export const runningEstimate = derived({
  name: "runningEstimate",
  title: "Running estimate",
  label: "Running",
  head: "running",
  summary: "Mean c(real) - mean c(fake), held-out, of the critic as it is.",
  ...{ formula, source },
  unit: UNITS,
  places: ["table", "progress", "studioTable", "studioChart"],
  of: (holder) => heldOutEstimate.of(holder) ?? wassersteinEstimate.of(holder),
});
