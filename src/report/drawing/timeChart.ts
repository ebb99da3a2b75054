import * as Plot from "@observablehq/plot";
import type { Mark } from "../../catalogue.js";
import { type Drawing, FIGURE_WIDTH, FONT_SIZE, stack } from "./drawing.js";
import { CHARACTER_WIDTH, type LegendEntry, legend } from "./legend.js";
import { MARKS } from "./marks.js";
import { plot } from "./plot.js";
import { type Axis, evenTicks, extent, floorOf, formatTick } from "./scale.js";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** One line over the iterations of a run. */
export interface Line {
  readonly points: readonly Point[];
  readonly color: string;
  readonly dash?: string;
  /** What it ends in. Default: a circle. */
  readonly mark?: Mark | undefined;
  /** Whether its last point is where the run stopped early: it ends in a cross. */
  readonly stopped?: boolean;
  /** Of its run. Where a chart has lines of several, each ends in a mark of its seed instead. */
  readonly seed?: number;
}

/** The area between two lines. */
export interface Band {
  readonly points: readonly { readonly x: number; readonly low: number; readonly high: number }[];
  readonly color: string;
}

export interface TimeChart {
  /** What the y axis measures. */
  readonly label: string;
  readonly axis: Axis;
  /** A second scale on the right, for lines in a unit of their own: what is drawn at y reads y times `factor` there. */
  readonly right?: { readonly label: string; readonly factor: number; readonly color: string };
  readonly lines: readonly Line[];
  readonly bands?: readonly Band[];
  /** Values to compare with, each a dotted line with a short name beside it. */
  readonly references?: readonly { readonly y: number; readonly text: string }[];
  readonly legend: readonly LegendEntry[];
  /** Seeds that are drawn in one colour; their lines are thinner then. */
  readonly seeds: number;
}

const HEIGHT = 270;

/** How something went on over the generator's iterations. */
export function timeChart({
  label,
  axis,
  right,
  lines,
  bands = [],
  references = [],
  legend: entries,
  seeds,
}: TimeChart): Drawing {
  const iterations = [...lines, ...bands].flatMap(({ points }) => points.map(({ x }) => x));
  const [first, last] = extent(iterations);
  const end = Math.max(last, first + 1);
  const strokeWidth = seeds > 1 ? 1.3 : 2.2;
  const marks = marksOf(lines);
  const floor = floorOf(axis);
  const raise = (points: readonly Point[]) =>
    axis.type === "log" ? points.map(({ x, y }) => ({ x, y: Math.max(y, floor) })) : points;
  const chart = plot({
    width: FIGURE_WIDTH,
    height: HEIGHT,
    marginLeft: 58,
    marginRight: Math.max(right ? 58 : 20, ...references.map(({ text }) => 14 + CHARACTER_WIDTH * text.length)),
    marginTop: 28,
    marginBottom: 40,
    style: { fontSize: `${FONT_SIZE}px` },
    x: {
      domain: [first, end],
      label: "generator iterations",
      labelArrow: "none",
      labelAnchor: "center",
      ticks: 4,
      tickSize: 4,
    },
    y: axis,
    marks: [
      Plot.gridY({ ticks: axis.ticks as number[], strokeOpacity: 0.13 }),
      Plot.ruleX([first], { strokeOpacity: 0.35 }),
      Plot.axisY({
        ...{ ticks: axis.ticks as number[], tickFormat: axis.tickFormat as (value: number) => string },
        ...{ label, labelArrow: "none", tickSize: 0 },
      }),
      right && rightAxis(right, axis),
      bands.map(({ points, color }) =>
        Plot.areaY(points, { x: "x", y1: "low", y2: "high", fill: color, fillOpacity: 0.22 }),
      ),
      references.map(({ y, text }) => [
        Plot.ruleY([y], { strokeDasharray: "2 4", strokeOpacity: 0.8 }),
        Plot.text([{ x: end, y }], { x: "x", y: "y", text: () => text, textAnchor: "start", dx: 8, fillOpacity: 0.75 }),
      ]),
      lines.map(({ points, color, dash = "none", mark = "circle", stopped = false, seed }) => {
        const shown = raise(points);
        const lastShown = shown.filter(({ y }) => Number.isFinite(y)).slice(-1);
        return [
          Plot.lineY(shown, {
            x: "x",
            y: "y",
            stroke: color,
            strokeWidth,
            strokeDasharray: dash,
            strokeLinejoin: "round",
          }),
          stopped
            ? Plot.dot(lastShown, { x: "x", y: "y", symbol: "times", stroke: color, strokeWidth: 2.5, r: 6 })
            : Plot.dot(lastShown, {
                ...{ x: "x", y: "y", fill: color, r: marks.size > 1 || seeds === 1 ? 3.5 : 2.5 },
                ...{ symbol: marks.size > 1 ? (marks.get(seed) ?? mark) : mark },
              }),
        ];
      }),
    ],
  });
  const ends = [...marks].flatMap(([seed, mark]) =>
    marks.size > 1 ? [{ label: `seed ${seed}`, color: "currentColor", shape: "dot" as const, mark }] : [],
  );
  return entries.length > 0 ? stack([legend([...entries, ...ends]), chart]) : chart;
}

/** A mark for each seed; none where there are more seeds than marks. */
function marksOf(lines: readonly Line[]): ReadonlyMap<number | undefined, Mark> {
  const seeds = [...new Set(lines.flatMap(({ seed }) => seed ?? []))];
  if (seeds.length > MARKS.length) return new Map();
  return new Map(MARKS.slice(0, seeds.length).map((mark, i) => [seeds[i], mark]));
}

function rightAxis({ label, factor, color }: NonNullable<TimeChart["right"]>, { domain }: Axis) {
  const [low, high] = domain as [number, number];
  const ticks = evenTicks([low * factor, high * factor]);
  return Plot.axisY(
    ticks.map((tick) => tick / factor),
    {
      ...{ anchor: "right", label, labelArrow: "none", labelAnchor: "top", color, tickSize: 0 },
      tickFormat: (y: number) => formatTick(y * factor),
    },
  );
}
