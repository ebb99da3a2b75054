import { mean } from "./mean.js";
import { type Evaluation, metric, summary } from "./metric.js";

/** A fake with less feedback than this starves: a critic of slope 1 gives it a thousand times as much. */
const STARVING = 1e-3;

const formula = String.raw`\frac1n\sum_i \left\lVert \frac{\partial L_G(z_i)}{\partial G(z_i)} \right\rVert_2`;

/** Mean feedback over the first tenth of the evaluations, and over the last. */
export const feedbackFirst = summary({
  name: "feedbackFirst",
  title: "Generator feedback, first tenth",
  label: "Feedback, first",
  summary: "Mean generator feedback over the first tenth of the evaluations.",
  about: "training",
  places: ["differences", "runs"],
  ofHistory: (history) => meanFeedback(history.slice(0, tenthOf(history))),
});

export const feedbackLast = summary({
  name: "feedbackLast",
  title: "Generator feedback, last tenth",
  label: "Feedback, last",
  summary: "Mean generator feedback over the last tenth of the evaluations.",
  about: "training",
  places: ["tiles", "differences", "runs"],
  ofHistory: (history) => meanFeedback(history.slice(-tenthOf(history))),
});

/** How strongly an average generated sample is pulled. */
export const feedback = metric({
  name: "feedback",
  title: "Mean generator feedback",
  label: "Feedback, first → last",
  head: "feedback",
  summary: "The norm of the generator's gradient per sample, mean.",
  formula,
  about: "training",
  places: ["table", "chart", "studioTable", "studioChart"],
  notation: { digits: 2, ends: [feedbackFirst.name, feedbackLast.name] },
  chart: { scale: "logarithmic" },
  measure: async ({ onTraining }) => mean((await onTraining()).feedback),
});

/** The share of generated samples whose feedback is next to none. A mean over all hides them where the others are pulled hard. */
export const starvedShare = metric({
  name: "starvedShare",
  title: "Samples that starve, feedback below 0.001",
  label: "Starved",
  head: "starved",
  summary: "Samples whose feedback is below 0.001, a thousandth of what a critic of slope 1 gives.",
  better: "lower",
  about: "training",
  places: ["tiles", "differences", "runs", "chart", "studioTable", "studioChart"],
  notation: { style: "share" },
  measure: async ({ onTraining }) => {
    const { feedback: norms } = await onTraining();
    return norms.filter((norm) => norm < STARVING).length / norms.length;
  },
});

function tenthOf({ length }: readonly Evaluation[]): number {
  return Math.max(1, Math.round(length / 10));
}

function meanFeedback(evaluations: readonly Evaluation[]): number | null {
  const known = evaluations.map(feedback.of).filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
