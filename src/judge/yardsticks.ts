import { drawDistinct } from "../data/drawDistinct.js";
import type { Rng } from "../random.js";
import type { Column, Table } from "../tables/table.js";
import { takeRows } from "../tables/takeRows.js";
import { fewerRows, type TablePair } from "./intervals.js";
import type { Score } from "./results.js";

/** What is compared: the synthetic table, and both yardsticks, each beside the real rows that it is compared with. */
export interface Comparisons<Value> {
  readonly synthetic: Value;
  readonly independent: Value;
  readonly real: Value;
}

/** The tables that are compared with each other. */
export interface Yardsticks extends Comparisons<TablePair> {
  /**
   * What differs by chance between the real rows of the yardstick, times this, differs by chance between as many as the real and the synthetic
   * table have: 1 with a holdout, and of the halves of a table
   *
   *     sqrt((1 / real rows + 1 / synthetic rows) / (1 / rows of one half + 1 / rows of the other))
   *
   * since differences of shares, distribution functions and correlations shrink with the square root of the rows.
   */
  readonly chance: number;
}

/**
 * The pairs of tables that are compared. The yardsticks have at most as many rows as the synthetic table.
 * @param holdout real rows; where there are none, one half of the real table is compared with the other
 */
export function yardsticks(real: Table, synthetic: Table, holdout: Table | undefined, rng: Rng): Yardsticks {
  const independent = fewerRows(independentColumns(real, rng), synthetic.rows, rng);
  const [first, second] = holdout ? [real, holdout] : halves(real, rng);
  const pairs = {
    synthetic: { real, other: synthetic },
    independent: { real, other: independent },
    real: { real: first, other: fewerRows(second, synthetic.rows, rng) },
  };
  const noise = ({ real, other }: TablePair) => Math.sqrt(1 / real.rows + 1 / other.rows);
  return { ...pairs, chance: holdout ? 1 : noise(pairs.synthetic) / noise(pairs.real) };
}

/** A score with what it lacks of 1 multiplied by a factor. */
export function withChance({ value, low, high }: Score, chance: number): Score {
  const moved = (score: number) => 1 - chance * (1 - score);
  return { value: moved(value), low: moved(low), high: moved(high) };
}

/** A table with each column shuffled by itself. */
export function independentColumns(table: Table, rng: Rng): Table {
  const columns = table.columns.map(
    (column): Column =>
      takeRows({ ...table, columns: [column] }, drawDistinct(rng, table.rows, table.rows)).columns[0]!,
  );
  return { ...table, columns };
}

/** Rows parted at random into two halves, the first the larger where there is an odd one. */
export function halves(table: Table, rng: Rng): [Table, Table] {
  const order = drawDistinct(rng, table.rows, table.rows);
  const middle = Math.ceil(table.rows / 2);
  return [takeRows(table, order.subarray(0, middle)), takeRows(table, order.subarray(middle))];
}

/** Each comparison's value from another, one after the other. */
export async function ofEach<Value, Result>(
  { synthetic, independent, real }: Comparisons<Value>,
  compute: (value: Value) => Promise<Result>,
): Promise<Comparisons<Result>> {
  return {
    synthetic: await compute(synthetic),
    independent: await compute(independent),
    real: await compute(real),
  };
}

export function mapEach<Value, Result>(
  { synthetic, independent, real }: Comparisons<Value>,
  compute: (value: Value) => Result,
): Comparisons<Result> {
  return { synthetic: compute(synthetic), independent: compute(independent), real: compute(real) };
}
