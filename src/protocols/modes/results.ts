import { z } from "zod";
import { runConfigSchema } from "../../runs/config.js";
import { type ProtocolName, protocolNames } from "./protocols.js";

const share = z.number().min(0).max(1);

const figuresSchema = z.object({
  /** Modes that at least one sample shows: a high-quality sample, for points. */
  modes: z.int().min(0),
  /** Share of samples within 3 deviations of their nearest mode; `null` for images. */
  highQualityShare: share.nullable(),
  /** Exact Earth mover's distance between 1,000 held-out and 1,000 generated points, in training units; `null` for images. */
  emd: z.number().nullable(),
  /** KL(modes of the samples || uniform) in nats; `null` for points. */
  klDivergence: z.number().nullable(),
});

const trialSchema = figuresSchema.extend({
  /** Everything that determines the trial; its loss and seed among it. */
  config: runConfigSchema,
  /** Generator updates done. */
  iterations: z.int().min(0),
  /** Of training. */
  seconds: z.number(),
  /** Why it ended early (a loss that was not finite), or `null`. Its figures are then of the last generator that was whole. */
  stopped: z.string().nullable(),
});

/** What `results.json` of `monge benchmark modes` is read back from. */
export const modesResultsSchema = z.object({
  version: z.literal(1),
  benchmark: z.literal("modes"),
  protocol: z.enum(protocolNames as [ProtocolName, ...ProtocolName[]]),
  quick: z.boolean(),
  /** Generated samples of each trial that were judged. */
  samples: z.int().min(1),
  /** What as many real samples get: no generator can be expected to do better. */
  real: figuresSchema,
  trials: z.array(trialSchema),
});

/** What samples are judged by. */
export type Figures = z.infer<typeof figuresSchema>;
/** A generator trained and judged. */
export type Trial = z.infer<typeof trialSchema>;
/** The trials of a folder, and what they come to for each pairing. */
export type ModesResults = z.infer<typeof modesResultsSchema>;
