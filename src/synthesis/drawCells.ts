import { InputError } from "../errors.js";
import type { Rng } from "../random.js";
import { weightedChoice } from "../tables/weightedChoice.js";
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
  const classes = new Uint32Array(n).map(weightedChoice(weights, rng));
  const members = membersOf(classes, weights.length);
  const codes = latentClasses.columns.map((probabilities, j) => {
    const drawn = new Uint32Array(n);
    const cells = probabilities.length / weights.length;
    const allowed = evidence[j];
    members.forEach((rows, c) => {
      if (rows.length === 0) return;
      const ofClass = probabilities.subarray(c * cells, (c + 1) * cells);
      const choose = weightedChoice(allowed ? ofClass.map((p, v) => p * allowed[v]!) : ofClass, rng);
      for (const i of rows) drawn[i] = choose();
    });
    return drawn;
  });
  return { classes, codes };
}

/** The rows of each class. */
function membersOf(classes: Uint32Array, count: number): readonly Uint32Array[] {
  const starts = new Uint32Array(count + 1);
  for (const c of classes) starts[c + 1]! += 1;
  for (let c = 0; c < count; c++) starts[c + 1]! += starts[c]!;
  const next = starts.slice();
  const rows = new Uint32Array(classes.length);
  classes.forEach((c, i) => {
    rows[next[c]!++] = i;
  });
  return Array.from({ length: count }, (_, c) => rows.subarray(starts[c]!, starts[c + 1]!));
}
