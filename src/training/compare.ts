import { type OpenOptions, openDataset } from "../data/open.js";
import { createRng } from "../random.js";
import type { Comparison, Results, RunResult } from "../results.js";
import { type RunConfig, type RunSettings, resolveConfig, trainOptions } from "./config.js";
import { checkMemory } from "./memory.js";
import { oneDimensionalFigure } from "./oneDimensional.js";
import { keptPerMoment, type PairingOutcome } from "./pairingRun.js";
import { type RunProgress, runPairings } from "./pairingRuns.js";
import { runResult } from "./runResult.js";
import { checkOptions } from "./train.js";

export interface CompareOptions {
  /** A named data set or a path. */
  readonly data: string;
  readonly dataOptions?: OpenOptions;
  /** Pairings of loss and Lipschitz constraint, such as "bce" and "w-gp". */
  readonly losses: readonly string[];
  readonly seeds: readonly number[];
  /** Settings that every run gets. */
  readonly settings?: Omit<Partial<RunSettings>, "data" | "loss" | "seed">;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CompareProgress) => void;
  /** Called before the first iteration, after each evaluation, and when a run has ended. */
  readonly onStanding?: (standing: ComparisonStanding) => void;
  /** Called with what was guessed when the data was read, in sentences. */
  readonly onWarning?: (sentence: string) => void;
  /** Runs at a time, each in a thread of its own; as many as there are cores unless told. 0: one after the other, in this thread. */
  readonly workers?: number;
}

/** How one of the runs stands. */
export type CompareProgress = RunProgress;

/** How all of them together stand. */
export interface ComparisonStanding {
  /** Generator iterations that all runs are to have in the end. */
  readonly iterations: number;
  /** Of the runs that have been evaluated, in their order. */
  readonly results: Results;
}

/**
 * Trains every pairing with every seed on the same data with the same networks, and returns the figures and what the report is drawn
 * from.
 * @throws InputError where an option is wrong, before anything is trained
 * @throws DOMException AbortError where it was stopped
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { losses, seeds, settings, data: name, dataOptions, workers, signal } = options;
  const data = await openDataset(name, dataOptions);
  for (const sentence of data.warnings ?? []) options.onWarning?.(sentence);
  const configs = seeds.flatMap((seed) =>
    losses.map((loss) => resolveConfig({ ...settings, data: name, loss, seed }, data)),
  );
  for (const config of configs) {
    checkMemory(config, data);
    checkOptions(trainOptions(config, data));
  }
  const known = new Map<RunConfig, RunResult>();
  const resultsSoFar = (): Results => {
    const runs = configs.flatMap((config) => known.get(config) ?? []);
    return { version: 1, data: data.name, distanceUnit: "training", runs };
  };
  const tellStanding = () => {
    const iterations = configs.reduce((sum, config) => sum + config.iterations, 0);
    options.onStanding?.({ iterations, results: resultsSoFar() });
  };
  const onProgress = (progress: RunProgress, config: RunConfig) => {
    options.onProgress?.(progress);
    const { loss, seed, evaluation } = progress;
    if (!evaluation) return;
    const { iteration: iterations, seconds } = evaluation;
    const history = [...(known.get(config)?.history ?? []), evaluation];
    const modes = data.modes?.centers.length ?? null;
    known.set(config, runResult({ loss, seed, iterations, seconds, stopped: null }, history, modes));
    tellStanding();
  };
  const onOutcome = async ({ result }: PairingOutcome, config: RunConfig) => {
    known.set(config, result);
    tellStanding();
  };
  tellStanding();
  const outcomes = await runPairings(configs, data, { dataOptions, workers, signal, onProgress, onOutcome });
  return {
    results: resultsSoFar(),
    shape: data.shape,
    real: data.batch(createRng(0), keptPerMoment(data.shape)),
    pictures: outcomes.map(({ pictures }) => pictures),
    oneDimensional: await oneDimensionalFigure(),
  };
}
