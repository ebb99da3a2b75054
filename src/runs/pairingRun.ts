import type { DataKind, Dataset } from "../data/dataset.js";
import { sizeOf } from "../engine/index.js";
import { surfacesOf } from "../figures/surfaces.js";
import type { Model } from "../game/model.js";
import type { Evaluation, OwnMetric } from "../metrics/metric.js";
import type { TurnOptions } from "../parallel/turns.js";
import type { PartProgress } from "../synthesis/finishRows.js";
import { type Progress, type TrainOptions, train } from "../training/train.js";
import type { RunConfig } from "./config.js";
import { earlyEndSentence, hasEnded } from "./earlyEnd.js";
import { firstProgress, withFittedPrior } from "./firstProgress.js";
import { keepFakes, keptFakes } from "./keptFakes.js";
import { keptRun, runToKeep } from "./keptRuns.js";
import { nearestPictures } from "./nearestPictures.js";
import { featuresOf } from "./pictureFeatures.js";
import type { RunPictures, RunResult } from "./results.js";
import type { SavedRun } from "./runRecord.js";
import { runResult } from "./runResult.js";
import { trainOptions } from "./trainOptions.js";
import { type LogOptions, trainRun } from "./trainRun.js";

/** How many fakes of one evaluation a picture keeps, and how many evaluations. */
const POINTS_KEPT = 1000;
const IMAGES_KEPT = 64;
const MOMENTS_KEPT = 8;
/** ... and how many pictures are shown beside the training pictures nearest to them. */
const PAIRS_SHOWN = 32;

export interface PairingProgress {
  /** What is done, in words, where it is no training; the two numbers are of it then. */
  readonly doing?: string;
  readonly iteration: number;
  readonly iterations: number;
  /** The latest evaluation, when it is new. */
  readonly evaluation?: Evaluation;
  /** What is wrong with the run, as a sentence; each is told once. */
  readonly warning?: string;
}

/** A finished run of a comparison: its figures, and what its pictures are drawn from. */
export interface PairingOutcome {
  readonly result: RunResult;
  readonly pictures: RunPictures;
  /** Fakes of the last evaluation, `[n, ...sample]`: all where they are points (2,500 where modes are counted), 64 where they are images. */
  readonly samples: Float32Array;
}

export interface PairingOptions extends LogOptions {
  /** A folder that keeps the run: one that it keeps already is gone on with. Default: nothing is kept. */
  readonly folder?: string | undefined;
  readonly threads?: number | undefined;
  /** Metrics besides those of the catalogue. Default: none. */
  readonly metrics?: readonly OwnMetric[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PairingProgress) => void) | undefined;
}

/**
 * Trains one pairing of loss and constraint to the end.
 * @throws InputError where `folder` keeps a run of other settings or data, or another process works in it
 * @throws the signal's reason where it stopped the run
 */
export async function runPairing(
  config: RunConfig,
  data: Dataset,
  { folder, threads, metrics, logs, logEvery, signal, onProgress }: PairingOptions,
): Promise<PairingOutcome> {
  const { iterations } = config;
  const saved = folder === undefined ? undefined : await keptRun(folder, config, data);
  if (saved && hasEnded(saved, metrics)) return await savedOutcome(config, data, saved, metrics);
  const run = folder === undefined ? undefined : await runToKeep(folder, config, data);
  const moments = run ? await keptMoments(run.directory, run.progress) : [];
  const work = {
    signal,
    onProgress: ({ doing, done, of }: PartProgress) => onProgress?.({ doing, iteration: done, iterations: of }),
  };
  const events = run
    ? trainRun(run, { ...work, threads, metrics, logs, logEvery })
    : train({ ...(await unkept(config, data, work)), threads, metrics, signal });
  let evaluated = 0;
  for await (const event of events) {
    if (event.type === "step") onProgress?.({ iteration: event.iteration, iterations });
    if (event.type === "evaluation") {
      const { iteration } = event.evaluation;
      const samples = event.samples.slice(0, keptPerEvaluation(data));
      moments.push({ iteration, samples });
      if (run) await keepFakes(run.directory, iteration, samples, data.fields.sample.shape);
      onProgress?.({ iteration, iterations, evaluation: event.evaluation });
      evaluated = iteration;
    }
    if (event.type === "warning") onProgress?.({ iteration: evaluated, iterations, warning: event.message });
    if (event.type === "end" && event.reason !== undefined)
      onProgress?.({
        iteration: evaluated,
        iterations,
        warning: earlyEndSentence(event.reason, evaluated, iterations),
      });
    if (event.type === "end" || event.type === "diverged") {
      const stopped = event.type === "diverged" ? event.message : null;
      return await outcomeOf(config, data, event, moments, { stopped, metrics });
    }
    if (event.type === "stopped") throw signal?.reason;
  }
  throw new Error("a run ended without saying how");
}

/** The options of a run that no folder keeps. */
async function unkept(config: RunConfig, data: Dataset, work: TurnOptions<PartProgress>): Promise<TrainOptions> {
  const resume = await withFittedPrior(firstProgress(config, data).progress, config, data, work);
  return { ...trainOptions(config, data), features: featuresOf(config, data), resume, checkpointEvery: 0 };
}

/**
 * What a run that is kept in a folder came to so far; `undefined` where nothing of it has been evaluated yet.
 * @throws InputError where the folder keeps a run of other settings, or cannot be read
 */
export async function outcomeSoFar(
  config: RunConfig,
  data: Dataset,
  folder: string,
  metrics?: readonly OwnMetric[],
): Promise<PairingOutcome | undefined> {
  const saved = await keptRun(folder, config, data);
  if (!saved || saved.progress.history.length === 0) return undefined;
  return await savedOutcome(config, data, saved, metrics);
}

async function savedOutcome(
  config: RunConfig,
  data: Dataset,
  saved: SavedRun,
  metrics: readonly OwnMetric[] | undefined,
): Promise<PairingOutcome> {
  const moments = await keptMoments(saved.directory, saved.progress);
  return await outcomeOf(config, data, saved, moments, { stopped: null, metrics });
}

/** The fakes of an evaluation: all where they are points, the first ones where they are images. */
interface Moment {
  readonly iteration: number;
  readonly samples: Float32Array;
}

async function keptMoments(folder: string, { history }: Pick<Progress, "history">): Promise<Moment[]> {
  const moment = async ({ iteration }: Evaluation) => ({ iteration, samples: await keptFakes(folder, iteration) });
  return Promise.all(history.map(moment));
}

async function outcomeOf(
  config: RunConfig,
  data: Dataset,
  { progress, model }: { readonly progress: Progress; readonly model: Model },
  moments: readonly Moment[],
  { stopped, metrics }: { readonly stopped: string | null; readonly metrics: readonly OwnMetric[] | undefined },
): Promise<PairingOutcome> {
  const { loss, seed } = config;
  const { iteration, seconds, history } = progress;
  const run = { loss, seed, iterations: iteration, seconds, stopped };
  const samples = moments.at(-1)?.samples ?? new Float32Array();
  const shown = keptPerMoment(data.kind) * sizeOf(data.fields.sample.shape);
  const pictures = spread(moments, MOMENTS_KEPT).map((moment) => ({
    iteration: moment.iteration,
    values: moment.samples.slice(0, shown),
  }));
  return {
    result: runResult(run, history, metrics),
    pictures: {
      ...{ loss, seed, samples: pictures, ...(await surfacesOf(model, data, samples, seed)) },
      nearest: await nearestOf(config, data, samples),
    },
    samples,
  };
}

/** The first pictures beside the training pictures nearest to them. */
async function nearestOf(config: RunConfig, data: Dataset, samples: Float32Array) {
  if (data.kind !== "images" || samples.length === 0) return undefined;
  return await nearestPictures(config, data, samples.subarray(0, PAIRS_SHOWN * sizeOf(data.fields.sample.shape)));
}

function keptPerEvaluation({ kind, fields }: Dataset): number | undefined {
  return kind === "images" ? IMAGES_KEPT * sizeOf(fields.sample.shape) : undefined;
}

/** How many samples of a moment a picture shows. */
export function keptPerMoment(kind: DataKind): number {
  return kind === "images" ? IMAGES_KEPT : POINTS_KEPT;
}

/** `count` items evenly spread over a list, the first and the last among them. */
function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]!);
}
