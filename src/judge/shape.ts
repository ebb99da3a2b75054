import type { Column } from "../tables/table.js";
import { bootstrapIntervals, type Evaluate, type RowWeights, type TablePair, type Work } from "./intervals.js";
import { type Levels, levelsOf } from "./levels.js";
import type { Shape } from "./results.js";
import { ofEach, withChance, type Yardsticks } from "./yardsticks.js";

/** How alike the columns of two tables are, each by itself, and their mean: see `Shape`. */
export async function judgeShape(comparisons: Yardsticks, work: Work): Promise<Shape> {
  const { columns } = comparisons.synthetic.real;
  const { chance } = comparisons;
  const found = await ofEach(comparisons, async (pair) => {
    const levels = columnLevels(pair);
    const scores = await bootstrapIntervals(similarities(levels), pair, shapeOf, work);
    return { scores, distances: levels.map(lineDistance) };
  });
  const of = (k: number) => ({
    synthetic: found.synthetic.scores[k]!,
    independent: found.independent.scores[k]!,
    real: withChance(found.real.scores[k]!, chance),
  });
  const { other } = comparisons.synthetic;
  const judged = columns.map((column, k) => {
    const [synthetic, independent, sample] = [found.synthetic, found.independent, found.real].map(
      ({ distances }) => distances[k]!,
    );
    return {
      name: column.name,
      measure: column.kind === "numbers" ? ("kolmogorov-smirnov" as const) : ("total-variation" as const),
      score: of(k),
      distance:
        synthetic == null || independent == null || sample == null
          ? null
          : { synthetic, independent, real: chance * sample },
      missing: { real: missingShare(column), synthetic: missingShare(other.columns[k]!) },
    };
  });
  return {
    score: of(columns.length),
    columns: judged.sort((a, b) => a.score.synthetic.value - b.score.synthetic.value),
  };
}

/** The similarity of each column of a pair of tables, and their mean at the end. */
export function shapeOf(pair: TablePair): Evaluate {
  const levels = columnLevels(pair);
  return (weights) => similarities(levels, weights);
}

function similarities(levels: readonly Levels[], weights?: RowWeights): Float64Array {
  const scores = levels.map((column) => columnSimilarity(column, weights?.real, weights?.other));
  return Float64Array.of(...scores, scores.reduce((sum, score) => sum + score, 0) / levels.length);
}

function columnLevels({ real, other }: TablePair): Levels[] {
  return real.columns.map((column, k) => levelsOf(column, other.columns[k]!));
}

/**
 * How alike a column is in two tables, from 0 to 1: of numbers 1 less the Kolmogorov-Smirnov distance, the largest difference of the
 * distribution functions, of those that are not missing (1 where both have none, 0 where only one has); of categories 1 less the total
 * variation, half the sum of the differences of shares, missing as one of them. Without missing values these are sdmetrics' KSComplement and
 * TVComplement.
 */
export function columnSimilarity(levels: Levels, realWeights?: Uint16Array, otherWeights?: Uint16Array): number {
  const real = countLevels(levels.real, levels.count, realWeights);
  const other = countLevels(levels.other, levels.count, otherWeights);
  if (levels.values) {
    if (real.present === 0 || other.present === 0) return real.present === other.present ? 1 : 0;
    let [below, largest] = [0, 0];
    for (let k = 0; k < levels.count; k++) {
      below += real.counts[k]! / real.present - other.counts[k]! / other.present;
      largest = Math.max(largest, Math.abs(below));
    }
    return 1 - Math.min(1, largest);
  }
  const [n, m] = [real.present + real.missing, other.present + other.missing];
  let difference = Math.abs(real.missing / n - other.missing / m);
  for (let k = 0; k < levels.count; k++) difference += Math.abs(real.counts[k]! / n - other.counts[k]! / m);
  return 1 - Math.min(1, difference / 2);
}

/** The Earth mover's distance on the line between the numbers that are not missing, the area between their distribution functions; `null` where there are none. */
function lineDistance(levels: Levels): number | null {
  const { values } = levels;
  const real = countLevels(levels.real, levels.count);
  const other = countLevels(levels.other, levels.count);
  if (!values || real.present === 0 || other.present === 0) return null;
  let [below, area] = [0, 0];
  for (let k = 0; k + 1 < levels.count; k++) {
    below += real.counts[k]! / real.present - other.counts[k]! / other.present;
    area += Math.abs(below) * (values[k + 1]! - values[k]!);
  }
  return area;
}

/** How many rows, by their weights, have each level. */
function countLevels(codes: Int32Array, levels: number, weights?: Uint16Array) {
  const counts = new Float64Array(levels);
  let [present, missing] = [0, 0];
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    const weight = weights ? weights[i]! : 1;
    if (code < 0) missing += weight;
    else {
      counts[code]! += weight;
      present += weight;
    }
  }
  return { counts, present, missing };
}

function missingShare(column: Column): number {
  let missing = 0;
  if (column.kind === "numbers") for (const value of column.values) missing += Number.isNaN(value) ? 1 : 0;
  else for (const code of column.codes) missing += code < 0 ? 1 : 0;
  return missing / (column.kind === "numbers" ? column.values : column.codes).length;
}
