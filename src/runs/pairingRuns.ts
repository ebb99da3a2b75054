import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Dataset } from "../data/dataset.js";
import type { OpenOptions } from "../data/open.js";
import { InputError } from "../errors.js";
import { inThread, inTurns } from "../parallel/threads.js";
import type { RunConfig } from "./config.js";
import { runName } from "./keptRuns.js";
import { type PairingOutcome, type PairingProgress, runPairing } from "./pairingRun.js";

/** How one of several runs stands. */
export interface RunProgress extends PairingProgress {
  readonly loss: string;
  readonly seed: number;
}

/** What a thread is given. */
export interface Assignment {
  readonly config: RunConfig;
  readonly dataOptions: OpenOptions | undefined;
  readonly threads: number;
  readonly folder: string | undefined;
}

export interface RunPairingsOptions {
  /** How the data is opened again in a thread. */
  readonly dataOptions?: OpenOptions | undefined;
  /** Keeps each run in a folder of its own within (`runName`), and goes on with those that it keeps. Default: nothing is kept. */
  readonly folder?: string | undefined;
  /** Runs at a time, each in a thread of its own; as many as there are cores unless told. 0: one after the other, in this thread. */
  readonly workers?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RunProgress, config: RunConfig) => void) | undefined;
  /** Called when a run has ended; its thread goes on to the next when this has. */
  readonly onOutcome?: (outcome: PairingOutcome, config: RunConfig) => Promise<void>;
}

/**
 * Trains each of several configurations on `data`, and returns what became of them in the same order.
 * @throws InputError where a configuration evaluates nothing, so that there would be nothing to return
 * @throws DOMException AbortError where it was stopped
 */
export async function runPairings(
  configs: readonly RunConfig[],
  data: Dataset,
  options: RunPairingsOptions,
): Promise<PairingOutcome[]> {
  const { dataOptions, workers = Math.min(availableParallelism(), configs.length), signal, onOutcome } = options;
  if (configs.some(({ evaluateEvery }) => evaluateEvery === 0))
    throw new InputError("evaluateEvery cannot be 0 here: the figures of a run are those of its last evaluation.");
  const threads = Math.max(1, Math.floor(availableParallelism() / Math.max(1, workers)));
  const one = (config: RunConfig) => {
    const { loss, seed } = config;
    const onProgress = (progress: PairingProgress) => options.onProgress?.({ ...progress, loss, seed }, config);
    const folder = options.folder === undefined ? undefined : join(options.folder, runName(config));
    if (workers === 0) return runPairing(config, data, { folder, onProgress, signal });
    const assignment: Assignment = { config, dataOptions, threads, folder };
    return inThread<PairingProgress, PairingOutcome>(new URL("./pairingWorker.js", import.meta.url), assignment, {
      signal,
      onProgress,
    });
  };
  return await inTurns(configs, Math.max(1, workers), async (config) => {
    const outcome = await one(config);
    await onOutcome?.(outcome, config);
    return outcome;
  });
}
