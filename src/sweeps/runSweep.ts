import { availableParallelism } from "node:os";
import { inLanes } from "../parallel/lanes.js";
import { inThread } from "../parallel/threads.js";
import type { PairingProgress } from "../runs/pairingRun.js";
import type { RunResult } from "../runs/results.js";
import type { LogOptions } from "../runs/trainRun.js";
import { keptResult, saveResult } from "./runOutcome.js";
import { type PlannedRun, runFolder, type SweepPlan } from "./sweepPlan.js";
import { type RunOutcome, trainingWork, trainPlanned } from "./trainPlanned.js";

/** Files that are open at a time. */
const READ_AT_ONCE = 32;

export interface RunSweepOptions extends LogOptions {
  /** Runs at a time, each in a thread of its own. 0: one after the other, in this thread. Default: the number of cores. */
  readonly workers?: number | undefined;
  /** The user's own modules (`importModules`), for each thread to import. */
  readonly modules?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PairingProgress, run: PlannedRun) => void) | undefined;
  /** Called when a run has ended, before that is written to its folder. */
  readonly onOutcome?: ((outcome: RunOutcome, run: PlannedRun) => Promise<void>) | undefined;
}

/** A run of a sweep that has ended. */
export interface EndedRun {
  readonly run: PlannedRun;
  readonly result: RunResult;
}

/**
 * Trains some runs of the sweep in `directory` from where their folders have them, and writes what each came to.
 * @throws InputError where a run cannot be trained; those that are under way are stopped then, and keep what they have
 * @throws the signal's reason where it stopped the work
 */
export async function runSweep(
  directory: string,
  { data: { fingerprint } }: SweepPlan,
  runs: readonly PlannedRun[],
  options: RunSweepOptions,
): Promise<void> {
  const { modules = [], logs, logEvery, signal } = options;
  const workers = options.workers ?? Math.min(availableParallelism(), runs.length);
  const threads = workers === 0 ? undefined : Math.max(1, Math.floor(availableParallelism() / workers));
  const one = async (run: PlannedRun, stop: AbortSignal) => {
    const folder = runFolder(directory, run);
    const assignment = { config: run.config, fingerprint, directory: folder, threads, modules, logs, logEvery };
    const control = { signal: stop, onProgress: (progress: PairingProgress) => options.onProgress?.(progress, run) };
    const outcome = await (workers === 0
      ? trainPlanned(assignment, control)
      : inThread(trainingWork, assignment, control));
    await options.onOutcome?.(outcome, run);
    await saveResult(folder, outcome.result);
  };
  await inLanes(runs, Math.max(1, workers), one, signal);
}

/** The runs of the sweep in `directory` that have ended, in the order of its plan. */
export async function endedRuns(directory: string, { runs }: SweepPlan): Promise<readonly EndedRun[]> {
  const results = await inLanes(runs, READ_AT_ONCE, (run) => keptResult(runFolder(directory, run)));
  return runs.flatMap((run, index) => {
    const result = results[index];
    return result ? [{ run, result }] : [];
  });
}
