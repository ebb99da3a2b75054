import { type Chart, type HasFigures, numberNamed, type Shown } from "../../metrics/metric.js";
import { uncapitalised } from "../../quoting.js";
import type { RunResult } from "../../runs/results.js";
import type { LegendEntry } from "../drawing/legend.js";
import { type Axis, linearAxis, logAxis } from "../drawing/scale.js";
import { type Line, timeChart } from "../drawing/timeChart.js";
import { formatNumber } from "../format.js";
import { type Group, meanOverSeeds } from "../summary.js";
import type { Figure } from "./figure.js";

/** The iterations at which a run has a figure, and the figure; one that is not finite leaves a gap. */
export function lineOf(
  run: RunResult,
  of: (evaluation: HasFigures) => number | null,
  { color, dash = "none", mark }: Pick<Line, "color" | "dash" | "mark">,
): Line {
  const points = run.history.flatMap((evaluation) => {
    const y = of(evaluation);
    return y === null ? [] : [{ x: evaluation.iteration, y }];
  });
  return { points, color, dash, mark, stopped: run.stopped !== null, seed: run.seed };
}

/** Each metric that has a chart over the iterations of all pairings, where some run has it. */
export function figuresOverTime(groups: readonly Group[], metrics: readonly Shown[]): Figure[] {
  return metrics.filter(({ places }) => places.includes("chart")).flatMap((metric) => overTime(groups, metric));
}

function overTime(groups: readonly Group[], metric: Shown): Figure[] {
  const { name, title, summary, unit, notation, chart } = metric;
  const isShare = notation.style === "share";
  const of = (holder: HasFigures) => {
    const value = metric.of(holder);
    if (typeof value !== "number") return null;
    return isShare ? 100 * value : value;
  };
  const shown = groups.filter(({ runs }) => runs.some(({ history }) => history.some((one) => of(one) !== null)));
  if (shown.length === 0) return [];
  const lines = shown.flatMap(({ look, runs }) => runs.map((run) => lineOf(run, of, look)));
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const whole = notation.outOf === undefined ? null : sharedFigure(groups, notation.outOf);
  const references = referenceOf(groups, chart).map(({ y, text }) => ({ y: isShare ? 100 * y : y, text }));
  const compared = [...values, ...references.map(({ y }) => y)];
  const beside = references.map(({ y, text }) => `; ${text}: ${formatNumber(y)}`).join("");
  return [
    {
      name: `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-over-time`,
      alt: `${title} of each pairing over the iterations${beside}. ${summary}`,
      drawing: timeChart({
        label: `${uncapitalised(title)}${isShare ? " (%)" : unit === undefined ? "" : ` (${unit})`}`,
        axis: axisOf(compared, { isShare, whole, scale: chart.scale }),
        lines,
        references,
        legend: legendOf(shown),
        seeds: seedsOf(groups),
      }),
    },
  ];
}

interface AxisFacts extends Pick<Chart, "scale"> {
  readonly isShare: boolean;
  readonly whole: number | null;
}

function axisOf(values: readonly number[], { isShare, whole, scale }: AxisFacts): Axis {
  if (isShare) return linearAxis([], [0, 100]);
  if (whole !== null) return linearAxis([], [0, whole]);
  return scale === "logarithmic" ? logAxis(values) : linearAxis(values);
}

function referenceOf(groups: readonly Group[], { reference }: Chart) {
  if (reference === undefined) return [];
  const y = typeof reference.at === "number" ? reference.at : sharedFigure(groups, reference.at);
  return y === null ? [] : [{ y, text: reference.text }];
}

/** The figure of a name that all runs of a seed share. */
function sharedFigure(groups: readonly Group[], name: string): number | null {
  return meanOverSeeds(groups, numberNamed(name));
}

function legendOf(groups: readonly Group[]): LegendEntry[] {
  return groups.map(({ look: { label, color, dash, mark } }) => ({ label, color, dash, mark }));
}

/** The largest number of seeds that one pairing has. */
function seedsOf(groups: readonly Group[]): number {
  return Math.max(0, ...groups.map(({ runs }) => runs.length));
}
