import { quoted } from "../quoting.js";
import type { Table } from "../tables/table.js";
import { appendRows, takeRows } from "../tables/takeRows.js";
import { binTable } from "./binnedTable.js";
import { drawWeights, fewerRows, interval, type TablePair, type Work } from "./intervals.js";
import { type Evaluation, predictionTask } from "./predictionTask.js";
import type { Utility } from "./results.js";
import type { Comparisons } from "./yardsticks.js";

/** Rows to train on, and to test on, at least. */
const LEAST_ROWS = 50;
/** Where a model of real rows gets less far than this from the guess (0) to the best (1), there is nothing to learn. */
const LEARNABLE = 0.02;

/** The column to predict by default: the last one of several categories; where there is none, the last one. */
export function defaultTarget({ columns }: Table): number {
  const categories = columns.findLastIndex((column) => column.kind === "categories" && column.categories.length > 1);
  return categories < 0 ? columns.length - 1 : categories;
}

/**
 * What boosted trees that were trained on each table are worth on real rows that none of them was trained on: see `Utility`.
 * @param place of the target among the columns
 * @param chosen whether it was asked for
 */
export async function judgeUtility(
  comparisons: Comparisons<TablePair>,
  { place, chosen }: { readonly place: number; readonly chosen: boolean },
  mostRows: number,
  { rng, turn, resamples }: Work,
): Promise<Utility | { skipped: string }> {
  const target = comparisons.real.real.columns[place]!;
  const skipped = (why: string) => ({ skipped: `No model was trained to predict ${quoted(target.name)}: ${why}` });
  const task = predictionTask(target);
  if (!task) return skipped("fewer than two of its values come in at least 10 real rows each.");
  if (comparisons.real.real.columns.length < 2) return skipped("there is no other column to predict it from.");

  const known = (table: Table) => {
    const targets = task.targetsOf(table.columns[place]!);
    const places = Int32Array.from(targets.keys()).filter((row) => !Number.isNaN(targets[row]!));
    return places.length === table.rows ? table : takeRows(table, places);
  };
  const trained = [comparisons.synthetic.other, comparisons.independent.other, comparisons.real.real].map(known);
  const rows = Math.min(mostRows, ...trained.map((table) => table.rows));
  const test = fewerRows(known(comparisons.real.other), mostRows, rng);
  if (Math.min(rows, test.rows) < LEAST_ROWS)
    return skipped(
      `there are too few rows, ${rows} to train on and ${test.rows} to test on; at least ${LEAST_ROWS} of each are needed.`,
    );

  const all = [...trained.map((table) => fewerRows(table, rows, rng)), test].reduce(appendRows);
  const targets = task.targetsOf(all.columns[place]!);
  const binned = binTable({ ...all, columns: all.columns.filter((_, k) => k !== place) });
  const range = (start: number, length: number) => Int32Array.from({ length }, (_, k) => start + k);
  const evaluations: Evaluation[] = [];
  for (const k of trained.keys()) {
    const split = { training: range(k * rows, rows), test: range(trained.length * rows, test.rows) };
    evaluations.push(await task.train(binned, targets, split, turn));
  }

  /** Of each measure, in the order synthetic, independent, real. */
  const measure = (weights?: Uint16Array) => {
    const found = evaluations.map((evaluate) => evaluate(weights));
    return task.measures.map((_, m) => found.map((values) => values[m]!));
  };
  const values = measure();
  const guess = task.guesses[0]!;
  const best = values[0]![2]!;
  if (best - guess < LEARNABLE * (1 - guess))
    return skipped("a model that was trained on real rows is no better than a guess.");
  const resampled = Array.from({ length: resamples }, () => measure(drawWeights(test.rows, rng)));
  const score = ([first]: readonly number[][], k: number) =>
    Math.min(1, Math.max(0, (first![k]! - guess) / Math.max(first![2]! - guess, Number.MIN_VALUE)));
  const ofTables = (value: (values: readonly number[][], k: number) => number, bounds?: readonly [number, number]) => {
    const [synthetic, independent, real] = [0, 1, 2].map((k) =>
      interval(
        value(values, k),
        Float64Array.from(resampled, (one) => value(one, k)),
        1,
        bounds,
      ),
    );
    return { synthetic: synthetic!, independent: independent!, real: real! };
  };
  return {
    target: target.name,
    chosen,
    task: task.task,
    score: ofTables(score),
    measures: task.measures.map((name, m) => ({
      name,
      value: ofTables((values, k) => values[m]![k]!, [Number.NEGATIVE_INFINITY, 1]),
      guess: task.guesses[m]!,
    })),
    rows: { training: rows, test: test.rows },
  };
}
