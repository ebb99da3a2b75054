import { z } from "zod";

const share = z.number().min(0).max(1);

/** A score from 0 to 1, 1 the best, with its 95 % bootstrap interval. */
const score = z.strictObject({ value: share, low: share, high: share });

/** Any measured number, with its 95 % bootstrap interval. */
const figure = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });

/** The same of the synthetic table and of both yardsticks. */
function besideYardsticks<Value extends z.ZodType>(value: Value) {
  return z.strictObject({
    synthetic: value,
    /** Each column of the real table, shuffled by itself: what says nothing of how columns go together. */
    independent: value,
    /** Real rows: of the holdout, or one half of the real table beside the other. */
    real: value,
  });
}

const scores = besideYardsticks(score);
const figures = besideYardsticks(figure);

/** A question that was not answered, and why: a sentence. */
const skipped = z.strictObject({ skipped: z.string() });

const table = z.strictObject({ name: z.string(), rows: z.int().min(0) });

const shape = z.strictObject({
  /** The mean over the columns. */
  score: scores,
  /** The worst first. */
  columns: z.array(
    z.strictObject({
      name: z.string(),
      /** 1 less the Kolmogorov-Smirnov distance of the numbers that are there, or 1 less the total variation of categories, missing as one of them. */
      measure: z.enum(["kolmogorov-smirnov", "total-variation"]),
      score: scores,
      /** The Earth mover's distance of the numbers that are there, in the column's own unit; `null` for categories, and where there are none. */
      distance: besideYardsticks(z.number().min(0)).nullable(),
      /** Shares of the rows. */
      missing: z.strictObject({ real: share, synthetic: share }),
    }),
  ),
});

const matrix = z.array(z.array(z.number().min(-1).max(1).nullable()));

const trend = z.strictObject({
  /** The mean over the pairs. */
  score: scores,
  /** The worst, the worst first. */
  pairs: z.array(
    z.strictObject({
      columns: z.tuple([z.string(), z.string()]),
      /** 1 less half the difference of Pearson's correlations, or 1 less the total variation of the table of both columns, numbers in ten bins. */
      measure: z.enum(["correlation", "contingency"]),
      score: besideYardsticks(share),
    }),
  ),
  /** How many pairs the score is the mean of, and how many there are. */
  counted: z.int().min(1),
  possible: z.int().min(1),
  /** How strongly columns go together: Pearson's correlation of two columns of numbers, from -1 to 1, otherwise Cramer's V, from 0 to 1. `null` where one is constant. */
  associations: z.strictObject({ columns: z.array(z.string()), real: matrix, synthetic: matrix }),
});

const detection = z.strictObject({
  /** 1 - max(0, 2 AUC - 1) of the model that told the tables apart best. */
  score: scores,
  /** Area under the ROC curve on rows that the model was not trained on: 0.5 is a guess, 1 tells every row. */
  models: z.array(z.strictObject({ name: z.enum(["logistic", "network", "trees"]), auc: figures })),
  /** Rows of each table, and parts of the cross-validation. */
  rows: z.int(),
  folds: z.int(),
  /** How much of the AUC of the trees is lost when the column is shuffled, most first: which columns gave the synthetic rows away. */
  columns: z.array(z.strictObject({ name: z.string(), loss: z.number() })),
});

const distance = z.strictObject({
  /** 1 at the distance of real rows from real rows, 0 at that of independent columns. */
  score: scores,
  /** The Earth mover's distance from real rows, the mean over the sets. That of real rows is the floor: no table can be expected below it. */
  distance: figures,
  /** Rows of a set, and sets. */
  rows: z.int(),
  sets: z.int(),
  /** How often rows shuffled between the tables lie as far apart: (1 + how many permutations do) / (1 + permutations). Small means that the tables differ. */
  pValue: share,
  permutations: z.int(),
  /** The distance that is counted against: of one set. */
  observed: z.number().min(0),
  /** The distances of those permutations, ascending. */
  permuted: z.array(z.number().min(0)),
});

const utility = z.strictObject({
  target: z.string(),
  /** Whether the target was asked for or chosen. */
  chosen: z.boolean(),
  /** What is predicted. */
  task: z.enum(["classes", "numbers"]),
  /** How far from the guess (0) to the model that was trained on real rows (1) a model gets on held-out real rows. */
  score: scores,
  /** On held-out real rows: "auc" and "f1", the means over the classes, or "r2". */
  measures: z.array(
    z.strictObject({
      name: z.enum(["auc", "f1", "r2"]),
      /** Of models trained on each table. */
      value: figures,
      /** What a model reaches that says the same of every row. */
      guess: z.number(),
    }),
  ),
  /** Rows that each model was trained on, and those it was tested on. */
  rows: z.strictObject({ training: z.int(), test: z.int() }),
});

/** Rows as people read them: texts and numbers in the order of `columns`, `null` where a value is missing. */
const cells = z.array(z.union([z.string(), z.number(), z.null()]));

const privacy = z.strictObject({
  /** The worst score of the measures. */
  score: scores,
  measures: z.array(
    z.strictObject({
      name: z.enum(["copies", "nearCopies", "closestDistance", "closestRatio", "closerToTraining", "membershipAttack"]),
      title: z.string(),
      /** What it is, and which way is better. */
      summary: z.string(),
      value: figures,
      /** `null` of a measure that only informs. */
      score: scores.nullable(),
    }),
  ),
  /** Rows used: synthetic ones, real ones that they were made from, and real ones that they were not. */
  rows: z.strictObject({ synthetic: z.int(), training: z.int(), holdout: z.int() }),
  /** How far the closest real row is, for a picture: shares of the rows in bins of equal width, `edges` one more than there are bins. */
  distances: z.strictObject({
    edges: z.array(share),
    /** From synthetic rows to the real rows that they were made from. */
    training: z.array(share),
    /** From synthetic rows to as many of the holdout; `null` where none was given. */
    holdout: z.array(share).nullable(),
    /** From real rows that the synthetic ones were not made from (without a holdout, of one half of the real table) to the same rows as `training`. */
    real: z.array(share),
  }),
  columns: z.array(z.string()),
  /** The synthetic rows that lie closest to a real one, the closest first. */
  pairs: z.array(
    z.strictObject({
      /** Share of the row that differs, 0 for a copy. */
      distance: share,
      /** Places of the rows in their tables, from 0. */
      synthetic: z.strictObject({ row: z.int(), cells }),
      real: z.strictObject({ row: z.int(), cells }),
    }),
  ),
});

/** What `judge` finds: five questions and the Earth mover's distance, plain data, see docs/judge.md. */
export const judgeResultsSchema = z.strictObject({
  version: z.literal(1),
  real: table,
  synthetic: table,
  /** `null` where none was given: halves of the real table stand in for it. */
  holdout: table.nullable(),
  seed: z.int(),
  /** Resamples of the intervals. */
  bootstrap: z.int(),
  shape,
  trend: z.union([trend, skipped]),
  detection: z.union([detection, skipped]),
  distance: z.union([distance, skipped]),
  utility: z.union([utility, skipped]),
  privacy: z.union([privacy, skipped]),
  /** What the reader should know, a sentence each: rows left out, what the lack of a holdout means. */
  notes: z.array(z.string()),
});

/** The answers to the six questions, as `judge --json` writes them; docs/judge.md has every field. */
export type JudgeResults = z.output<typeof judgeResultsSchema>;
export type Score = z.output<typeof score>;
export type Scores = z.output<typeof scores>;
export type Figure = z.output<typeof figure>;
export type Figures = z.output<typeof figures>;
export type Shape = z.output<typeof shape>;
export type Trend = z.output<typeof trend>;
export type Detection = z.output<typeof detection>;
export type Distance = z.output<typeof distance>;
export type Utility = z.output<typeof utility>;
export type Privacy = z.output<typeof privacy>;

/** The questions, in the order in which they are answered. */
export const questions = ["shape", "trend", "detection", "distance", "utility", "privacy"] as const;
export type Question = (typeof questions)[number];
