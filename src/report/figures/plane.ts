import { extent } from "../drawing/scale.js";

/** The part of the plane that a picture shows. */
export interface Plane {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Around the real samples' first two columns, as wide as high, with a margin of a fifth on each side. */
export function planeAround(real: Float32Array | Float64Array, dimension: number): Plane {
  const along = (axis: number) => extent(real.filter((_, i) => i % dimension === axis));
  const [x, y] = [along(0), along(1)];
  const half = 0.7 * (Math.max(x[1] - x[0], y[1] - y[0]) || 1);
  return { x: around(x, half), y: around(y, half) };
}

/** How many points lie outside of it, or are not finite. */
export function countOutside(values: Float32Array | Float64Array, dimension: number, { x, y }: Plane): number {
  let outside = 0;
  for (let i = 0; i + 1 < values.length; i += dimension) {
    const [px = Number.NaN, py = Number.NaN] = [values[i], values[i + 1]];
    if (!(px >= x[0] && px <= x[1] && py >= y[0] && py <= y[1])) outside++;
  }
  return outside;
}

function around([low, high]: readonly [number, number], half: number): readonly [number, number] {
  const middle = (low + high) / 2;
  return [middle - half, middle + half];
}
