import type { LatentClasses } from "./latentClasses.js";

/**
 * What is known of a row: for each column the weights of its cells, `[cells]`, or `null` where nothing is known. Weights of 1 and 0 say
 * that the cell is one of a set; others are likelihoods.
 */
export type Evidence = readonly (Float32Array | null)[];

export interface Posterior {
  /** How likely each class is, given the evidence, `[classes]` with sum 1; all 0 where the evidence is impossible. */
  readonly weights: Float64Array;
  /** The logarithm of the evidence's probability, in nats; -Infinity where it is impossible. */
  readonly logProbability: number;
}

/**
 * How likely the classes of a row are, given what is known of it: with E_j[v] the evidence on column j,
 *
 *     p(c | E) = weights[c] prod_j sum_v E_j[v] columns[j][c, v] / p(E)
 *
 * Sets of cells that no row had together are improbable (each class has a pseudo-row of all cells), but impossible only where a column has
 * no allowed cell that any row had.
 */
export function posterior({ weights, columns }: LatentClasses, evidence: Evidence): Posterior {
  const joint = Float64Array.from(weights, Math.log);
  evidence.forEach((allowed, j) => {
    const probabilities = columns[j];
    if (!allowed || !probabilities) return;
    for (let c = 0; c < joint.length; c++) {
      let sum = 0;
      for (let v = 0, at = c * allowed.length; v < allowed.length; v++, at++) sum += allowed[v]! * probabilities[at]!;
      joint[c]! += Math.log(sum);
    }
  });
  const highest = joint.reduce((highest, value) => Math.max(highest, value), -Infinity);
  if (highest === -Infinity) return { weights: new Float64Array(joint.length), logProbability: -Infinity };
  const relative = joint.map((value) => Math.exp(value - highest));
  const total = relative.reduce((sum, value) => sum + value, 0);
  return { weights: relative.map((value) => value / total), logProbability: highest + Math.log(total) };
}
