import type { Fill, Pen, Stroke } from "../pens/pen.js";
import { type Plane, placesOf } from "../plane.js";

/** The area of a quadrilateral of four corners, flat: of one that crosses itself both parts count. */
export function quadArea(corners: ArrayLike<number>): number {
  const at = (i: number): [number, number] => [corners[2 * i]!, corners[2 * i + 1]!];
  return triangleArea(at(0), at(1), at(2)) + triangleArea(at(0), at(2), at(3));
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
  const at = (row: number, column: number) => places.subarray(2 * (row * side + column), 2 * (row * side + column) + 2);
  const fair = (plane.box.width * plane.box.height) / (side - 1) ** 2 / 4;
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const quad = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)];
      const corners = quad.flatMap(([x, y]) => [x!, y!]);
      pen.areas([corners], { ...fill, opacity: cellOpacity(quadArea(corners), fair) });
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

type Place = readonly [number, number];

function triangleArea([ax, ay]: Place, [bx, by]: Place, [cx, cy]: Place): number {
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
}
