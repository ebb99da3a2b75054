import type { Redis } from "ioredis";
import { z } from "zod";
import { runConfigSchema } from "../../runs/config.js";
import { evaluationSchema } from "../../runs/evaluationSchema.js";
import { runResultSchema } from "../../runs/resultsSchema.js";

/** What the keys of our queues begin with: a queue is called like its sweep. */
export const PREFIX = "monge";
/** The sweeps of a server, by name; no queue is called so. */
const SWEEPS = "monge-sweeps";

/** What a job asks for: one run of a sweep. Its id is the name of the run. */
export const jobSchema = z.strictObject({
  config: runConfigSchema,
  /** Of the data that the sweep was planned on; `null` where it does not tell. */
  fingerprint: z.string().nullable(),
  /** Whether the model is to come back too. */
  wantsModel: z.boolean(),
});

/** How a run goes, for the sweep's display. */
export const progressSchema = z.strictObject({
  doing: z.string().optional(),
  iteration: z.number(),
  iterations: z.number(),
  evaluation: evaluationSchema.optional(),
  /** All that was warned of so far. */
  warnings: z.array(z.string()),
});

/** A file that comes back in pieces, each a value of its own. */
const sentFileSchema = z.strictObject({
  name: z.enum(["state.safetensors", "run.json"]),
  pieces: z.int().min(1),
  bytes: z.int().min(0),
  sha256: z.string(),
});

export type SentFile = z.infer<typeof sentFileSchema>;

/** What a run came to, as it comes back. */
export const outcomeSchema = z.strictObject({
  result: runResultSchema,
  /** The samples that it ended with as a PNG in base64; `null` of rows of a table, and where it diverged. */
  picture: z.string().nullable(),
  /** The last checkpoint: the name of its folder, and its files. */
  model: z.strictObject({ folder: z.string().regex(/^\d+$/), files: z.array(sentFileSchema) }).nullable(),
});

export type JobData = z.input<typeof jobSchema>;
export type JobOutcome = z.input<typeof outcomeSchema>;
export type JobProgress = z.infer<typeof progressSchema>;

const sweepSchema = z.strictObject({
  /** The version of this package that its runs are to be trained by. */
  monge: z.string(),
  /** Sweeps of higher priority are worked on first; of equals the one that was there first. */
  priority: z.number(),
  since: z.number(),
});

/** A sweep that has a queue. */
export interface QueuedSweep extends z.infer<typeof sweepSchema> {
  readonly id: string;
}

/** Lets workers know of a sweep. */
export async function announceSweep(client: Redis, { id, ...sweep }: QueuedSweep): Promise<void> {
  await client.hset(SWEEPS, id, JSON.stringify(sweep));
}

export async function withdrawSweep(client: Redis, id: string): Promise<void> {
  await client.hdel(SWEEPS, id);
}

/** The sweeps of a server, that to be worked on first at the head. */
export async function queuedSweeps(client: Redis): Promise<QueuedSweep[]> {
  const entries = Object.entries(await client.hgetall(SWEEPS));
  const sweeps = entries.flatMap(([id, text]): QueuedSweep[] => {
    const { data } = sweepSchema.safeParse(jsonOf(text));
    return data ? [{ id, ...data }] : [];
  });
  return sweeps.sort((a, b) => b.priority - a.priority || a.since - b.since);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
