import { InputError } from "../errors.js";
import { exponentOf, timesPowerOfTwo } from "./powersOfTwo.js";

type Points = Float64Array | Float32Array;

/** A sum of squares up to this may have lost digits to underflow. */
export const faintSquare = 2 ** -960;

/** `|a_i - b_j|^2` for points `[count, dimension]`, from differences: what all coordinates have in common costs no digits. */
export function squaredDistance(a: Points, i: number, b: Points, j: number, dimension: number): number {
  let sum = 0;
  for (let k = 0, p = i * dimension, q = j * dimension; k < dimension; k++, p++, q++) sum += (a[p]! - b[q]!) ** 2;
  return sum;
}

/** `|a_i - b_j|`, right also where its square would be too large or too small for float64. */
export function euclideanDistance(a: Points, i: number, b: Points, j: number, dimension: number): number {
  const square = squaredDistance(a, i, b, j, dimension);
  if (square > faintSquare && square < Infinity) return Math.sqrt(square);
  const difference = (k: number) => Math.abs(a[i * dimension + k]! - b[j * dimension + k]!);
  let largest = 0;
  for (let k = 0; k < dimension; k++) largest = Math.max(largest, difference(k));
  if (largest === 0 || largest === Infinity) return largest;
  const exponent = exponentOf(largest);
  let sum = 0;
  for (let k = 0; k < dimension; k++) sum += timesPowerOfTwo(difference(k), -exponent) ** 2;
  return timesPowerOfTwo(Math.sqrt(sum), exponent);
}

/** A distance that float64 can hold. Throws `InputError` for another. */
export function representable(distance: number): number {
  if (distance < Infinity) return distance;
  throw new InputError("The distance is beyond the range of float64 (1.8e308); scale the points or the costs down.");
}
