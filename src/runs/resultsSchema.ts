import { z } from "zod";
import type { Evaluation, Results } from "./results.js";

// JSON has no NaN and no infinity: such a figure is written as null, and is NaN when it is read where a figure must be.
const figure = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
const optionalFigure = z.number().nullable();
const share = z.number().min(0).max(1).nullable();
const count = z.int().min(0);
const correlation = z.number().min(-1).max(1);
const correlations = z.strictObject({ pearson: correlation, spearman: correlation, n: count }).nullable().default(null);
const relativeError = z
  .strictObject({ mean: z.number().min(0), largest: z.number().min(0), n: count })
  .nullable()
  .default(null);
const exactAndSettled = {
  debiasedEmd: optionalFigure.default(null),
  emdFloor: optionalFigure.default(null),
  settledEstimate: optionalFigure.default(null),
  settledUpdates: count.nullable().default(null),
  settledSlope: optionalFigure.default(null),
};
const range = z.tuple([figure, figure]);

/** One evaluation as a file keeps it. */
export const evaluationSchema: z.ZodType<Evaluation> = z.strictObject({
  iteration: count,
  seconds: figure,
  criticLoss: figure,
  generatorLoss: figure,
  value: figure,
  wassersteinEstimate: optionalFigure,
  heldOutEstimate: optionalFigure,
  emd: optionalFigure,
  ...exactAndSettled,
  modesCaptured: count.nullable(),
  highQualityShare: share,
  feedback: figure,
  starvedShare: share.default(null),
  slopeMean: figure,
  slopeP99: figure,
  slopeMax: figure,
  realScoreRange: range,
  fakeScoreRange: range,
});

const run = z.strictObject({
  loss: z.string().min(1),
  seed: z.int(),
  iterations: count,
  seconds: figure,
  wassersteinEstimate: optionalFigure,
  heldOutEstimate: optionalFigure,
  emd: optionalFigure,
  ...exactAndSettled,
  modesCaptured: count.nullable(),
  modesTotal: count.nullable(),
  highQualityShare: share,
  feedbackFirst: figure,
  feedbackLast: figure,
  starvedShare: share.default(null),
  slopeMean: figure,
  slopeMax: figure,
  realScoreRange: range,
  fakeScoreRange: range,
  estimateCorrelation: correlations,
  lateEstimateCorrelation: correlations,
  settledCorrelation: correlations,
  settledError: relativeError,
  stopped: z.string().nullable(),
  history: z.array(evaluationSchema).min(1),
});

/** What `results.json` holds, version 1: see docs/results-format.md. */
export const resultsSchema: z.ZodType<Results> = z.strictObject({
  version: z.literal(1),
  data: z.string(),
  distanceUnit: z.literal("training").default("training"),
  link: z.string().optional(),
  runs: z.array(run).min(1),
});
