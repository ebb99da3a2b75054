import { createRng } from "../../dist/random.js";

/** Two normal clouds of `count` points whose means differ by half a deviation. */
export function clouds(count, dimension) {
  const rng = createRng(count + dimension);
  const shift = 0.5 / Math.sqrt(dimension);
  const a = Float64Array.from(rng.normals(count * dimension));
  const b = Float64Array.from(rng.normals(count * dimension), (x) => x + shift);
  return { a: { points: a, dimension }, b: { points: b, dimension } };
}
