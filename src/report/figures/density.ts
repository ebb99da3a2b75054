import { quantile } from "../../quantile.js";
import { extent } from "../drawing/scale.js";
import type { Point } from "../drawing/timeChart.js";

const POINTS = 160;

/**
 * A Gaussian kernel estimate of the density of numbers on a line, with Silverman's bandwidth 0.9 min(s, IQR / 1.34) n^(-1/5)
 * (Silverman 1986, equation 3.31), at points spread evenly over `domain`.
 */
export function density(all: Float32Array | Float64Array, domain: readonly [number, number]): Point[] {
  const values = Float64Array.from(all).filter(Number.isFinite).sort();
  const n = values.length;
  if (n === 0) return [];
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  const quartiles = quantile(values, 0.75) - quantile(values, 0.25);
  const spread = Math.min(deviation, quartiles / 1.34 || deviation);
  const bandwidth = Math.max(0.9 * spread * n ** -0.2, (domain[1] - domain[0]) / POINTS);
  const norm = 1 / (n * bandwidth * Math.sqrt(2 * Math.PI));
  return Array.from({ length: POINTS + 1 }, (_, i) => {
    const x = domain[0] + ((domain[1] - domain[0]) * i) / POINTS;
    return { x, y: norm * values.reduce((sum, value) => sum + Math.exp(-0.5 * ((x - value) / bandwidth) ** 2), 0) };
  });
}

/** The line from the smallest to the largest of numbers, with a margin on both sides. */
export function lineAround(values: Float32Array | Float64Array): readonly [number, number] {
  const [low, high] = extent(values);
  const margin = 0.2 * (high - low) || 1;
  return [low - margin, high + margin];
}
