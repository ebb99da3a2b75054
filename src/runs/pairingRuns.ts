import { availableParallelism } from "node:os";
import { join } from "node:path";
import { datasets } from "../data/catalogue.js";
import type { Dataset } from "../data/dataset.js";
import { openDataset } from "../data/open.js";
import { ShapeError } from "../engine/index.js";
import { InputError } from "../errors.js";
import { Divergence } from "../game/divergence.js";
import { metrics as catalogue } from "../metrics/catalogue.js";
import type { OwnMetric } from "../metrics/metric.js";
import { inThreads, type ThreadWork, type WorkOptions } from "../parallel/threads.js";
import type { RunConfig } from "./config.js";
import { runName } from "./keptRuns.js";
import { importModules } from "./ownModules.js";
import { type PairingOutcome, type PairingProgress, runPairing } from "./pairingRun.js";
import { addedPart } from "./parts.js";
import { openOptions } from "./runData.js";
import type { LogOptions } from "./trainRun.js";

/** How one of several runs stands. */
export interface RunProgress extends PairingProgress {
  readonly loss: string;
  readonly seed: number;
}

interface Assignment extends LogOptions {
  readonly config: RunConfig;
  readonly threads: number | undefined;
  readonly folder: string | undefined;
  readonly modules: readonly string[];
}

export interface RunPairingsOptions extends LogOptions {
  /** Keeps each run in a folder of its own within (`runName`), and goes on with those that it keeps. Default: nothing is kept. */
  readonly folder?: string | undefined;
  /** Runs at a time, each in a thread of its own. 0: one after the other, in this thread. Default: the number of cores. */
  readonly workers?: number | undefined;
  /** The user's own modules (`importModules`), for each thread to import. */
  readonly modules?: readonly string[] | undefined;
  /** Metrics besides those of the catalogue. As functions do not pass from thread to thread, all runs are in this one then. */
  readonly metrics?: readonly OwnMetric[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RunProgress, config: RunConfig) => void) | undefined;
  /** Called when a run has ended; its thread goes on to the next when this has. */
  readonly onOutcome?: (outcome: PairingOutcome, config: RunConfig) => Promise<void>;
}

/** How many threads train `count` runs; 0: this one does, one after the other. Functions of the user's own cannot go to others. */
export function workersFor(
  { workers, metrics = [] }: Pick<RunPairingsOptions, "workers" | "metrics">,
  count: number,
): number {
  return metrics.length > 0 ? 0 : (workers ?? Math.min(availableParallelism(), count));
}

/**
 * Trains each of several configurations on `data`, and returns what became of them in the same order.
 * @throws InputError where a configuration evaluates nothing, so that there would be nothing to return
 * @throws the signal's reason where it stopped the work
 */
export async function runPairings(
  configs: readonly RunConfig[],
  data: Dataset,
  options: RunPairingsOptions,
): Promise<PairingOutcome[]> {
  const { metrics = [], modules = [], logs = [], logEvery, signal, onOutcome } = options;
  const workers = workersFor(options, configs.length);
  if (configs.some(({ evaluateEvery }) => evaluateEvery === 0))
    throw new InputError("evaluateEvery cannot be 0 here: the figures of a run are those of its last evaluation.");
  if (logs.length > 0 && options.folder === undefined)
    throw new InputError("Runs are logged where a folder keeps them: give a folder, or leave out logs.");
  const own = [...configs.map(addedPart), ...configs.map(addedData), addedMetric()].find((part) => part !== undefined);
  if (own !== undefined && workers > 0 && modules.length === 0) {
    throw new InputError(
      `The ${own} was added in this thread, and others do not know it: name the module that adds it (modules), or choose workers: 0.`,
    );
  }
  const threads = Math.max(1, Math.floor(availableParallelism() / Math.max(1, workers)));
  const assignments = configs.map((config): Assignment => {
    const folder = options.folder === undefined ? undefined : join(options.folder, runName(config));
    return { config, threads: workers === 0 ? undefined : threads, folder, modules, logs, logEvery };
  });
  const here = {
    ...pairingWork,
    run: (assignment: Assignment, control: Control) => onData(assignment, data, control, metrics),
  };
  return await inThreads(workers === 0 ? here : pairingWork, assignments, {
    workers,
    signal,
    onProgress(progress, { config }) {
      const { loss, seed } = config;
      options.onProgress?.({ ...progress, loss, seed }, config);
    },
    onResult: async (outcome, { config }) => await onOutcome?.(outcome, config),
  });
}

/** The data set of a run, where it was added in this thread, by what it is called in messages. */
function addedData({ data }: RunConfig): string | undefined {
  return datasets.wasAdded(data) ? `data set "${data}"` : undefined;
}

/** A metric that was added in this thread, by what it is called in messages. */
function addedMetric(): string | undefined {
  const name = catalogue.names.find(catalogue.wasAdded);
  return name === undefined ? undefined : `metric "${name}"`;
}

type Control = WorkOptions<PairingProgress>;

/** What a thread does. */
export async function trainAssigned(assignment: Assignment, control: Control): Promise<PairingOutcome> {
  await importModules(assignment.modules);
  return onData(assignment, await openDataset(assignment.config.data, openOptions(assignment.config)), control);
}

function onData(
  { config, threads, folder, logs, logEvery }: Assignment,
  data: Dataset,
  control: Control,
  metrics: readonly OwnMetric[] = [],
): Promise<PairingOutcome> {
  return runPairing(config, data, { threads, folder, metrics, logs, logEvery, ...control });
}

const pairingWork: ThreadWork<Assignment, PairingProgress, PairingOutcome> = {
  module: import.meta.url,
  run: trainAssigned,
  errors: [Divergence, ShapeError],
  stop: "ask",
};
