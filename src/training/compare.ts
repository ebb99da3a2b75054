import { type OpenOptions, openDataset } from "../data/open.js";
import { createRng } from "../random.js";
import type { Comparison } from "../results.js";
import { type RunSettings, resolveConfig, trainOptions } from "./config.js";
import { oneDimensionalFigure } from "./oneDimensional.js";
import { keptPerMoment } from "./pairingRun.js";
import { type RunProgress, runPairings } from "./pairingRuns.js";
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
  /** Runs at a time, each in a thread of its own; as many as there are cores unless told. 0: one after the other, in this thread. */
  readonly workers?: number;
}

/** How one of the runs stands. */
export type CompareProgress = RunProgress;

/**
 * Trains every pairing with every seed on the same data with the same networks, and returns the figures and what the report is drawn
 * from.
 * @throws InputError where an option is wrong, before anything is trained
 * @throws DOMException AbortError where it was stopped
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { losses, seeds, settings, data: name, dataOptions, workers, signal, onProgress } = options;
  const data = await openDataset(name, dataOptions);
  const configs = seeds.flatMap((seed) =>
    losses.map((loss) => resolveConfig({ ...settings, data: name, loss, seed }, data)),
  );
  for (const config of configs) checkOptions(trainOptions(config, data));
  const outcomes = await runPairings(configs, data, { dataOptions, workers, signal, onProgress });
  return {
    results: { version: 1, data: data.name, runs: outcomes.map(({ result }) => result) },
    shape: data.shape,
    real: data.batch(createRng(0), keptPerMoment(data.shape)),
    pictures: outcomes.map(({ pictures }) => pictures),
    oneDimensional: await oneDimensionalFigure(),
  };
}
