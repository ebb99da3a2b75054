import { metricsWith } from "../metrics/catalogue.js";
import { type Evaluation, type Figures, factsOf, isSummary, type OwnMetric, shownByName } from "../metrics/metric.js";
import type { Results, RunResult } from "./results.js";

/**
 * What a run comes to: the figures of its last evaluation, and the summaries of all.
 * @param history at least one evaluation
 * @param own metrics besides those of the catalogue
 */
export function runResult(
  run: Omit<RunResult, "figures" | "history">,
  history: readonly Evaluation[],
  own: readonly OwnMetric[] = [],
): RunResult {
  const figures: Record<string, Figures[string]> = { ...history.at(-1)?.figures };
  for (const { name, ofHistory } of metricsWith(own).filter(isSummary)) {
    const figure = ofHistory(history);
    if (figure !== null) figures[name] = figure;
  }
  return { ...run, figures, history };
}

/** Runs on the same data, with what is to be said of their figures. */
export function resultsOf(
  data: string,
  runs: readonly RunResult[],
  {
    own = [],
    link,
    features,
  }: { readonly own?: readonly OwnMetric[]; readonly link?: string; readonly features?: string | undefined } = {},
): Results {
  const names = new Set(
    runs.flatMap(({ figures, history }) => [figures, ...history.map((one) => one.figures)].flatMap(Object.keys)),
  );
  const known = metricsWith(own).filter(({ name }) => names.has(name));
  const unknown = [...names].filter((name) => !known.some((one) => one.name === name));
  return {
    version: 2,
    data,
    ...(link !== undefined && { link }),
    ...(features !== undefined && { features }),
    metrics: [...known, ...unknown.map(unexplained)].map(factsOf),
    runs,
  };
}

/** A figure that another program measured by a metric that is not known here. */
function unexplained(name: string) {
  return shownByName({ name, title: name, summary: "Measured by a metric that is not known here." });
}
