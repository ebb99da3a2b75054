import { InputError } from "../errors.js";
import type { Rng } from "../random.js";
import type { LatentClasses } from "./latentClasses.js";
import { type Evidence, posterior } from "./posterior.js";

/** Rows drawn from latent classes. */
export interface DrawnCells {
  /** The class of each row, `[n]`. */
  readonly classes: Uint32Array;
  /** Of each column the cell of each row, `[n]`. */
  readonly codes: readonly Uint32Array[];
}

/**
 * `n` rows of a latent class model: a class for each, and then each column's cell by itself.
 * @param evidence what all of them fulfil: they are exact draws of p(row | evidence). Default: nothing.
 * @throws InputError where the evidence is impossible
 */
export function drawCells(latentClasses: LatentClasses, rng: Rng, n: number, evidence: Evidence = []): DrawnCells {
  const { weights, logProbability } = posterior(latentClasses, evidence);
  if (logProbability === -Infinity)
    throw new InputError(
      "No row can fulfil these conditions: the data has none of the values that one of them allows.",
    );
  const classes = new Uint32Array(n);
  const byWeight = cumulative(weights);
  for (let i = 0; i < n; i++) classes[i] = pick(byWeight, rng);
  const members = membersOf(classes, weights.length);
  const codes = latentClasses.columns.map((probabilities, j) => {
    const drawn = new Uint32Array(n);
    const cells = probabilities.length / weights.length;
    const allowed = evidence[j];
    members.forEach((rows, c) => {
      if (rows.length === 0) return;
      const ofClass = Float64Array.from(probabilities.subarray(c * cells, (c + 1) * cells));
      const byCell = cumulative(allowed ? ofClass.map((p, v) => p * allowed[v]!) : ofClass);
      for (const i of rows) drawn[i] = pick(byCell, rng);
    });
    return drawn;
  });
  return { classes, codes };
}

/** The rows of each class. */
function membersOf(classes: Uint32Array, count: number): readonly Uint32Array[] {
  const ends = new Uint32Array(count);
  for (const c of classes) ends[c]! += 1;
  for (let c = 1; c < count; c++) ends[c]! += ends[c - 1]!;
  const starts = Uint32Array.from(ends, (_, c) => (c === 0 ? 0 : ends[c - 1]!));
  const order = new Uint32Array(classes.length);
  const next = starts.slice();
  classes.forEach((c, i) => {
    order[next[c]!++] = i;
  });
  return Array.from(starts, (start, c) => order.subarray(start, ends[c]!));
}

function cumulative(weights: Float64Array): Float64Array {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** A place drawn in proportion to its weight: the first whose cumulative weight lies above a uniform share of the total. */
function pick(cumulative: Float64Array, rng: Rng): number {
  const target = rng.uniform() * cumulative[cumulative.length - 1]!;
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle]! > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
