import { join } from "node:path";
import { classesInTurn, MOST_ROWS } from "../data/classesInTurn.js";
import type { Dataset } from "../data/dataset.js";
import { openDataset } from "../data/open.js";
import { InputError } from "../errors.js";
import { oneDimensionalFigure } from "../figures/oneDimensional.js";
import { metricsWith } from "../metrics/catalogue.js";
import type { OwnMetric } from "../metrics/metric.js";
import { uncapitalised } from "../quoting.js";
import { createRng } from "../random.js";
import { checkOptions, type Progress } from "../training/train.js";
import { batchWarnings, type RunConfig, type RunSettings, resolveConfig, withinRows } from "./config.js";
import { keptRun, removeOther, removeRun, runName } from "./keptRuns.js";
import { checkMemory } from "./memory.js";
import { importModules } from "./ownModules.js";
import { keptPerMoment, outcomeSoFar, type PairingOutcome } from "./pairingRun.js";
import { type RunProgress, runPairings, workersFor } from "./pairingRuns.js";
import { featuresName, featureWarnings, withPlacedFeatures } from "./pictureFeatures.js";
import type { Comparison, Results, RunResult } from "./results.js";
import { openOptions } from "./runData.js";
import { resultsOf, runResult } from "./runResult.js";
import { trainOptions } from "./trainOptions.js";
import type { LogOptions } from "./trainRun.js";

/** What is compared, with which settings, and where it is kept. */
export interface CompareOptions extends LogOptions {
  /** A named data set or a path. */
  readonly data: string;
  /** Pairings of loss and Lipschitz constraint, such as "bce" and "w-gp". */
  readonly losses: readonly string[];
  /** Seeds of the runs: each pairing is trained with each. */
  readonly seeds: readonly number[];
  /** Settings that every run gets. */
  readonly settings?: Omit<Partial<RunSettings>, "data" | "loss" | "seed">;
  /**
   * A folder that keeps each run in a folder of its own, LOSS-seed-SEED: what was interrupted goes on with the same options, and what is
   * at its end is not trained again. Default: nothing is kept.
   */
  readonly folder?: string | undefined;
  /** Which runs that `folder` keeps are trained anew: those of other settings or data, or all. Default: none; others are refused. */
  readonly anew?: "others" | "all" | undefined;
  /**
   * Metrics besides those of the catalogue; they go into the results and the report. As functions do not pass from thread to thread, all
   * runs are in this one then. Default: none.
   */
  readonly metrics?: readonly OwnMetric[] | undefined;
  /** Ends the work; with `folder`, what was done is kept. */
  readonly signal?: AbortSignal;
  /** Called now and then while runs are trained. */
  readonly onProgress?: (progress: CompareProgress) => void;
  /** Called before the first iteration, after each evaluation, and when a run has ended. */
  readonly onStanding?: (standing: ComparisonStanding) => void;
  /** Called with sentences: what was guessed when the data was read, and what is wrong with a run that is under way. */
  readonly onWarning?: (sentence: string) => void;
  /** Runs at a time, each in a thread of its own. 0: one after the other, in this thread. Default: the number of cores. */
  readonly workers?: number | undefined;
  /**
   * Paths of the user's own ES modules, which add entries to the catalogues (`losses.add(...)`), imported here and in each thread. What is
   * added in this thread alone goes with `workers: 0`. Default: none.
   */
  readonly modules?: readonly string[] | undefined;
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
 * @param options data, pairings and seeds, and what differs from the defaults
 * @throws InputError where an option is wrong, or `folder` keeps a run of other settings or data, before anything is trained
 * @throws the signal's reason where it stopped the work
 */
export async function compare(options: CompareOptions): Promise<Comparison> {
  const { folder, anew, workers, modules, metrics: own = [], logs, logEvery, signal } = options;
  const { data, configs } = await prepared(options);
  metricsWith(own);
  const warnings = [
    ...(data.warnings ?? []),
    ...batchWarnings(options.settings ?? {}, data),
    ...featureWarnings(options.settings ?? {}, data),
  ];
  for (const sentence of warnings) options.onWarning?.(sentence);
  for (const config of configs) {
    checkMemory(config, data, Math.max(1, Math.min(workersFor(options, configs.length), configs.length)));
    checkOptions(trainOptions(config, data));
  }
  const soFar = (config: RunConfig, { iteration, seconds, history }: Standing) => {
    const { loss, seed } = config;
    known.set(config, runResult({ loss, seed, iterations: iteration, seconds, stopped: null }, history, own));
  };
  const known = new Map<RunConfig, RunResult>();
  for (const config of configs) {
    const kept =
      folder === undefined ? undefined : await keptProgress(join(folder, runName(config)), anew, config, data);
    if (kept && kept.history.length > 0) soFar(config, kept);
  }
  const resultsSoFar = () =>
    resultsOf(
      data.name,
      configs.flatMap((config) => known.get(config) ?? []),
      { own, features: featuresUsed(configs, data) },
    );
  const tellStanding = () => {
    const iterations = configs.reduce((sum, config) => sum + config.iterations, 0);
    options.onStanding?.({ iterations, results: resultsSoFar() });
  };
  const onProgress = (progress: RunProgress, config: RunConfig) => {
    options.onProgress?.(progress);
    const { evaluation, warning } = progress;
    if (warning !== undefined) options.onWarning?.(`${config.loss}, seed ${config.seed}: ${uncapitalised(warning)}`);
    if (!evaluation) return;
    const { iteration, seconds } = evaluation;
    const history = [...(known.get(config)?.history ?? []), evaluation];
    soFar(config, { iteration, seconds, history });
    tellStanding();
  };
  const onOutcome = async ({ result }: PairingOutcome, config: RunConfig) => {
    known.set(config, result);
    tellStanding();
  };
  tellStanding();
  const outcomes = await runPairings(configs, data, {
    ...{ folder, workers, modules, metrics: own, logs, logEvery, signal, onProgress, onOutcome },
  });
  return comparisonOf(data, outcomes, { own, features: featuresUsed(configs, data) });
}

/**
 * The comparison that `compare` has come to so far with the same options, `folder` among them: of the runs that have been evaluated.
 * @throws InputError where there is none, or one is of other settings
 */
export async function comparisonSoFar(options: CompareOptions & { readonly folder: string }): Promise<Comparison> {
  const { folder, metrics: own = [] } = options;
  const { data, configs } = await prepared(options);
  const outcomes: PairingOutcome[] = [];
  for (const config of configs) {
    const outcome = await outcomeSoFar(config, data, join(folder, runName(config)), own);
    if (outcome) outcomes.push(outcome);
  }
  if (outcomes.length === 0) throw new InputError(`${folder} keeps no run of this comparison that has been evaluated.`);
  return comparisonOf(data, outcomes, { own, features: featuresUsed(configs, data) });
}

/** The network by whose features all runs of a comparison compare pictures. */
function featuresUsed([config]: readonly RunConfig[], data: Dataset): string | undefined {
  return config && featuresName(config, data);
}

/** How far a run is, and what was measured. */
type Standing = Pick<Progress, "iteration" | "seconds" | "history">;

/** What a folder keeps of a run that is not to be trained anew. */
async function keptProgress(
  directory: string,
  anew: CompareOptions["anew"],
  config: RunConfig,
  data: Dataset,
): Promise<Standing | undefined> {
  if (anew === "all") await removeRun(directory);
  if (anew === "others") await removeOther(directory, config, data);
  return (await keptRun(directory, config, data))?.progress;
}

async function prepared({ losses, seeds, settings: given, data: name, modules = [] }: CompareOptions) {
  await importModules(modules);
  const settings = given && withPlacedFeatures(given);
  const data = await openDataset(name, openOptions(settings ?? {}));
  const configs = seeds.flatMap((seed) =>
    losses.map((loss) => withinRows(resolveConfig({ ...settings, data: name, loss, seed }, data), data)),
  );
  return { data, configs };
}

async function comparisonOf(
  data: Dataset,
  outcomes: readonly PairingOutcome[],
  said: { readonly own: readonly OwnMetric[]; readonly features: string | undefined },
): Promise<Comparison> {
  return {
    results: resultsOf(
      data.name,
      outcomes.map(({ result }) => result),
      said,
    ),
    kind: data.kind,
    shape: data.fields.sample.shape,
    rows: classesInTurn(data, keptPerMoment(data.kind), MOST_ROWS)?.shown.length,
    real: data.batch(createRng(0), keptPerMoment(data.kind)).sample,
    pictures: outcomes.map(({ pictures }) => pictures),
    oneDimensional: await oneDimensionalFigure(),
  };
}
