import { createRng } from "../random.js";
import type { Potentials } from "./certificate.js";
import type { Costs } from "./costs.js";
import { cTransform, transposedCTransform } from "./cTransform.js";
import { networkSimplex, type SimplexProgress, type SimplexSolution } from "./networkSimplex.js";
import { wholeUnits } from "./weights.js";

/** Each sample holds a quarter of the points of the next, and the first about this many of each side. */
const ratio = 4;
const smallest = 200;

/**
 * Network simplex on growing samples of the points. The potentials that solve a sample, extended to all points of the next by
 * c-transforms, are close to those that solve that one, so it starts near its end.
 *
 * @param supply whole numbers above zero; `demand` likewise, with the same sum
 */
export function* coarseToFine(
  costs: Costs,
  supply: Float64Array,
  demand: Float64Array,
): Generator<SimplexProgress, SimplexSolution> {
  const start = yield* startingPotentials(costs, supply, demand);
  return yield* networkSimplex(costs, supply, demand, start);
}

function* startingPotentials(
  costs: Costs,
  supply: Float64Array,
  demand: Float64Array,
): Generator<SimplexProgress, Potentials> {
  const { rows, columns } = costs;
  if (Math.max(rows, columns) <= smallest) return { u: new Float64Array(rows), v: new Float64Array(columns) };
  const someRows = sample(rows);
  const someColumns = sample(columns);
  const units = wholeUnits(
    Float64Array.from(someRows, (i) => supply[i]!),
    Float64Array.from(someColumns, (j) => demand[j]!),
  );
  const { potentials } = yield* coarseToFine(costs.restrict(someRows, someColumns), units.source, units.target);
  const v = transposedCTransform(costs, someRows, potentials.u);
  return { u: cTransform(costs, v).values, v };
}

/** A random quarter of `0 .. count - 1`, the same each time. */
function sample(count: number): Int32Array {
  const rng = createRng(count);
  const indices = Int32Array.from({ length: count }, (_, i) => i);
  const size = Math.ceil(count / ratio);
  for (let i = 0; i < size; i++) {
    const j = i + rng.integer(count - i);
    [indices[i], indices[j]] = [indices[j]!, indices[i]!];
  }
  return indices.slice(0, size);
}
