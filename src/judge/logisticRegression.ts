import { conjugateGradients } from "../conjugateGradients.js";
import type { EncodedRows } from "./encodedRows.js";

/** Weight of the squared length of the coefficients, as scikit-learn's default C = 1. */
const RIDGE = 1;
const MOST_STEPS = 30;
/** The gradient, a row, below which it has converged. */
const TOLERANCE = 1e-6;

/**
 * Logistic regression, the minimum over coefficients w and the intercept b of
 *
 *     sum over rows of log(1 + e^(-s (w x + b))) + |w|^2 / 2      with s = 1 where the label is 1, and -1 where it is 0
 *
 * by Newton's method, its linear equations solved by conjugate gradients.
 *
 * @param rows the places of the rows to train on
 * @param labels of all rows: 0 or 1
 * @returns the logit of each row, those that it was not trained on too
 */
export function logisticRegression(encoded: EncodedRows, rows: Int32Array, labels: Uint8Array): Float64Array {
  const { width } = encoded;
  const size = width + 1;
  const coefficients = new Float64Array(size);
  const penalty = Float64Array.from({ length: size }, (_, k) => (k < width ? RIDGE : 0));
  const unpreconditioned = new Float64Array(size).fill(1);
  let logits = new Float64Array(rows.length);

  function loss(at: Float64Array, values: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < rows.length; i++) sum += softplus(labels[rows[i]!]! === 1 ? -values[i]! : values[i]!);
    for (let k = 0; k < width; k++) sum += (RIDGE / 2) * at[k]! ** 2;
    return sum;
  }

  let value = loss(coefficients, logits);
  for (let step = 0; step < MOST_STEPS; step++) {
    const shares = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    const gradient = transposedTimes(
      encoded,
      rows,
      shares.map((share, i) => share - labels[rows[i]!]!),
    );
    for (let k = 0; k < size; k++) gradient[k]! += penalty[k]! * coefficients[k]!;
    if (gradient.every((slope) => Math.abs(slope) <= TOLERANCE * rows.length)) break;
    const curvature = (v: Float64Array) => {
      const rowed = times(encoded, rows, v);
      for (let i = 0; i < rowed.length; i++) rowed[i]! *= shares[i]! * (1 - shares[i]!);
      const product = transposedTimes(encoded, rows, rowed);
      for (let k = 0; k < size; k++) product[k]! += penalty[k]! * v[k]!;
      return product;
    };
    const direction = conjugateGradients(curvature, unpreconditioned, gradient);
    const change = times(encoded, rows, direction);
    for (let length = 1; ; length /= 2) {
      const next = coefficients.map((coefficient, k) => coefficient - length * direction[k]!);
      const nextLogits = logits.map((logit, i) => logit - length * change[i]!);
      const nextValue = loss(next, nextLogits);
      if (nextValue > value && length > 1e-6) continue;
      coefficients.set(next);
      logits = nextLogits;
      value = nextValue;
      break;
    }
  }
  return times(
    encoded,
    Int32Array.from({ length: encoded.rows }, (_, i) => i),
    coefficients,
  );
}

/** The rows times a vector of coefficients, of which the last one is the intercept. */
function times(
  { numbers, numberCount, codes, codeCount, width }: EncodedRows,
  rows: Int32Array,
  v: Float64Array,
): Float64Array {
  const products = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    let sum = v[width]!;
    for (let k = 0; k < numberCount; k++) sum += numbers[row * numberCount + k]! * v[k]!;
    for (let k = 0; k < codeCount; k++) sum += v[codes[row * codeCount + k]!]!;
    products[i] = sum;
  }
  return products;
}

function transposedTimes(
  { numbers, numberCount, codes, codeCount, width }: EncodedRows,
  rows: Int32Array,
  r: Float64Array,
): Float64Array {
  const products = new Float64Array(width + 1);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const factor = r[i]!;
    for (let k = 0; k < numberCount; k++) products[k]! += factor * numbers[row * numberCount + k]!;
    for (let k = 0; k < codeCount; k++) products[codes[row * codeCount + k]!]! += factor;
    products[width]! += factor;
  }
  return products;
}

/** log(1 + e^x) */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
