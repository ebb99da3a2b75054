import { InputError } from "../errors.js";
import { turns } from "../parallel/turns.js";
import { quoted } from "../quoting.js";
import { createRng } from "../random.js";
import type { Table } from "../tables/table.js";
import { type AlignedTables, alignTables, columnPlace } from "./alignTables.js";
import { judgeDetection } from "./detection.js";
import { judgeDistance } from "./distance.js";
import { fewerRows, type Work } from "./intervals.js";
import { judgePrivacy } from "./privacy.js";
import type { JudgeResults, Question } from "./results.js";
import { judgeShape } from "./shape.js";
import { judgeTrend } from "./trend.js";
import { defaultTarget, judgeUtility } from "./utility.js";
import { yardsticks } from "./yardsticks.js";

/** The tables that `judge` compares. They have the same columns, in any order; each column holds numbers in all of them, or categories. */
export interface ComparedTables {
  /** The rows that the synthetic ones were made from. */
  readonly real: Table;
  /** The rows to be judged. */
  readonly synthetic: Table;
  /** Real rows that the synthetic ones were not made from. Default: none; halves of the real table then stand in where they can. */
  readonly holdout?: Table | undefined;
}

/** How tables are judged, and how long that may take. */
export interface JudgeOptions {
  /** The column that models of the question "utility" predict. Default: the last column of categories; where there is none, the last one. */
  readonly target?: string | undefined;
  /** Seed of all that is drawn. Default: 0. */
  readonly seed?: number | undefined;
  /** Resamples of the intervals, 0 to 10,000; none makes intervals as narrow as their value. Default: 100. */
  readonly bootstrap?: number | undefined;
  /** The most rows of a table that detection, utility and privacy use, 100 to 200,000. Default: 10,000. */
  readonly rows?: number | undefined;
  /** Called at the start and the end of each question, and in between where it takes long. */
  readonly onProgress?: ((progress: JudgeProgress) => void) | undefined;
  /** Ends the work; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How far the judging is. */
export interface JudgeProgress {
  /** The question that is being answered. */
  readonly question: Question;
  /** How much of the question is answered, 0 to 1. */
  readonly done: number;
}

/** Of larger tables so many rows are drawn: with more, figures would move by less than a thousandth. */
const MOST_ROWS = 200_000;
/** Of fewer rows nothing can be told; a holdout that has fewer is not used. */
const LEAST_ROWS = 20;
/** Below this many, results come with a word of caution. */
const FEW_ROWS = 200;

/**
 * Judges a synthetic table beside the real one that it stands for: how alike columns (shape) and pairs of columns (trend) are, whether a model
 * tells the tables apart (detection), how far apart they lie (distance), what a model learned from it is worth (utility), and whether it gives
 * real rows away (privacy). Each is a score from 0 to 1 beside the scores of two yardsticks: independent columns, which say nothing of how
 * columns go together, and real rows. A question that the tables are too small for is skipped, with the reason. docs/judge.md has the formula
 * of each score. Same tables, options and seed: same results.
 *
 * ```ts
 * const { shape, detection } = await judge(await openTables({ real: "customers.csv", synthetic: "synthetic.csv" }));
 * console.log(shape.score.synthetic); // { value, low, high }
 * ```
 * @param tables the real rows, the synthetic ones and, where there are any, rows held out
 * @param options target, seed, resamples and the most rows
 * @throws InputError where the real or the synthetic table has fewer than 20 rows, the tables have other columns or kinds of columns, there is no
 * such target, or an option is out of range; the signal's reason where it ends the work
 */
export async function judge(
  { real, synthetic, holdout }: ComparedTables,
  options: JudgeOptions = {},
): Promise<JudgeResults> {
  const { target, seed = 0, bootstrap = 100, rows = 10_000, onProgress, signal } = options;
  checkWhole("resamples", bootstrap, 0, 10_000);
  checkWhole("rows to use", rows, 100, MOST_ROWS);
  const predicted = {
    place: target === undefined ? defaultTarget(real) : columnPlace(real, target),
    chosen: target !== undefined,
  };
  const whole = alignTables(real, synthetic, holdout);
  for (const { name, rows } of [real, synthetic])
    if (rows < LEAST_ROWS)
      throw new InputError(`${quoted(name)} has ${rows} rows, too few to judge: at least ${LEAST_ROWS} are needed.`);
  const rng = createRng(seed);
  const fewer = (table: Table) => fewerRows(table, MOST_ROWS, rng);
  const unseen = whole.holdout && whole.holdout.rows >= LEAST_ROWS ? whole.holdout : undefined;
  const comparisons = yardsticks(fewer(whole.real), fewer(whole.synthetic), unseen && fewer(unseen), rng);
  const turn = turns(signal);

  /** Answers a question with random numbers of its own, so that no answer depends on the questions before. */
  async function ask<Answer>(question: Question, answer: (work: Work) => Promise<Answer>): Promise<Answer> {
    const report = (done: number) => onProgress?.({ question, done });
    report(0);
    const found = await answer({ resamples: bootstrap, rng: createRng(seed + 1), turn, report });
    report(1);
    return found;
  }

  const shape = await ask("shape", (work) => judgeShape(comparisons, work));
  const trend =
    real.columns.length < 2
      ? { skipped: "There is only one column, and so no pair of columns." }
      : await ask("trend", (work) => judgeTrend(comparisons, work));
  const detection = await ask("detection", (work) => judgeDetection(comparisons, rows, work));
  const distance = await ask("distance", (work) => judgeDistance(comparisons, work));
  const utility = await ask("utility", (work) => judgeUtility(comparisons, predicted, rows, work));
  const privacy = await ask("privacy", (work) =>
    judgePrivacy({ ...whole, holdout: unseen, independent: comparisons.independent.other }, rows, work),
  );
  return {
    version: 1,
    real: facts(real),
    synthetic: facts(synthetic),
    holdout: holdout ? facts(holdout) : null,
    seed,
    bootstrap,
    shape,
    trend,
    detection,
    distance,
    utility,
    privacy,
    notes: notes(whole, trend, unseen !== undefined),
  };
}

function checkWhole(what: string, value: number, least: number, most: number): void {
  if (!(Number.isInteger(value) && value >= least && value <= most))
    throw new InputError(`The number of ${what} is ${value}; it must be a whole number from ${least} to ${most}.`);
}

function facts({ name, rows }: Table) {
  return { name, rows };
}

function notes({ real, synthetic, holdout }: AlignedTables, trend: JudgeResults["trend"], unseen: boolean): string[] {
  const large = [real, synthetic, ...(holdout ? [holdout] : [])].filter(({ rows }) => rows > MOST_ROWS);
  const least = Math.min(real.rows, synthetic.rows);
  return [
    ...(least < FEW_ROWS
      ? [`With ${least} rows only large differences can be told from chance: read the intervals, not the scores alone.`]
      : []),
    ...large.map(({ name, rows }) => `Of the ${rows} rows of ${quoted(name)}, ${MOST_ROWS} drawn at random were read.`),
    ...("counted" in trend && trend.counted < trend.possible
      ? [`Trend is the mean over ${trend.counted} of ${trend.possible} pairs of columns, drawn at random.`]
      : []),
    ...(unseen
      ? []
      : [
          `${holdout ? `The holdout has fewer than ${LEAST_ROWS} rows and was not used` : "No holdout was given"}: whether rows are remembered can only be told in part, and models were tested on real rows that the synthetic ones may have been made from.`,
        ]),
  ];
}
