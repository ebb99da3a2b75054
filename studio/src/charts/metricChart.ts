import { modesCaptured } from "../../../src/metrics/coverage.js";
import { runningEstimate } from "../../../src/metrics/estimates.js";
import { debiasedEmd, emd } from "../../../src/metrics/exactDistances.js";
import { feedback } from "../../../src/metrics/feedback.js";
import { mean } from "../../../src/metrics/mean.js";
import { type HasFigures, numberNamed, type Shown } from "../../../src/metrics/metric.js";
import { settledEstimate } from "../../../src/metrics/settled.js";
import { slopeMean } from "../../../src/metrics/slope.js";
import { number, percent } from "../language/format.js";
import { text } from "../language/index.js";
import { metricWords, unitWord } from "../language/metricWords.js";
import type { Term } from "../lessons/term.js";
import type { Scale } from "./axis.js";

/** How a figure is drawn over the iterations. */
export interface MetricChart {
  readonly name: string;
  readonly title: string;
  readonly term?: Term | undefined;
  readonly scale: Scale;
  readonly mark?: number | undefined;
  readonly of: (holder: HasFigures) => number | null;
  readonly format: (value: number) => string;
}

/** What the page has an explanation of. */
const TERMS: ReadonlyMap<string, Term> = new Map([
  [emd.name, "distance"],
  [debiasedEmd.name, "debiased"],
  [runningEstimate.name, "estimate"],
  [settledEstimate.name, "settled"],
  [feedback.name, "feedback"],
  [slopeMean.name, "slope"],
  [modesCaptured.name, "modes"],
]);

/** What a figure should be, where that is no reference of its own. */
const MARKS: ReadonlyMap<string, number> = new Map([[feedback.name, 1]]);

/** The charts of those metrics that the page draws over the iterations of saved runs. */
export function metricCharts(metrics: readonly Shown[], runs: readonly HasFigures[]): readonly MetricChart[] {
  return metrics.filter(({ places }) => places.includes("studioChart")).map((metric) => chartOf(metric, runs));
}

function chartOf(metric: Shown, runs: readonly HasFigures[]): MetricChart {
  const { name, unit, notation, chart } = metric;
  const of = (holder: HasFigures) => {
    const value = metric.of(holder);
    return typeof value === "number" ? value : null;
  };
  const about = {
    name,
    title: unit === undefined ? metricWords(metric).title : `${metricWords(metric).title} (${unitWord(unit)})`,
    term: TERMS.get(name),
  };
  const total = notation.outOf === undefined ? null : meanOf(notation.outOf, runs);
  if (total !== null) {
    return {
      ...about,
      scale: "share",
      of: (holder) => shareOf(of(holder), total),
      format: (share) => text().charts.modesOf(Math.round(share * total), total),
    };
  }
  const at = chart.reference?.at;
  const mark = (typeof at === "string" ? meanOf(at, runs) : at) ?? MARKS.get(name);
  if (notation.style === "share") return { ...about, scale: "share", mark, of, format: percent };
  return { ...about, scale: chart.scale ?? "linear", mark, of, format: (value) => number(value, 3) };
}

function shareOf(value: number | null, total: number): number | null {
  return value === null ? null : value / total;
}

/** The mean of a figure over those runs that have it. */
function meanOf(name: string, runs: readonly HasFigures[]): number | null {
  const known = runs.map(numberNamed(name)).filter((value) => value !== null);
  return known.length === 0 ? null : mean(known);
}
