import { drawDistinct } from "../data/drawDistinct.js";
import type { Table } from "../tables/table.js";
import { takeRows } from "../tables/takeRows.js";
import { exactTransportSync } from "../transport/exact.js";
import { interval, type TablePair, type Work } from "./intervals.js";
import type { Distance } from "./results.js";
import { rowDistance, rowScaler, type ScaledRows } from "./scaledRows.js";
import type { Comparisons } from "./yardsticks.js";

/** Rows of a set at most, and sets: each costs an exact transport problem. */
const MOST_ROWS = 500;
const SETS = 10;
const PERMUTATIONS = 199;
/** Rows of a resample at most. */
const RESAMPLED_ROWS = 150;

/**
 * The exact Earth mover's distance between rows, where moving a row onto another costs Gower's distance with numbers as quantiles of the real
 * column: the mean share of a row that has to be changed. See `Distance`.
 */
export async function judgeDistance(comparisons: Comparisons<TablePair>, work: Work): Promise<Distance> {
  const { rng, turn } = work;
  const pairs = [comparisons.synthetic, comparisons.independent, comparisons.real];
  // Distances between samples depend on their size, so all sets have the same.
  const rows = Math.min(MOST_ROWS, ...pairs.flatMap(({ real, other }) => [real.rows, other.rows]));
  const scale = rowScaler(comparisons.synthetic.real, "quantile");
  const draw = ({ real, other }: TablePair): [ScaledRows, ScaledRows] => [
    scale(takeRows(real, drawDistinct(rng, real.rows, rows))),
    scale(takeRows(other, drawDistinct(rng, other.rows, rows))),
  ];
  const found: number[] = [];
  const deviations: Float64Array[] = [];
  for (const pair of pairs) {
    const distances = new Float64Array(SETS);
    for (let k = 0; k < SETS; k++) {
      distances[k] = transportDistance(...draw(pair));
      await turn();
    }
    found.push(mean(distances));
    deviations.push(await resampledDeviations(pair, rows, scale, work));
  }
  const resampled = Array.from({ length: work.resamples }, (_, k) =>
    found.map((value, i) => value + deviations[i]![k]!),
  );
  const score = (k: number) =>
    interval(
      Math.min(1, Math.max(0, scoreOf(found, k))),
      Float64Array.from(resampled, (values) => scoreOf(values, k)),
    );
  const distance = (k: number) =>
    interval(
      found[k]!,
      Float64Array.from(resampled, (values) => values[k]!),
    );
  return {
    score: { synthetic: score(0), independent: score(1), real: score(2) },
    distance: { synthetic: distance(0), independent: distance(1), real: distance(2) },
    rows,
    sets: SETS,
    ...(await permutationTest(...draw(comparisons.synthetic), work)),
  };
}

/**
 * How far the mean distance of the sets may be off by chance, one draw for each resample. Distances of m rows that are drawn with replacement
 * from each table deviate from their mean with a variance V. That of the mean over s sets of r rows, of tables of n rows, is about
 *
 *     m V (1 / n + (1 / r - 1 / n) / s)
 *
 * what the rows of the tables contribute, and what the choice of sets adds; so the deviations are scaled by the root of m (...).
 */
async function resampledDeviations(
  { real, other }: TablePair,
  rows: number,
  scale: (table: Table) => ScaledRows,
  { rng, turn, resamples }: Work,
): Promise<Float64Array> {
  const m = Math.min(RESAMPLED_ROWS, rows);
  const shared = (1 / real.rows + 1 / other.rows) / 2;
  const factor = Math.sqrt(m * (shared + (1 / rows - shared) / SETS));
  const drawn = (table: Table) =>
    scale(
      takeRows(
        table,
        Int32Array.from({ length: m }, () => rng.integer(table.rows)),
      ),
    );
  const distances = new Float64Array(resamples);
  for (let k = 0; k < resamples; k++) {
    distances[k] = transportDistance(drawn(real), drawn(other));
    await turn();
  }
  const middle = mean(distances);
  return distances.map((distance) => factor * (distance - middle));
}

/** How near the distance of one of [synthetic, independent, real] is to the last of them, where that of independent columns is as far as 0; 1 and above where it is nearer. */
function scoreOf(distances: readonly number[], k: number): number {
  const [, independent, floor] = distances;
  // Where independent columns lie hardly further than real rows, a tenth of the floor counts as far.
  return 1 - (distances[k]! - floor!) / Math.max(independent! - floor!, floor! / 10, 1e-9);
}

/**
 * The permutation test of whether two sets of rows come from one distribution: how often the distance is as large after the rows were shuffled
 * between the sets, the observed distance counted with the permutations, so that p is never 0 and the test keeps its level,
 *
 *     p = (1 + number of permutations with a distance >= the observed one) / (1 + permutations)
 *
 * Source: Phipson and Smyth, "Permutation P-values should never be zero", Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
 */
export async function permutationTest(
  a: ScaledRows,
  b: ScaledRows,
  { rng, turn, report }: Pick<Work, "rng" | "turn" | "report">,
  permutations = PERMUTATIONS,
): Promise<Pick<Distance, "observed" | "permuted" | "permutations" | "pValue">> {
  const [n, all] = [a.rows, a.rows + b.rows];
  const row = (i: number): [ScaledRows, number] => (i < n ? [a, i] : [b, i - n]);
  const costs = new Float64Array(all * all);
  for (let i = 0; i < all; i++)
    for (let j = 0; j < i; j++) costs[i * all + j] = costs[j * all + i] = rowDistance(...row(i), ...row(j));
  const distanceOf = (order: Uint32Array) => {
    const own = new Float64Array(n * (all - n));
    for (let i = 0; i < n; i++)
      for (let j = n; j < all; j++) own[i * (all - n) + j - n] = costs[order[i]! * all + order[j]!]!;
    return exactTransportSync({ costs: own, rows: n, columns: all - n }).distance;
  };
  const observed = distanceOf(Uint32Array.from({ length: all }, (_, i) => i));
  const permuted = new Float64Array(permutations);
  for (let k = 0; k < permutations; k++) {
    permuted[k] = distanceOf(drawDistinct(rng, all, all));
    report((k + 1) / permutations);
    await turn();
  }
  // Equal sums in another order may differ by rounding.
  const asFar = permuted.filter((distance) => distance >= observed * (1 - 1e-12)).length;
  return { observed, permuted: [...permuted.sort()], permutations, pValue: (1 + asFar) / (1 + permutations) };
}

function transportDistance(a: ScaledRows, b: ScaledRows): number {
  const costs = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) for (let j = 0; j < b.rows; j++) costs[i * b.rows + j] = rowDistance(a, i, b, j);
  return exactTransportSync({ costs, rows: a.rows, columns: b.rows }).distance;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
