import { InputError } from "../errors.js";
import { turns } from "../parallel/turns.js";
import { createRng } from "../random.js";
import type { Table } from "../tables/table.js";
import { alignTables } from "./alignTables.js";
import { fewerRows } from "./intervals.js";
import type { JudgeResults, Question } from "./results.js";
import { judgeShape } from "./shape.js";
import { judgeTrend } from "./trend.js";
import { yardsticks } from "./yardsticks.js";

export interface JudgeOptions {
  /** Real rows that the synthetic ones were not made from. Default: none; halves of the real table then stand in where they can. */
  readonly holdout?: Table | undefined;
  /** The column that models of the question "utility" predict. Default: the last column of categories; where there is none, the last one. */
  readonly target?: string | undefined;
  /** Seed of all that is drawn. Default: 0. */
  readonly seed?: number | undefined;
  /** Resamples of the intervals, 0 to 10,000; none makes intervals as narrow as their value. Default: 100. */
  readonly bootstrap?: number | undefined;
  /** The most rows of a table that the slow questions (all but shape and trend) use. Default: 10,000. */
  readonly rows?: number | undefined;
  readonly onProgress?: ((progress: JudgeProgress) => void) | undefined;
  /** Ends the work; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface JudgeProgress {
  readonly question: Question;
  /** How much of the question is answered, 0 to 1. */
  readonly done: number;
}

/** Shape and trend read at most so many rows of a table: with more, their figures would move by less than a thousandth. */
const MOST_ROWS = 200_000;

/**
 * Judges a synthetic table beside the real one that it stands for: how alike columns (shape) and pairs of columns (trend) are, whether a model
 * tells the tables apart (detection), how far apart they lie (distance), what a model learned from it is worth (utility), and whether it gives
 * real rows away (privacy). Each is a score from 0 to 1 beside two yardsticks: independent columns and real rows.
 *
 * @throws InputError where the tables have other columns or types, a table has no rows, an option is out of range
 */
export async function judge(real: Table, synthetic: Table, options: JudgeOptions = {}): Promise<JudgeResults> {
  const { holdout, seed = 0, bootstrap = 100, onProgress, signal } = options;
  if (!(Number.isInteger(bootstrap) && bootstrap >= 0 && bootstrap <= 10_000))
    throw new InputError(`The number of resamples is ${bootstrap}; it must be a whole number from 0 to 10000.`);
  const aligned = alignTables(real, synthetic, ...(holdout ? [holdout] : []));
  const rng = createRng(seed);
  const [fewReal, fewSynthetic, fewHoldout] = aligned.map((table) => fewerRows(table, MOST_ROWS, rng));
  const comparisons = yardsticks(fewReal!, fewSynthetic!, fewHoldout, rng);
  const resampling = { resamples: bootstrap, rng, turn: turns(signal) };
  onProgress?.({ question: "shape", done: 0 });
  const shape = await judgeShape(comparisons, resampling);
  onProgress?.({ question: "trend", done: 0 });
  const trend =
    real.columns.length < 2
      ? { skipped: "There is only one column, and so no pair of columns." }
      : await judgeTrend(comparisons, resampling);
  const missing = { skipped: "This is being written." };
  return {
    version: 1,
    real: facts(real),
    synthetic: facts(synthetic),
    holdout: holdout ? facts(holdout) : null,
    seed,
    bootstrap,
    shape,
    trend,
    detection: missing,
    distance: missing,
    utility: missing,
    privacy: missing,
    notes: [],
  };
}

function facts({ name, rows }: Table) {
  return { name, rows };
}
