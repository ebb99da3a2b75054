import { drawDistinct } from "../data/drawDistinct.js";
import { quantile } from "../quantile.js";
import type { Rng } from "../random.js";
import type { Table } from "../tables/table.js";
import { takeRows } from "../tables/takeRows.js";
import type { Figure } from "./results.js";

/** Two tables of the same columns and categories: real rows, and rows that are compared with them. */
export interface TablePair {
  readonly real: Table;
  readonly other: Table;
}

/** How often each row of both tables counts. */
export interface RowWeights {
  readonly real: Uint16Array;
  readonly other: Uint16Array;
}

/** Figures of a pair of tables under weights of their rows. Default: each row counts once. */
export type Evaluate = (weights?: RowWeights) => Float64Array;

/** What a question is answered with. */
export interface Work {
  /** Resamples to draw; 0 makes intervals as narrow as their value. */
  readonly resamples: number;
  readonly rng: Rng;
  /** Awaited now and then: lets others of the thread run, and throws where the work is to end. */
  readonly turn: () => Promise<void>;
  /** Told how much of the question is answered, 0 to 1. */
  readonly report: (done: number) => void;
}

/** Resamples are drawn from at most so many rows of a table, and their spread is that of all rows after scaling. */
const MOST_ROWS = 5000;

/**
 * 95 % intervals of figures that are computed from the rows of two tables, by an m-out-of-n bootstrap: m rows of each table are drawn with
 * replacement, the figures' deviations from their mean over the resamples are scaled by sqrt(m / n), and their percentiles are laid around
 * the figures themselves. (The deviations are taken from the mean because figures such as the Kolmogorov-Smirnov distance of resamples are
 * larger than that of the samples.)
 *
 * @param values the figures of the whole tables
 * @param prepare makes what computes figures of tables, as many as `values`
 *
 * Source: Bickel, Goetze and van Zwet, "Resampling fewer than n observations", Statistica Sinica 7, 1997.
 */
export async function bootstrapIntervals(
  values: ArrayLike<number>,
  { real, other }: TablePair,
  prepare: (pair: TablePair) => Evaluate,
  { resamples, rng, turn }: Pick<Work, "resamples" | "rng" | "turn">,
): Promise<Figure[]> {
  if (resamples === 0) return Array.from(values, (value) => ({ value, low: value, high: value }));
  const few = { real: fewerRows(real, MOST_ROWS, rng), other: fewerRows(other, MOST_ROWS, rng) };
  const scale = Math.sqrt((1 / real.rows + 1 / other.rows) / (1 / few.real.rows + 1 / few.other.rows));
  const evaluate = prepare(few);
  const resampled = Array.from(values, () => new Float64Array(resamples));
  for (let k = 0; k < resamples; k++) {
    const found = evaluate({ real: drawWeights(few.real.rows, rng), other: drawWeights(few.other.rows, rng) });
    resampled.forEach((figures, i) => {
      figures[k] = found[i]!;
    });
    await turn();
  }
  return resampled.map((figures, i) => interval(values[i]!, figures, scale));
}

/** All rows of a table, or so many of them, drawn at random. */
export function fewerRows(table: Table, most: number, rng: Rng): Table {
  return table.rows <= most ? table : takeRows(table, drawDistinct(rng, table.rows, most));
}

/** How often each of so many rows is drawn, in as many draws with replacement. */
export function drawWeights(rows: number, rng: Rng): Uint16Array {
  const weights = new Uint16Array(rows);
  for (let k = 0; k < rows; k++) weights[rng.integer(rows)]!++;
  return weights;
}

/** The percentiles 2.5 and 97.5 of resampled values, as deviations from their mean times `scale`, around a value; within bounds. */
export function interval(
  value: number,
  resampled: Float64Array,
  scale = 1,
  [least, most]: readonly [number, number] = [0, 1],
): Figure {
  if (resampled.length === 0) return { value, low: value, high: value };
  const mean = resampled.reduce((sum, one) => sum + one, 0) / resampled.length;
  const sorted = resampled.toSorted();
  const bound = (share: number) => Math.min(most, Math.max(least, value + scale * (quantile(sorted, share) - mean)));
  return { value, low: Math.min(value, bound(0.025)), high: Math.max(value, bound(0.975)) };
}
