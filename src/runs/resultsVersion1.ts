import { z } from "zod";
import type { Evaluation, Figures } from "../metrics/metric.js";
import { figureSchema, rangeSchema } from "./evaluationSchema.js";
import type { Results } from "./results.js";
import { resultsOf, runResult } from "./runResult.js";

// Version 1 had a member for each figure of an evaluation, `null` where it did not apply and where it was not finite, and for each of a
// run, which followed from its evaluations.

const optional = z.number().nullable().default(null);
const count = z.int().min(0);

/** One evaluation of version 1, brought to the present form. */
export const evaluationVersion1Schema: z.ZodType<Evaluation> = z
  .strictObject({
    iteration: count,
    seconds: figureSchema,
    criticLoss: figureSchema,
    generatorLoss: figureSchema,
    value: figureSchema,
    wassersteinEstimate: optional,
    heldOutEstimate: optional,
    emd: optional,
    debiasedEmd: optional,
    emdFloor: optional,
    settledEstimate: optional,
    settledUpdates: optional,
    settledSlope: optional,
    modesCaptured: optional,
    highQualityShare: optional,
    feedback: figureSchema,
    starvedShare: optional,
    slopeMean: figureSchema,
    slopeP99: figureSchema,
    slopeMax: figureSchema,
    realScoreRange: rangeSchema,
    fakeScoreRange: rangeSchema,
  })
  .transform(({ iteration, seconds, ...members }) => {
    const figures: Record<string, Figures[string]> = {};
    for (const [name, value] of Object.entries(members)) if (value !== null) figures[name] = value;
    return { iteration, seconds, figures };
  });

const run = z.object({
  loss: z.string().min(1),
  seed: z.int(),
  iterations: count,
  seconds: figureSchema,
  modesTotal: count.nullable(),
  stopped: z.string().nullable(),
  history: z.array(evaluationVersion1Schema).min(1),
});

/** A `results.json` of version 1, brought to the present one. */
export const resultsVersion1Schema: z.ZodType<Results> = z
  .strictObject({
    version: z.literal(1),
    data: z.string(),
    distanceUnit: z.literal("training").default("training"),
    link: z.string().optional(),
    runs: z.array(run).min(1),
  })
  .transform(({ data, link, runs }) =>
    resultsOf(
      data,
      runs.map(({ modesTotal, history, ...rest }) =>
        runResult(rest, modesTotal === null ? history : history.map((one) => withModes(one, modesTotal))),
      ),
      link === undefined ? {} : { link },
    ),
  );

function withModes({ figures, ...rest }: Evaluation, modesTotal: number): Evaluation {
  return { ...rest, figures: { ...figures, modesTotal } };
}
