import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";

/** What is left of a vector when those before it are taken out; less than this share is rounding. */
const SMALLEST_SHARE = 1e-6;

/**
 * A matrix whose columns, or rows where those are fewer, are orthonormal and span, one after the other, what those of the given one do:
 * by Gram and Schmidt's process in float64, each vector twice ("twice is enough": Giraud et al. 2005).
 * @param matrix `[rows, columns]`, called `name`
 * @throws InputError where one is a combination of those before it
 */
export function orthonormal(name: string, { shape, data }: TensorData): TensorData {
  const [rows, columns] = shape as [number, number];
  const wide = rows < columns;
  const [count, length] = wide ? [rows, columns] : [columns, rows];
  const at = (vector: number, i: number) => (wide ? vector * columns + i : i * columns + vector);
  const vectors = Array.from({ length: count }, (_, k) => Float64Array.from({ length }, (_, i) => data[at(k, i)]!));
  vectors.forEach((vector, k) => {
    const before = Math.hypot(...vector);
    for (let pass = 0; pass < 2; pass++) {
      for (const other of vectors.slice(0, k)) {
        const share = dot(vector, other);
        for (let i = 0; i < length; i++) vector[i]! -= share * other[i]!;
      }
    }
    const left = Math.sqrt(dot(vector, vector));
    if (!(left > SMALLEST_SHARE * before)) {
      throw new InputError(
        `The weight "${name}" cannot be made orthogonal: its ${wide ? "rows" : "columns"} depend on each other; start it from random numbers.`,
      );
    }
    for (let i = 0; i < length; i++) vector[i]! /= left;
  });
  const result = new Float32Array(data.length);
  for (const [k, vector] of vectors.entries()) {
    for (const [i, value] of vector.entries()) result[at(k, i)] = value;
  }
  return { shape, data: result };
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i]! * b[i]!;
  return total;
}
