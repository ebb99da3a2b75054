import { z } from "zod";
import { type MetricFacts, PLACES } from "../metrics/metric.js";
import { evaluationSchema, figureSchema, figuresSchema } from "./evaluationSchema.js";
import type { Results, RunResult } from "./results.js";
import { resultsVersion1Schema } from "./resultsVersion1.js";

const text = z.string().min(1);

const metric: z.ZodType<MetricFacts> = z.strictObject({
  name: text,
  title: text,
  label: text,
  head: text,
  summary: text,
  formula: text.optional(),
  source: text.optional(),
  unit: text.optional(),
  better: z.union([z.enum(["higher", "lower", "none"]), z.strictObject({ near: z.number() })]),
  about: z.enum(["outcome", "training"]),
  places: z.array(z.enum(PLACES)),
  notation: z.strictObject({
    style: z.enum(["number", "share", "correlation"]).optional(),
    digits: z.int().min(1).max(17).optional(),
    outOf: text.optional(),
    ends: z.tuple([text, text]).optional(),
  }),
  chart: z.strictObject({
    scale: z.enum(["linear", "logarithmic"]).optional(),
    reference: z.strictObject({ at: z.union([z.number(), text]), text }).optional(),
  }),
});

const run = z.strictObject({
  loss: text,
  seed: z.int(),
  iterations: z.int().min(0),
  seconds: figureSchema,
  stopped: z.string().nullable(),
  figures: figuresSchema,
  history: z.array(evaluationSchema).min(1),
});

/** A run by itself, which may have ended before its first evaluation. */
export const runResultSchema: z.ZodType<RunResult> = run.extend({ history: z.array(evaluationSchema) });

const resultsVersion2Schema: z.ZodType<Results> = z.strictObject({
  version: z.literal(2),
  data: z.string(),
  link: z.string().optional(),
  features: z.string().optional(),
  metrics: z.array(metric),
  runs: z.array(run).min(1),
});

const versionSchema = z.object({ version: z.literal([1, 2]) });

/** Results, or the first place in a value that makes it none, as "runs.0.loss", and what is wrong there. */
export type ParsedResults = { readonly results: Results } | { readonly place: string; readonly problem: string };

/** What `results.json` holds, see docs/results-format.md: version 2, or version 1 brought to it. */
export function parseResults(value: unknown): ParsedResults {
  const versioned = versionSchema.safeParse(value);
  const schema = versioned.data?.version === 1 ? resultsVersion1Schema : resultsVersion2Schema;
  const { data: results, error } = schema.safeParse(value);
  if (results && versioned.success) return { results };
  const [issue] = (versioned.error ?? error)?.issues ?? [];
  return { place: issue?.path.join(".") ?? "", problem: issue?.message ?? "" };
}
