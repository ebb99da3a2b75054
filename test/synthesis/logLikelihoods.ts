import type { CodedColumn } from "../../src/synthesis/codedColumn.js";
import type { LatentClasses } from "../../src/synthesis/latentClasses.js";

/** Factors of a product before it is scaled, so that float64 holds it. */
const FACTORS = 7;

/**
 * log p(row) of each row under a latent class model, in nats, `[rows]`; -Infinity where a row has a cell that the model never makes. On
 * rows that it was not fitted to, the mean says how well it generalises.
 * @param columns of rows, in the model's cells
 */
export function logLikelihoods(
  { weights, columns: cells }: LatentClasses,
  columns: readonly CodedColumn[],
): Float64Array {
  const joint = new Float64Array(weights.length);
  return Float64Array.from(columns[0]?.codes ?? [], (_, i) => {
    joint.set(weights);
    let logarithm = 0;
    columns.forEach((column, j) => {
      const probabilities = cells[j]!;
      const code = column.codes[i]!;
      for (let c = 0, at = code; c < joint.length; c++, at += column.cells) joint[c]! *= probabilities[at]!;
      if (j % FACTORS === FACTORS - 1) logarithm += rescale(joint);
    });
    return logarithm + rescale(joint);
  });
}

/** Divides numbers by their sum, of which the logarithm is returned. */
function rescale(numbers: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < numbers.length; k++) sum += numbers[k]!;
  if (sum > 0) for (let k = 0; k < numbers.length; k++) numbers[k]! /= sum;
  return Math.log(sum);
}
