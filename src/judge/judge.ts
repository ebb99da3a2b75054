import type { Table } from "../tables/table.js";
import type { JudgeResults, Question } from "./results.js";

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

/**
 * Judges a synthetic table beside the real one that it stands for: how alike columns (shape) and pairs of columns (trend) are, whether a model
 * tells the tables apart (detection), how far apart they lie (distance), what a model learned from it is worth (utility), and whether it gives
 * real rows away (privacy). Each is a score from 0 to 1 beside two yardsticks: independent columns and real rows.
 *
 * @throws InputError where the tables have other columns or types, a table has no rows, an option is out of range
 */
export async function judge(_real: Table, _synthetic: Table, _options: JudgeOptions = {}): Promise<JudgeResults> {
  throw new Error("being written");
}
