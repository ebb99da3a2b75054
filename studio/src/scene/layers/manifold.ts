import type { Fill, Pen, Stroke } from "../pens/pen.js";
import { type Plane, placesOf } from "../plane.js";

/** Cells less opaque than this are left to the lines around them. */
const FAINTEST = 0.02;

/** The area of a quadrilateral of four corners, flat: of one that crosses itself both parts count. */
export function quadArea(corners: ArrayLike<number>): number {
  return triangleArea(corners, 1, 2) + triangleArea(corners, 2, 3);
}

/** How opaque a cell is: 0.6 where all its latents fall on a point, half of that where it has its share `fair` of the plane. */
export function cellOpacity(area: number, fair: number): number {
  return (0.6 * fair) / (fair + area);
}

/**
 * Where the generator puts a square grid of latents: each cell holds as many latents as any other, so that small cells are drawn dense.
 * @param manifold samples `[side, side, 2]`
 */
export function drawManifold(
  pen: Pen,
  plane: Plane,
  manifold: Float32Array,
  side: number,
  fill: Fill,
  stroke: Stroke,
): void {
  const places = placesOf(plane, manifold);
  const fair = (plane.box.width * plane.box.height) / (side - 1) ** 2 / 4;
  const corners = new Float32Array(8);
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const [low, high] = [2 * (row * side + column), 2 * ((row + 1) * side + column)];
      for (const [corner, place] of [low, low + 2, high + 2, high].entries()) {
        corners[2 * corner] = places[place]!;
        corners[2 * corner + 1] = places[place + 1]!;
      }
      const opacity = cellOpacity(quadArea(corners), fair);
      if (opacity >= FAINTEST) pen.areas([corners], { ...fill, opacity });
    }
  }
  pen.lines(gridLines(places, side), stroke);
}

/** The rows and the columns of a grid of places. */
function gridLines(places: Float32Array, side: number): Float32Array[] {
  return Array.from({ length: side }, (_, i) => [
    places.subarray(2 * i * side, 2 * (i + 1) * side),
    Float32Array.from({ length: 2 * side }, (_, j) => places[2 * ((j >> 1) * side + i) + (j & 1)]!),
  ]).flat();
}

/** Of the first corner and two others. */
function triangleArea(corners: ArrayLike<number>, i: number, j: number): number {
  const [x, y] = [corners[0]!, corners[1]!];
  const [ax, ay] = [corners[2 * i]! - x, corners[2 * i + 1]! - y];
  const [bx, by] = [corners[2 * j]! - x, corners[2 * j + 1]! - y];
  return Math.abs(ax * by - bx * ay) / 2;
}
