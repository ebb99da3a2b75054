import { join } from "node:path";
import { z } from "zod";
import type { Evaluation } from "../metrics/metric.js";
import { type RunConfig, runConfigSchema } from "../runs/config.js";
import { evaluationSchema } from "../runs/evaluationSchema.js";
import { resultsOf, runResult } from "../runs/runResult.js";
import { statusOf } from "../runs/runStatus.js";
import type { RunView, Standing } from "./protocol.js";
import { namesWithin, textWithin } from "./within.js";

const historySchema = z.array(evaluationSchema);
const checkpointSchema = z.object({
  iteration: z.int(),
  config: runConfigSchema,
  seconds: z.number(),
  history: historySchema,
});

/**
 * How the run in a folder of `monge train` stands: by its newest checkpoint, and by the evaluations and the status that it has written
 * since. `null` where there is no checkpoint that this version can read.
 * @param root the real path of the folder
 */
export async function trainedRun(root: string): Promise<Standing | null> {
  const saved = await newestCheckpoint(root);
  if (!saved) return null;
  const history = parsed(historySchema, await textWithin(root, "history.json")) ?? saved.history;
  const status = statusOf((await textWithin(root, "status.json")) ?? "");
  const iterations = status?.iterations ?? saved.config.iterations;
  const iteration = Math.max(saved.iteration, history.at(-1)?.iteration ?? 0);
  const message = status?.message ?? null;
  return {
    state: status?.state ?? (iteration < iterations ? "stopped" : "finished"),
    progress: { iteration, iterations },
    settings: { ...saved.config, iterations },
    results: resultsSoFar(
      saved.config,
      { iteration, seconds: saved.seconds, stopped: status?.state === "diverged" ? message : null },
      history,
    ),
    message,
  };
}

function resultsSoFar(
  { data, loss, seed }: RunConfig,
  {
    iteration,
    seconds,
    stopped,
  }: { readonly iteration: number; readonly seconds: number; readonly stopped: string | null },
  history: readonly Evaluation[],
): RunView["results"] {
  const last = history.at(-1);
  if (!last) return null;
  const run = { loss, seed, iterations: iteration, seconds: Math.max(seconds, last.seconds), stopped };
  return resultsOf(data, [runResult(run, history)]);
}

/** What the newest checkpoint says of the run. Its tensors are of no use here, so neither they nor the checksums are read. */
async function newestCheckpoint(root: string) {
  const names = (await namesWithin(root, "checkpoints")).filter((name) => /^\d{8,}$/.test(name));
  for (const name of names.sort((a, b) => Number(b) - Number(a))) {
    const saved = parsed(checkpointSchema, await textWithin(root, join("checkpoints", name), "run.json"));
    if (saved) return saved;
  }
  return null;
}

function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  try {
    return text === null ? null : (schema.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null;
  }
}
