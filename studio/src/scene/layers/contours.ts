import { contours } from "d3-contour";
import type { Grid } from "../grid.js";
import type { Pen, Stroke } from "../pens/pen.js";
import { type Plane, placesOf } from "../plane.js";

export interface Contour {
  readonly level: number;
  /** Rings of samples `[count, 2]` around where the values are at least the level; along the edge they run outside of the rectangle. */
  readonly rings: readonly Float32Array[];
}

/** Lines of equal value, by marching squares. */
export function contoursOf({ values, side, frame }: Grid, levels: readonly number[]): Contour[] {
  const march = contours().size([side, side]);
  const grid = Array.from(values);
  const at = ([low, high]: readonly [number, number], cell: number) => low + ((cell - 0.5) / (side - 1)) * (high - low);
  return levels.map((level) => ({
    level,
    rings: march
      .contour(grid, level)
      .coordinates.flatMap((polygon) =>
        polygon.map((ring) => Float32Array.from(ring.flatMap(([x, y]) => [at(frame.x, x!), at(frame.y, y!)]))),
      ),
  }));
}

export function drawContours(
  pen: Pen,
  plane: Plane,
  found: readonly Contour[],
  strokeOf: (level: number) => Stroke,
): void {
  for (const { level, rings } of found) {
    if (rings.length === 0) continue;
    pen.lines(
      rings.map((ring) => placesOf(plane, ring)),
      strokeOf(level),
    );
  }
}
