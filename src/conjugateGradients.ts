/** Iterations at most, and the share of the right side, in the norm of the inverse diagonal, at which the residual is small enough. */
const ITERATIONS = 50;
const RESIDUAL = 1e-3;

/**
 * About the solution x of A x = b by conjugate gradients, preconditioned by a diagonal, from x = 0 (Hestenes and Stiefel 1952). Every
 * iterate is a direction of ascent: b x > 0.
 * @param times the product of A, symmetric and positive semidefinite, with a vector
 * @param diagonal near to A's, above 0 wherever `right` is not 0
 * @param right in the range of A
 */
export function conjugateGradients(
  times: (vector: Float64Array) => Float64Array,
  diagonal: Float64Array,
  right: Float64Array,
): Float64Array {
  const preconditioned = (r: Float64Array) => r.map((value, k) => (value === 0 ? 0 : value / diagonal[k]!));
  const solution = new Float64Array(right.length);
  const residual = right.slice();
  let direction = preconditioned(residual);
  let size = dot(residual, direction);
  const enough = RESIDUAL ** 2 * size;
  for (let count = 0; count < ITERATIONS && size > enough; count++) {
    const product = times(direction);
    const curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    const length = size / curvature;
    for (let k = 0; k < solution.length; k++) {
      solution[k]! += length * direction[k]!;
      residual[k]! -= length * product[k]!;
    }
    const next = preconditioned(residual);
    const nextSize = dot(residual, next);
    const kept = nextSize / size;
    direction = next.map((value, k) => value + kept * direction[k]!);
    size = nextSize;
  }
  return solution;
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
