import * as Plot from "@observablehq/plot";
import type { Histogram, NumberMarginal } from "../../figures/numberMarginal.js";
import { type Drawing, FONT_SIZE, REAL, stack } from "../drawing/drawing.js";
import { plot } from "../drawing/plot.js";
import { extent } from "../drawing/scale.js";
import type { ValueStyle } from "./values.js";

/** Synthetic rows: a colour of the page, see `judgeStyle`. */
export const SYNTHETIC = "var(--synthetic)";

const WIDTH = 340;
const FRAME = { width: WIDTH, marginLeft: 10, marginRight: 10, color: { type: "identity" } } as const;
const AXIS = { style: { fontSize: `${FONT_SIZE}px` } };
const TICKS = 4;

/**
 * Real rows as a filled histogram and synthetic ones as an outline; below them both distribution functions, with an upright line where they are
 * furthest apart.
 */
export function drawMarginal(histogram: Histogram, gap: NumberMarginal["gap"], style: ValueStyle): Drawing {
  const { edges, real, synthetic } = histogram;
  const x = xScale(histogram, style);
  const bins = plot({
    ...FRAME,
    height: 104,
    marginTop: 6,
    marginBottom: 4,
    x: { ...x, axis: null },
    y: { axis: null },
    marks: [filled(edges, real, style), outlined(edges, synthetic, style), Plot.ruleY([0], { strokeOpacity: 0.4 })],
  });
  return stack([bins, drawCurves(histogram, gap, style)]);
}

/** Histograms over the same bins on one axis, the first filled and the second an outline, a third dashed. */
export function drawHistograms(
  edges: readonly number[],
  [first = [], second = [], third = []]: readonly (readonly number[])[],
  { label, style }: { readonly label: string; readonly style: ValueStyle },
): Drawing {
  return plot({
    ...FRAME,
    ...AXIS,
    width: 420,
    height: 210,
    marginTop: 8,
    marginBottom: 44,
    x: {
      ...{ ...xScale({ edges, scale: "linear" }, style), label, labelAnchor: "center", labelArrow: "none" },
      ...{ tickSize: 4, labelOffset: 38 },
    },
    y: { axis: null },
    marks: [
      filled(edges, first, style),
      outlined(edges, third, style, { stroke: "currentColor", strokeDasharray: "3 3", strokeWidth: 1.5 }),
      outlined(edges, second, style),
      Plot.ruleY([0], { strokeOpacity: 0.4 }),
    ],
  });
}

function drawCurves({ edges, scale, curves }: Histogram, gap: NumberMarginal["gap"], style: ValueStyle): Drawing {
  const place = placeOf(style);
  const points = curves.map(({ x, real, synthetic }) => ({ x: place(x), real, synthetic }));
  // Months and days have their years below them.
  const below = style.milliseconds === null ? 26 : 38;
  const [low, high] = extent(edges);
  const shown = gap && gap.at >= low && gap.at <= high ? [gap] : [];
  return plot({
    ...FRAME,
    ...AXIS,
    height: 70 + below,
    marginTop: 8,
    marginBottom: below,
    x: { ...xScale({ edges, scale }, style), label: null, tickSize: 4 },
    y: { axis: null, domain: [0, 1] },
    marks: [
      Plot.ruleY([0, 1], { strokeOpacity: 0.15 }),
      Plot.line(points, { x: "x", y: "real", stroke: REAL, strokeWidth: 3.5, strokeOpacity: 0.75 }),
      Plot.line(points, { x: "x", y: "synthetic", stroke: SYNTHETIC, strokeWidth: 1.75 }),
      Plot.ruleX(shown, { x: ({ at }) => place(at), y1: 0, y2: 1, strokeDasharray: "2 3", strokeOpacity: 0.6 }),
      Plot.ruleX(shown, { x: ({ at }) => place(at), y1: "real", y2: "synthetic", strokeWidth: 4 }),
    ],
  });
}

function filled(edges: readonly number[], shares: readonly number[], style: ValueStyle): Plot.Markish {
  const place = placeOf(style);
  const bins = shares.map((share, i) => ({ from: place(edges[i] ?? 0), to: place(edges[i + 1] ?? 0), share }));
  return Plot.rectY(bins, { x1: "from", x2: "to", y: "share", fill: REAL, fillOpacity: 0.55, inset: 0 });
}

function outlined(
  edges: readonly number[],
  shares: readonly number[],
  style: ValueStyle,
  stroke: Plot.LineOptions = { stroke: SYNTHETIC, strokeWidth: 2 },
): Plot.Markish {
  const place = placeOf(style);
  // From the base line and back to it.
  const heights = shares.length === 0 ? [] : [0, ...shares, 0];
  const points = heights.map((share, i) => ({ x: place(edges[Math.max(0, i - 1)] ?? 0), share }));
  return Plot.line(points, { x: "x", y: "share", curve: "step-after", ...stroke });
}

/** Places in time are dates to Plot, which then has ticks at whole days, months or years. */
function placeOf({ milliseconds }: ValueStyle): (value: number) => number | Date {
  return milliseconds === null ? (value) => value : (value) => new Date(value * milliseconds);
}

function xScale({ edges, scale }: Pick<Histogram, "edges" | "scale">, style: ValueStyle): Plot.ScaleOptions {
  const domain = extent(edges);
  if (style.milliseconds !== null) return { type: "utc", domain: domain.map(placeOf(style)), ticks: TICKS };
  if (scale === "log") return { type: "log", domain, ticks: logTicks(domain), tickFormat: style.tick };
  return { type: "linear", domain, ticks: style.ticks?.(...domain) ?? TICKS, tickFormat: style.tick };
}

/** A few powers of ten; where there is hardly one, round numbers between them too. */
function logTicks([low, high]: readonly [number, number]): number[] {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const step = Math.ceil((last - first) / TICKS);
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  return Array.from({ length: last - first + 1 }, (_, i) => i)
    .filter((i) => i % step === 0)
    .flatMap((i) => factors.map((factor) => factor * 10 ** (first + i)))
    .filter((tick) => tick >= low && tick <= high);
}
