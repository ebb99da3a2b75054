import type { Rng } from "../random.js";
import { comparePairs, type PairLikeness } from "./columnPairs.js";
import { bootstrapIntervals, type Evaluate, fewerRows, type TablePair, type Work } from "./intervals.js";
import type { Trend } from "./results.js";
import { ofEach, withChance, type Yardsticks } from "./yardsticks.js";

type ColumnPair = readonly [number, number];

/** As many pairs as 200 columns have. Of more, so many are drawn. */
const MOST_PAIRS = 19_900;
/** Rows times pairs of a table that are read at most. */
const MOST_CELLS = 4e8;
/** The interval is that of the mean over at most so many pairs. */
const RESAMPLED_PAIRS = 300;
const SHOWN_PAIRS = 100;
/** Columns of the matrices of associations at most: the first ones. */
const SHOWN_COLUMNS = 100;

/** How alike columns go together in two tables, pair by pair, and their mean: see `Trend`. */
export async function judgeTrend(comparisons: Yardsticks, work: Work): Promise<Trend> {
  const { rng, turn } = work;
  const { columns } = comparisons.synthetic.real;
  const { chance } = comparisons;
  const pairs = drawPairs(columns.length, MOST_PAIRS, rng);
  const resampled = thinned(pairs, RESAMPLED_PAIRS);
  const rows = Math.ceil(MOST_CELLS / pairs.length);
  const { synthetic, independent, real } = await ofEach(comparisons, async (whole) => {
    const pair = { real: fewerRows(whole.real, rows, rng), other: fewerRows(whole.other, rows, rng) };
    const compare = comparePairs(pair);
    const found: PairLikeness[] = [];
    for (const [i, j] of pairs) {
      found.push(compare(i, j));
      await turn();
    }
    const [score] = await bootstrapIntervals([meanSimilarity(found)], pair, trendOf(resampled), work);
    return { score: score!, found, compare };
  });
  const scored = pairs.map(([i, j], k) => ({
    columns: [columns[i]!.name, columns[j]!.name] satisfies [string, string],
    measure: synthetic.found[k]!.measure,
    score: {
      synthetic: synthetic.found[k]!.similarity,
      independent: independent.found[k]!.similarity,
      real: 1 - chance * (1 - real.found[k]!.similarity),
    },
  }));
  const shown = columns.slice(0, SHOWN_COLUMNS).map(({ name }) => name);
  return {
    score: { synthetic: synthetic.score, independent: independent.score, real: withChance(real.score, chance) },
    pairs: scored.sort((a, b) => a.score.synthetic - b.score.synthetic).slice(0, SHOWN_PAIRS),
    counted: pairs.length,
    possible: pairCount(columns.length),
    associations: { columns: shown, ...associations(synthetic.compare, shown.length) },
  };
}

/** The mean similarity of some pairs of columns, as the one figure of two tables. */
export function trendOf(pairs: readonly ColumnPair[]): (pair: TablePair) => Evaluate {
  return (pair) => {
    const compare = comparePairs(pair);
    return (weights) => Float64Array.of(meanSimilarity(pairs.map(([i, j]) => compare(i, j, weights))));
  };
}

function meanSimilarity(found: readonly PairLikeness[]): number {
  return found.reduce((sum, { similarity }) => sum + similarity, 0) / found.length;
}

function pairCount(columns: number): number {
  return (columns * (columns - 1)) / 2;
}

/** All pairs of so many columns, or `most` of them drawn at random. */
export function drawPairs(columns: number, most: number, rng: Rng): ColumnPair[] {
  if (pairCount(columns) <= most)
    return Array.from({ length: columns }, (_, i) => i).flatMap((i) =>
      Array.from({ length: i }, (_, j): ColumnPair => [j, i]),
    );
  const drawn = new Set<number>();
  while (drawn.size < most) {
    const [i, j] = [rng.integer(columns), rng.integer(columns)];
    if (i < j) drawn.add(i * columns + j);
  }
  return [...drawn].map((place): ColumnPair => [Math.floor(place / columns), place % columns]);
}

/** At most so many of a list, evenly spaced. */
function thinned<Item>(items: readonly Item[], most: number): readonly Item[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(most, items.length) }, (_, k) => items[Math.floor(k * step)]!);
}

/** How strongly the first columns go together in both tables: symmetric, 1 on the diagonal. */
function associations(compare: (i: number, j: number) => PairLikeness, columns: number) {
  const matrix = () => Array.from({ length: columns }, () => new Array<number | null>(columns).fill(1));
  const [real, synthetic] = [matrix(), matrix()];
  for (let i = 0; i < columns; i++)
    for (let j = 0; j < i; j++) {
      const found = compare(i, j);
      real[i]![j] = real[j]![i] = rounded(found.real);
      synthetic[i]![j] = synthetic[j]![i] = rounded(found.other);
    }
  return { real, synthetic };
}

/** Four decimals are more than a picture shows, and keep the file small. */
function rounded(association: number | null): number | null {
  return association === null ? null : Math.round(association * 1e4) / 1e4;
}
