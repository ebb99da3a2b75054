import * as Plot from "@observablehq/plot";
import { type Drawing, FIGURE_WIDTH, FONT_SIZE, REAL, stack } from "../drawing/drawing.js";
import { dust } from "../drawing/dust.js";
import { legend } from "../drawing/legend.js";
import { plot } from "../drawing/plot.js";
import { formatCount } from "../format.js";
import { density, lineAround } from "./density.js";
import { countOutside, type Plane, planeAround } from "./plane.js";

export interface SamplesPicture {
  /** Fakes, `[count, ...shape]`, flat. */
  readonly samples: Float32Array | Float64Array;
  /** Real samples of the same shape. */
  readonly real: Float32Array | Float64Array;
  /** The shape of one sample, `[dimension]`. */
  readonly shape: readonly number[];
  /** The colour of the fakes, `#rrggbb`. */
  readonly color: string;
}

/**
 * Fakes over real samples: their densities where a sample is one number; points in the plane where it is two or more, by their first
 * two columns.
 */
export function drawSamples(picture: SamplesPicture): Drawing {
  const key = legend([
    { label: "real", color: REAL, shape: "dot" },
    { label: "generated", color: picture.color, shape: "dot" },
  ]);
  return stack([key, picture.shape[0] === 1 ? drawDensities(picture) : drawPoints(picture)]);
}

/** A small picture of the same with no axes, for rows of them. */
export function drawSmallSamples({ samples, real, shape, color }: SamplesPicture, side: number): Drawing {
  const options = { width: side, height: side, margin: 1 };
  const frame = Plot.frame({ strokeOpacity: 0.25 });
  if (shape[0] === 1) {
    const domain = lineAround(real);
    return plot({
      ...options,
      x: { domain, axis: null },
      y: { axis: null },
      marks: [densityMarks(samples, real, color, domain), frame],
    });
  }
  const [dimension] = shape as [number];
  const plane = planeAround(real, dimension);
  return plot({
    ...options,
    x: { domain: plane.x, axis: null },
    y: { domain: plane.y, axis: null },
    marks: [
      dust(some(real, dimension), dimension, { color: REAL, size: 1.2, opacity: 0.7 }),
      dust(some(samples, dimension), dimension, { color, size: 1.7 }),
      frame,
    ],
  });
}

function drawPoints({ samples, real, shape, color }: SamplesPicture): Drawing {
  const [dimension] = shape as [number];
  const plane = planeAround(real, dimension);
  return plot({
    ...axes(plane),
    marks: [
      Plot.frame({ strokeOpacity: 0.25 }),
      dust(real, dimension, { color: REAL, size: 4, opacity: 0.6 }),
      dust(samples, dimension, { color, size: 3.2, opacity: 0.85 }),
      outsideNote(countOutside(samples, dimension, plane), samples.length / dimension),
    ],
  });
}

function drawDensities({ samples, real, color }: SamplesPicture): Drawing {
  const domain = lineAround(real);
  return plot({
    width: FIGURE_WIDTH,
    height: 300,
    marginBottom: 36,
    style: { fontSize: `${FONT_SIZE}px` },
    x: { domain, label: null, ticks: 6 },
    y: { label: "density", labelArrow: "none", ticks: 4, tickSize: 0 },
    marks: [densityMarks(samples, real, color, domain), Plot.ruleY([0], { strokeOpacity: 0.4 })],
  });
}

/** The axes of a picture of the plane. */
export function axes({ x, y }: Plane) {
  const inner = FIGURE_WIDTH - 40 - 12;
  const height = Math.min(1.6, Math.max(0.5, (y[1] - y[0]) / (x[1] - x[0]))) * inner + 8 + 28;
  return {
    width: FIGURE_WIDTH,
    height: Math.round(height),
    marginLeft: 40,
    marginRight: 12,
    marginTop: 8,
    marginBottom: 28,
    style: { fontSize: `${FONT_SIZE}px` },
    x: { domain: x, ticks: 5, tickSize: 0, label: null },
    y: { domain: y, ticks: 5, tickSize: 0, label: null },
  };
}

function densityMarks(
  samples: Float32Array | Float64Array,
  real: Float32Array | Float64Array,
  color: string,
  domain: readonly [number, number],
) {
  return [
    Plot.areaY(density(real, domain), { x: "x", y: "y", fill: REAL, fillOpacity: 0.4 }),
    Plot.lineY(density(samples, domain), { x: "x", y: "y", stroke: color, strokeWidth: 2.5 }),
  ];
}

function outsideNote(outside: number, count: number) {
  if (outside === 0) return null;
  const text = `${formatCount(outside)} of ${formatCount(count)} lie outside`;
  return Plot.text([text], { frameAnchor: "bottom-right", dx: -8, dy: -8, fontStyle: "italic" });
}

/** The first points, as many as a small picture has room for. */
function some(values: Float32Array | Float64Array, dimension: number): Float32Array | Float64Array {
  return values.subarray(0, 500 * dimension);
}
