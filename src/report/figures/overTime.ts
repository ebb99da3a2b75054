import type { Evaluation, RunResult } from "../../runs/results.js";
import type { LegendEntry } from "../drawing/legend.js";
import { type Axis, linearAxis, logAxis } from "../drawing/scale.js";
import { type Line, timeChart } from "../drawing/timeChart.js";
import { formatNumber, UNITS } from "../format.js";
import { floorOf, type Group } from "../summary.js";
import type { Figure } from "./figure.js";

/** A figure of one measurement over the iterations of all pairings; `null` where no run has it. */
interface Measurement {
  readonly name: string;
  readonly label: string;
  readonly alt: string;
  readonly of: (evaluation: Evaluation) => number | null;
  readonly axis: (values: readonly number[]) => Axis;
  readonly references?: readonly { readonly y: number; readonly text: string }[];
}

/** The iterations at which a run has a figure, and the figure; one that is not finite leaves a gap. */
export function lineOf(
  run: RunResult,
  of: (evaluation: Evaluation) => number | null,
  color: string,
  dash = "none",
): Line {
  const points = run.history.flatMap((evaluation) => {
    const y = of(evaluation);
    return y === null ? [] : [{ x: evaluation.iteration, y }];
  });
  return { points, color, dash, stopped: run.stopped !== null, seed: run.seed };
}

/** The number of modes captured. */
export function modesOverTime(groups: readonly Group[]): Figure | null {
  const total = groups[0]?.runs[0]?.modesTotal ?? 0;
  return draw(groups, {
    name: "modes-captured",
    label: "modes captured",
    alt: `How many of ${total} modes each pairing had captured, over the iterations`,
    of: ({ modesCaptured }) => modesCaptured,
    axis: () => linearAxis([], [0, total]),
    references: [{ y: total, text: "all" }],
  });
}

/** The exact Earth mover's distance between held-out and generated samples, and its floor. */
export function distanceOverTime(groups: readonly Group[]): Figure | null {
  const floor = floorOf(groups);
  return draw(groups, {
    name: "earth-movers-distance",
    label: `exact Earth mover's distance (${UNITS})`,
    alt: `The exact Earth mover's distance between held-out real and generated samples, over the iterations${floor === null ? "" : `; its floor is ${formatNumber(floor)}`}`,
    of: ({ emd }) => emd,
    axis: (values) => logAxis([...values, ...(floor === null ? [] : [floor])]),
    references: floor === null ? [] : [{ y: floor, text: "floor" }],
  });
}

/** Generator feedback, which spans many powers of ten. */
export function feedbackOverTime(groups: readonly Group[]): Figure | null {
  return draw(groups, {
    name: "generator-feedback",
    label: "mean generator feedback",
    alt: "Mean generator feedback, on a logarithmic scale, over the iterations",
    of: ({ feedback }) => feedback,
    axis: logAxis,
  });
}

/** The share of generated samples whose feedback is next to none, which a mean hides. */
export function starvedOverTime(groups: readonly Group[]): Figure | null {
  return draw(groups, {
    name: "starved-samples",
    label: "starved samples: feedback below 0.001 (%)",
    alt: "The percentage of generated samples with feedback below 0.001, over the iterations",
    of: ({ starvedShare }) => (starvedShare === null ? null : 100 * starvedShare),
    axis: () => linearAxis([], [0, 100]),
  });
}

/** The mean slope of the critic, which a constraint holds near or below 1. */
export function slopeOverTime(groups: readonly Group[]): Figure | null {
  return draw(groups, {
    name: "critic-slope",
    label: "mean slope of the critic",
    alt: "The mean slope of the critic's output, on a logarithmic scale, over the iterations",
    of: ({ slopeMean }) => slopeMean,
    axis: (values) => logAxis([...values, 1]),
    references: [{ y: 1, text: "slope 1" }],
  });
}

function draw(groups: readonly Group[], { name, label, alt, of, axis, references = [] }: Measurement): Figure | null {
  const shown = groups.filter(({ runs }) =>
    runs.some(({ history }) => history.some((evaluation) => of(evaluation) !== null)),
  );
  if (shown.length === 0) return null;
  const lines = shown.flatMap(({ look, runs }) => runs.map((run) => lineOf(run, of, look.color, look.dash)));
  const values = lines.flatMap(({ points }) => points.map(({ y }) => y));
  const drawing = timeChart({
    label,
    axis: axis(values),
    lines,
    references,
    legend: legendOf(shown),
    seeds: seedsOf(groups),
  });
  return { name, alt, drawing };
}

function legendOf(groups: readonly Group[]): LegendEntry[] {
  return groups.map(({ look: { label, color, dash } }) => ({ label, color, dash }));
}

/** The largest number of seeds that one pairing has. */
export function seedsOf(groups: readonly Group[]): number {
  return Math.max(0, ...groups.map(({ runs }) => runs.length));
}
