import { hasFingerprint } from "../data/fingerprint.js";
import { openDataset } from "../data/open.js";
import { ShapeError } from "../engine/index.js";
import { InputError } from "../errors.js";
import { Divergence } from "../game/divergence.js";
import type { ThreadWork, WorkOptions } from "../parallel/threads.js";
import type { RunConfig } from "../runs/config.js";
import { earlyEndSentence } from "../runs/earlyEnd.js";
import { runToKeep } from "../runs/keptRuns.js";
import { lastSamples } from "../runs/lastSamples.js";
import { importModules } from "../runs/ownModules.js";
import type { PairingProgress } from "../runs/pairingRun.js";
import type { RunResult } from "../runs/results.js";
import { openOptions } from "../runs/runData.js";
import { runResult } from "../runs/runResult.js";
import { type LogOptions, trainRun } from "../runs/trainRun.js";
import type { PartProgress } from "../synthesis/finishRows.js";
import type { Progress } from "../training/train.js";

/** What trains one run of a sweep. */
export interface Assignment extends LogOptions {
  readonly config: RunConfig;
  /** Of the data that the sweep was planned on; `null` where it does not tell. */
  readonly fingerprint: string | null;
  /** The folder that keeps the run. */
  readonly directory: string;
  readonly threads: number | undefined;
  /** The user's own modules (`importModules`). */
  readonly modules: readonly string[];
}

/** What a run of a sweep came to. */
export interface RunOutcome {
  readonly result: RunResult;
  /** Samples of its generator, `[n, ...sample]`; `null` of rows of a table, and where it diverged. */
  readonly samples: Float32Array | null;
}

/**
 * Trains a run from where its folder has it to its end.
 * @throws InputError where the data is other data than the sweep was planned on, or the folder keeps another run or is in use
 * @throws the signal's reason where it stopped the run, which its folder keeps as far as it has come
 */
export async function trainPlanned(
  { config, fingerprint, directory, threads, modules, logs, logEvery }: Assignment,
  { signal, onProgress }: WorkOptions<PairingProgress>,
): Promise<RunOutcome> {
  await importModules(modules);
  const data = await openDataset(config.data, openOptions(config));
  if (!hasFingerprint(data, fingerprint))
    throw new InputError(
      `${config.data} is not the data that the sweep was planned on: restore that, or plan the sweep again.`,
    );
  const run = await runToKeep(directory, config, data);
  const { iterations } = config;
  let evaluated = 0;
  const work = {
    ...{ signal, threads, logs, logEvery },
    onProgress: ({ doing, done, of }: PartProgress) => onProgress({ doing, iteration: done, iterations: of }),
  };
  for await (const event of trainRun(run, work)) {
    if (event.type === "step") onProgress({ iteration: event.iteration, iterations });
    if (event.type === "evaluation") {
      evaluated = event.evaluation.iteration;
      onProgress({ iteration: evaluated, iterations, evaluation: event.evaluation });
    }
    if (event.type === "warning") onProgress({ iteration: evaluated, iterations, warning: event.message });
    if (event.type === "end") {
      if (event.reason !== undefined)
        onProgress({
          iteration: evaluated,
          iterations,
          warning: earlyEndSentence(event.reason, evaluated, iterations),
        });
      const samples = data.kind === "table" ? null : await lastSamples(event.model, config, data);
      return { result: resultOf(config, event.progress, null), samples };
    }
    if (event.type === "diverged") return { result: resultOf(config, event.progress, event.message), samples: null };
    if (event.type === "stopped") throw signal.reason;
  }
  throw new Error("a run ended without saying how");
}

function resultOf({ loss, seed }: RunConfig, { iteration, seconds, history }: Progress, stopped: string | null) {
  return runResult({ loss, seed, iterations: iteration, seconds, stopped }, history);
}

/** `trainPlanned` in a thread. */
export const trainingWork: ThreadWork<Assignment, PairingProgress, RunOutcome> = {
  module: import.meta.url,
  run: trainPlanned,
  errors: [Divergence, ShapeError],
  stop: "ask",
};
