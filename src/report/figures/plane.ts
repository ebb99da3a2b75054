import { extent } from "../drawing/scale.js";

/** The part of the plane that a picture shows. */
export interface Plane {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Around the real samples' first two columns, as wide as high, with a margin of a fifth on each side. */
export function planeAround(real: Float32Array | Float64Array, dimension: number): Plane {
  const [x, y] = [0, 1].map((axis) => extent(real.filter((_, i) => i % dimension === axis)));
  const half = 0.7 * (Math.max(x![1] - x![0], y![1] - y![0]) || 1);
  return { x: around(x!, half), y: around(y!, half) };
}

/** How many points lie outside of it, or are not finite. */
export function countOutside(values: Float32Array | Float64Array, dimension: number, { x, y }: Plane): number {
  let outside = 0;
  for (let i = 0; i + 1 < values.length; i += dimension) {
    const inside = values[i]! >= x[0] && values[i]! <= x[1] && values[i + 1]! >= y[0] && values[i + 1]! <= y[1];
    if (!inside) outside++;
  }
  return outside;
}

function around([low, high]: readonly [number, number], half: number): readonly [number, number] {
  const middle = (low + high) / 2;
  return [middle - half, middle + half];
}
