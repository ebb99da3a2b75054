import { z } from "zod";
import type { Evaluation } from "../metrics/metric.js";

/** JSON has no NaN and no infinity: such a number is written as null, and is NaN when it is read. */
export const figureSchema = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN);
export const rangeSchema = z.tuple([figureSchema, figureSchema]);
export const figuresSchema = z.record(z.string().min(1), z.union([figureSchema, rangeSchema]));

/** One evaluation as a file keeps it. */
export const evaluationSchema: z.ZodType<Evaluation> = z.strictObject({
  iteration: z.int().min(0),
  seconds: figureSchema,
  figures: figuresSchema,
});
