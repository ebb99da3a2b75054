import type { Segment } from "./layout.js";

/** Widths of arrows, in pixels: what flows forward, the least of a gradient, what each 1 of its size adds, and the most. */
const FORWARD = 2.5;
const LEAST = 1.5;
const UNIT = 10;
const MOST = 18;
const HEAD = 9;

/** A gradient smaller than this has vanished. */
export const VANISHED = 0.01;

/** How wide the arrow of a gradient is: in proportion to its size, up to a most; forward ones are always alike. */
export function arrowWidth(size: number | null): number {
  if (size === null) return FORWARD;
  return Number.isFinite(size) ? Math.min(MOST, LEAST + UNIT * size) : LEAST;
}

/** The outline of an arrow along a segment, as a path. */
export function arrowPath({ from: [x0, y0], to: [x1, y1] }: Segment, width: number): string {
  const length = Math.hypot(x1 - x0, y1 - y0);
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const at = (along: number, aside: number) =>
    `${(x0 + ux * along - uy * aside).toFixed(1)},${(y0 + uy * along + ux * aside).toFixed(1)}`;
  const start = 3;
  const tip = length - 3;
  const neck = tip - HEAD;
  const [half, wing] = [width / 2, width / 2 + 4];
  const outline = [at(start, half), at(neck, half), at(neck, wing), at(tip, 0), at(neck, -wing), at(neck, -half)];
  return `M${[...outline, at(start, -half)].join("L")}Z`;
}
