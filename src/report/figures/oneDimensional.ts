import * as Plot from "@observablehq/plot";
import type { OneDimensionalFigure } from "../../figures/oneDimensional.js";
import { type Drawing, FONT_SIZE, REAL, stack } from "../drawing/drawing.js";
import { legend } from "../drawing/legend.js";
import { plot } from "../drawing/plot.js";
import { type Axis, extent, floorOf, linearAxis, logAxis } from "../drawing/scale.js";
import type { Line, Point } from "../drawing/timeChart.js";
import { type Look, looksOf, sharesCritic } from "../looks.js";
import type { Group } from "../summary.js";
import { density } from "./density.js";
import type { Figure } from "./figure.js";

type Curve = OneDimensionalFigure["curves"][number];

const FAKE = "#c9a227";
const DASHED = "6 4";
/** Narrower than other figures, so that three stand side by side. */
const WIDTH = 380;

/** A curve under the name of the run whose critic it shows. */
export interface NamedCurve {
  readonly curve: Curve;
  /** Of the run; of the curve's own pairing where none of the runs has such a critic. */
  readonly look: Look;
  /** Whether one of the runs has such a critic. */
  readonly ran: boolean;
  /** The condition that the curve was drawn with, in words, where the run had another; else `null`. */
  readonly drawnWith: string | null;
}

/** The figure's curves, each named for the run that it stands for: one of the same pairing, or else one with the same optimal critic. */
export function namedCurves({ curves }: OneDimensionalFigure, groups: readonly Group[]): readonly NamedCurve[] {
  const looks = groups.map(({ look }) => look);
  return looksOf(curves.map(({ loss }) => loss)).flatMap((own, i) => {
    const curve = curves[i];
    if (!curve) return [];
    const run = looks.find(({ name }) => name === own.name) ?? looks.find((look) => sharesCritic(own, look));
    return { curve, look: run ?? own, ran: run !== undefined, drawnWith: drawnWith(own, run ?? own) };
  });
}

/** The outputs of discriminator and critic over two distributions with nothing in common, and the feedback of both. */
export function oneDimensionalFigures(figure: OneDimensionalFigure, groups: readonly Group[]): Figure[] {
  const named = namedCurves(figure, groups);
  const outputs = named.map(({ curve, look, drawnWith }) => ({
    name: `one-dimensional-${curve.loss}`,
    alt: `${labelOf(look, drawnWith)}: the output over two Gaussians with nothing in common`,
    drawing: drawOutput(figure, curve, look, labelOf(look, drawnWith)),
    look,
    ...(drawnWith !== null && { title: `with the ${drawnWith}` }),
  }));
  const feedback = {
    name: "one-dimensional-feedback",
    alt: "The feedback that a generated sample gets at each place, on a logarithmic scale",
    drawing: drawFeedback(figure, named),
    title: "feedback",
  };
  return [...outputs, feedback];
}

/** The mean feedback that each curve of the figure gives the generated samples, in their order. */
export function disjointFeedback({ x, fake, curves }: OneDimensionalFigure): readonly number[] {
  const places = Array.from(fake, (at) => nearest(x, at));
  return curves.map(
    ({ feedback }) => places.reduce((sum, place) => sum + (feedback[place] ?? Number.NaN), 0) / places.length,
  );
}

function drawnWith(trained: Look, run: Look): string | null {
  return trained.constraint.name === run.constraint.name ? null : trained.constraint.title;
}

function labelOf({ label }: Look, drawnWith: string | null): string {
  return drawnWith === null ? label : `${label}, ${drawnWith}`;
}

function drawOutput(figure: OneDimensionalFigure, curve: Curve, { color, mark }: Look, label: string): Drawing {
  const probability = curve.output === "probability";
  const axis = probability ? linearAxis([], [0, 1]) : linearAxis([...curve.values]);
  const best = probability ? null : besideCurve(figure, curve);
  const chart = panel(figure, { ...axis, label: probability ? "probability of being real, d(x)" : "score, c(x)" }, [
    curveOf(pointsOf(figure.x, curve.values), { color, mark }),
    best && Plot.lineY(pointsOf(figure.x, best), { x: "x", y: "y", stroke: "currentColor", strokeDasharray: DASHED }),
  ]);
  const entries = [
    { label, color, mark },
    ...(best ? [{ label: "optimal", color: "currentColor", dash: DASHED }] : []),
  ];
  return stack([legend([...entries, ...keys()], WIDTH), chart]);
}

/** The optimal critic, moved to where it agrees with a curve half-way between real samples and fakes: scores count up to a constant. */
function besideCurve({ real, fake, x, optimal }: OneDimensionalFigure, { values }: Curve): Float32Array {
  const meanAt = (samples: Float32Array, curve: Float32Array) =>
    samples.reduce((sum, sample) => sum + (curve[nearest(x, sample)] ?? Number.NaN), 0) / samples.length;
  const middle = (curve: Float32Array) => (meanAt(real, curve) + meanAt(fake, curve)) / 2;
  const shift = middle(values) - middle(optimal);
  return optimal.map((score) => score + shift);
}

function drawFeedback(figure: OneDimensionalFigure, named: readonly NamedCurve[]): Drawing {
  const axis = logAxis(named.flatMap(({ curve }) => [...curve.feedback]));
  const floor = floorOf(axis);
  const chart = panel(
    figure,
    { ...axis, label: "feedback to a generated sample at x" },
    named.map(({ curve, look }) => {
      const raised = curve.feedback.map((value) => Math.max(value, floor));
      return curveOf(pointsOf(figure.x, raised), look);
    }),
  );
  const entries = named.map(({ look, drawnWith }) => ({
    label: labelOf(look, drawnWith),
    color: look.color,
    dash: look.dash,
    mark: look.mark,
  }));
  return stack([legend([...entries, ...keys()], WIDTH), chart]);
}

/** A curve over the line, with its mark at both ends. */
function curveOf(points: readonly Point[], { color, dash = "none", mark }: Pick<Line, "color" | "dash" | "mark">) {
  const at = { x: "x", y: "y" };
  return [
    Plot.lineY(points, { ...at, stroke: color, strokeWidth: 3, strokeDasharray: dash }),
    Plot.dot([...points.slice(0, 1), ...points.slice(-1)], { ...at, symbol: mark ?? "circle", fill: color, r: 4.5 }),
  ];
}

/** Axes with the two densities at their foot. */
function panel(figure: OneDimensionalFigure, axis: Axis & { readonly label: string }, marks: Plot.Markish[]): Drawing {
  const domain = extent(figure.x);
  return plot({
    width: WIDTH,
    height: 270,
    marginLeft: 58,
    marginRight: 14,
    marginTop: 28,
    marginBottom: 40,
    style: { fontSize: `${FONT_SIZE}px` },
    x: { domain, label: "x", labelArrow: "none", labelAnchor: "center", ticks: 8, tickSize: 4 },
    y: { ...axis, labelArrow: "none", tickSize: 0 },
    marks: [
      Plot.gridY({ ticks: axis.ticks as number[], strokeOpacity: 0.13 }),
      foot(figure.real, domain, axis, REAL),
      foot(figure.fake, domain, axis, FAKE),
      ...marks,
    ],
  });
}

/** A density as an area over the lower part of the axes. */
function foot(values: Float32Array, domain: readonly [number, number], axis: Axis, fill: string) {
  const curve = density(values, domain);
  const highest = Math.max(...curve.map(({ y }) => y));
  const [low, high] = axis.domain as [number, number];
  const heightOf = (share: number) => (axis.type === "log" ? low * (high / low) ** share : low + (high - low) * share);
  return Plot.areaY(curve, { x: "x", y1: low, y2: ({ y }) => heightOf((0.3 * y) / highest), fill, fillOpacity: 0.4 });
}

function keys() {
  return [
    { label: "real", color: REAL, shape: "band" as const },
    { label: "generated", color: FAKE, shape: "band" as const },
  ];
}

function pointsOf(x: Float32Array, y: Float32Array): readonly Point[] {
  return Array.from(y, (value, i) => ({ x: x[i] ?? Number.NaN, y: value }));
}

function nearest(x: Float32Array, value: number): number {
  const distances = x.map((candidate) => Math.abs(candidate - value));
  return distances.indexOf(distances.reduce((least, distance) => Math.min(least, distance), Infinity));
}
