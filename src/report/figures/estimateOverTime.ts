import { runningEstimate } from "../../metrics/estimates.js";
import { debiasedEmd, emd } from "../../metrics/exactDistances.js";
import { value } from "../../metrics/losses.js";
import type { HasFigures } from "../../metrics/metric.js";
import { settledEstimate } from "../../metrics/settled.js";
import { UNITS } from "../../metrics/units.js";
import type { RunResult } from "../../runs/results.js";
import type { LegendEntry } from "../drawing/legend.js";
import { robustAxis } from "../drawing/scale.js";
import { type Band, type Line, timeChart } from "../drawing/timeChart.js";
import { scoresAreDistances } from "../looks.js";
import { floorOf, type Group } from "../summary.js";
import { slopeThroughOrigin } from "./estimates.js";
import type { Figure } from "./figure.js";
import { lineOf } from "./overTime.js";

const INK = "currentColor";
const DASHED = "6 4";
const DOTTED = "1.5 3.5";
/** A value this many times as large as the largest distance goes on a scale that bends. */
const TOO_LARGE = 20;

/** One thing that is drawn, and its legend; it is left out where the run has none of it. */
interface Part {
  readonly entry: LegendEntry;
  readonly line?: Line;
  readonly band?: Band;
}

/**
 * What a W-critic says in the middle of training and once it is settled, beside the exact distance, plain and debiased, of the first
 * seed: the gap from running to settled is the critic's lag, the one from settled to debiased exact the slack of its condition. Clipped
 * weights multiply what it says by a slope that nobody knows: it has a scale of its own, by the slope that fits best.
 */
export function estimateOverTime({ look, runs: all, pictures }: Group): Figure[] {
  return all.slice(0, 1).map((run) => ofRun(run, { look, runs: [run], pictures }, all.length > 1));
}

function ofRun(run: RunResult, group: Group, isOneOfSeveral: boolean): Figure {
  const { look } = group;
  const factor = look.constraint.slope === "some" ? slopeThroughOrigin(group) : null;
  const scaled = (estimate: number | null) => (estimate === null ? null : estimate / (factor ?? 1));
  const running = (one: HasFigures) => scaled(runningEstimate.of(one));
  const settled = (one: HasFigures) => scaled(settledEstimate.of(one));
  const has = (of: (one: HasFigures) => number | null) => run.history.some((one) => of(one) !== null);
  const band = (a: typeof running, b: typeof running, color: string): Band => ({
    color,
    points: run.history.flatMap((one) => {
      const [from, to] = [a(one), b(one)];
      if (from === null || to === null) return [];
      return [{ x: one.iteration, low: Math.min(from, to), high: Math.max(from, to) }];
    }),
  });
  const line = (label: string, of: typeof running, color: string, dash = "none"): Part => {
    const stroke = { color, dash, mark: color === look.color ? look.mark : undefined };
    return { entry: { label, ...stroke }, line: lineOf(run, of, stroke) };
  };
  const floor = floorOf([group]);
  const measured = has(emd.of);
  const parts: readonly Part[] = [
    ...(measured ? [] : [line("on training samples", value.of, look.color, DOTTED)]),
    line("running", running, look.color, has(settled) ? DASHED : "none"),
    line("settled", settled, look.color),
    line("exact, debiased", debiasedEmd.of, INK),
    line("exact", emd.of, INK, has(debiasedEmd.of) ? DOTTED : "none"),
    // Beside a scale on the right there is no room for a name at the end of a line.
    ...(factor === null ? [] : [line("floor", () => floor, INK, DASHED)]),
    { entry: { label: "critic's lag", color: look.color, shape: "band" }, band: band(running, settled, look.color) },
    ...(scoresAreDistances(look)
      ? [
          {
            entry: { label: "condition's slack", color: INK, shape: "band" as const },
            band: band(settled, debiasedEmd.of, INK),
          },
        ]
      : []),
  ];
  const shown = parts.filter((part) => [part.line, part.band].some((drawn) => drawn && drawn.points.length > 0));
  const lines = shown.flatMap((part) => part.line ?? []);
  const distances = run.history.map((one) => emd.of(one) ?? 0).filter(Number.isFinite);
  const limit = distances.some((distance) => distance > 0) ? TOO_LARGE * Math.max(...distances, 1) : Infinity;
  return {
    name: `value-${look.name}`,
    alt: `${look.label}: what its critic says of the Earth mover's distance${measured ? " beside the exact one" : ""}, in ${UNITS}`,
    drawing: timeChart({
      label: `distance (${UNITS})`,
      axis: robustAxis([...lines.flatMap(({ points }) => points.map(({ y }) => y)), floor ?? 0], limit, [0]),
      lines,
      bands: shown.flatMap((part) => part.band ?? []),
      references: floor === null || factor !== null ? [] : [{ y: floor, text: "floor" }],
      ...(factor !== null && { right: { label: "estimate", factor, color: look.color } }),
      legend: shown.map(({ entry }) => entry),
      seeds: 1,
    }),
    look,
    ...(isOneOfSeveral && { title: `seed ${run.seed}` }),
  };
}
