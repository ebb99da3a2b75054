import type { TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { Rng } from "../random.js";

/** After this many power iterations the norm of a random matrix is known to a few percent; updates refine it. */
const ITERATIONS = 15;

/**
 * Nearly the top singular vectors of a weight, as a matrix of its first axis against all others: rows u `[1, rows]` and v
 * `[1, columns]` of length 1, by power iterations from a random u. With a random u alone the first updates would divide by far
 * too small a norm.
 * @throws InputError where the weight, called `name`, is all 0
 */
export function topSingularVectors(
  name: string,
  { shape, data }: TensorData,
  rng: Rng,
): { readonly u: TensorData; readonly v: TensorData } {
  const rows = shape[0]!;
  const columns = data.length / rows;
  const u = Float64Array.from(rng.normals(rows));
  const v = new Float64Array(columns);
  for (let i = 0; i < ITERATIONS; i++) {
    v.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) v[column]! += u[row]! * data[row * columns + column]!;
    }
    normalise(v, name);
    u.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) u[row]! += v[column]! * data[row * columns + column]!;
    }
    normalise(u, name);
  }
  return {
    u: { shape: [1, rows], data: Float32Array.from(u) },
    v: { shape: [1, columns], data: Float32Array.from(v) },
  };
}

function normalise(vector: Float64Array, name: string): void {
  const length = Math.sqrt(vector.reduce((total, element) => total + element * element, 0));
  if (!(length > 0)) {
    throw new InputError(
      `Spectral normalisation divides the weight "${name}" by its norm, which is 0: start it from random numbers, not zeros.`,
    );
  }
  for (let i = 0; i < vector.length; i++) vector[i]! /= length;
}
