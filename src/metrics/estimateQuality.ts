import { pearsonCorrelation, spearmanCorrelation } from "./correlation.js";
import { estimatePairs, type SettledPair, settledPairs } from "./estimatePairs.js";
import { mean } from "./mean.js";
import { type Evaluation, type MetricFacts, type Summary, summary } from "./metric.js";

/** With fewer pairs a correlation says next to nothing: of two it is 1 or -1 always. */
const FEWEST_PAIRS = 3;

interface Pair {
  readonly estimate: number;
  readonly emd: number;
}

const PEARSON = {
  of: pearsonCorrelation,
  formula: String.raw`r = \frac{\sum_i (e_i - \bar e)(d_i - \bar d)}{\sqrt{\sum_i (e_i - \bar e)^2 \sum_i (d_i - \bar d)^2}}`,
};
const SPEARMAN = { of: spearmanCorrelation, formula: String.raw`r \text{ of the ranks}` };

/** How well estimates follow exact distances over a run: a correlation, -1 to 1, over at least three evaluations. */
function correlation(
  facts: Pick<MetricFacts, "name" | "title" | "label" | "summary"> & Partial<Pick<MetricFacts, "places">>,
  { of, formula }: typeof PEARSON,
  pairsOf: (history: readonly Evaluation[]) => readonly Pair[],
): Summary {
  return summary({
    formula,
    better: "higher",
    places: ["differences", "runs"],
    notation: { style: "correlation" },
    ...facts,
    ofHistory(history) {
      const pairs = pairsOf(history);
      if (pairs.length < FEWEST_PAIRS) return null;
      return of(
        pairs.map(({ estimate }) => estimate),
        pairs.map(({ emd }) => emd),
      );
    },
  });
}

const late = (history: readonly Evaluation[]) => estimatePairs(history).filter((pair) => pair.late);

export const estimatePearson = correlation(
  {
    name: "estimatePearson",
    title: "Correlation of running and exact, Pearson",
    label: "Pearson",
    summary: "Pearson's correlation of the running estimate and the EMD over the evaluations after iteration 0.",
  },
  PEARSON,
  estimatePairs,
);

export const estimateSpearman = correlation(
  {
    name: "estimateSpearman",
    title: "Correlation of running and exact, Spearman",
    label: "Spearman",
    summary: "Spearman's rank correlation of the two.",
  },
  SPEARMAN,
  estimatePairs,
);

/** Over the second half of the iterations: at first the critic is still catching up with its task. */
export const lateEstimatePearson = correlation(
  {
    name: "lateEstimatePearson",
    title: "Pearson, second half of the run",
    label: "Pearson, second half",
    summary: "Pearson's correlation of the two over the second half of the iterations.",
  },
  PEARSON,
  late,
);

export const lateEstimateSpearman = correlation(
  {
    name: "lateEstimateSpearman",
    title: "Spearman, second half of the run",
    label: "Spearman, second half",
    summary: "Spearman's rank correlation of the two over the second half of the iterations.",
  },
  SPEARMAN,
  late,
);

export const settledPearson = correlation(
  {
    name: "settledPearson",
    title: "Correlation of settled and debiased exact, Pearson",
    label: "Pearson, settled",
    summary:
      "Pearson's correlation of the settled estimate and the debiased EMD over the evaluations after iteration 0.",
  },
  PEARSON,
  settledPairs,
);

export const settledSpearman = correlation(
  {
    name: "settledSpearman",
    title: "Correlation of settled and debiased exact, Spearman",
    label: "Spearman, settled",
    summary: "Spearman's rank correlation of the two.",
    places: ["differences"],
  },
  SPEARMAN,
  settledPairs,
);

/** How far the settled estimate is off the debiased exact distance, relative to it, where the latter is above its floor. */
export const settledError = summary({
  name: "settledError",
  title: "Settled off debiased exact, where that is above the floor",
  label: "Settled, off",
  summary:
    "The mean of abs(settled - debiased) / debiased over the evaluations after iteration 0 whose debiased EMD is above the floor.",
  better: "lower",
  places: ["differences"],
  notation: { style: "share" },
  ofHistory: (history) => (errors(history).length === 0 ? null : mean(errors(history))),
});

export const settledErrorLargest = summary({
  name: "settledErrorLargest",
  title: "Settled off debiased exact, at most",
  summary: "The largest of these errors.",
  better: "lower",
  places: [],
  notation: { style: "share" },
  ofHistory: (history) => (errors(history).length === 0 ? null : Math.max(...errors(history))),
});

function errors(history: readonly Evaluation[]): number[] {
  const aboveFloor = ({ emd, floor }: SettledPair) => emd > floor;
  return settledPairs(history)
    .filter(aboveFloor)
    .map(({ estimate, emd }) => Math.abs(estimate - emd) / emd);
}
