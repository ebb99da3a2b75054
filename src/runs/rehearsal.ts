import { sizeOf } from "../engine/index.js";
import type { Model } from "../game/model.js";
import { createEvaluator } from "../metrics/evaluate.js";
import type { TurnOptions } from "../parallel/turns.js";
import { finishRows, type PartProgress } from "../synthesis/finishRows.js";
import { acceptanceLength } from "../synthesis/trainAcceptance.js";
import type { TrainOptions } from "../training/train.js";
import { createTrainer, type Trainer } from "../training/trainer.js";
import type { RunConfig } from "./config.js";
import type { Run } from "./run.js";
import { trainOptions } from "./trainOptions.js";

/** Seconds that the parts of a run take. */
export interface Rehearsal {
  /** Until its first iteration. */
  readonly start: number;
  readonly iteration: number;
  readonly evaluation: number;
  /** What the rows of a table get at the end. */
  readonly finish: number;
}

/** What is rehearsed of a run, and by what its evaluations compare pictures. */
export type RehearsedRun = Pick<Run, "config" | "data" | "layout" | "progress"> & Pick<TrainOptions, "features">;

/** Iterations that count for nothing: among them are those that compile what later ones use. */
const FIRST = 8;
/** ... and iterations that are timed: so many at least, for so long. */
const LEAST = 8;
const SECONDS = 1.5;
/** Updates of the classifier that are timed. */
const UPDATES = 16;
/** The classifier's rows are weighed in about so many times the seconds of a calibration. */
const WEIGHING = 2;

/**
 * Does a little of each part of a run to see how long it takes. Nothing of it is kept: the run itself begins where it stood.
 * @param run its prior is fitted
 * @throws the signal's reason
 * @throws Divergence where the run diverges that soon
 */
export async function rehearsal(
  run: RehearsedRun,
  { onProgress, signal }: TurnOptions<PartProgress>,
): Promise<Rehearsal> {
  const report = (done: number) => onProgress?.({ doing: "timing its parts", done, of: 4 });
  const { config, data, layout, progress } = run;
  const passed = stopwatch();
  const trainer = await createTrainer(trainOptions(config, data), progress);
  const model = { game: trainer.game, layout, state: progress.state };
  const timed = async () => {
    await iterate(trainer, FIRST, signal);
    const start = passed();
    report(1);
    const iteration = await iterationSeconds(trainer, signal);
    report(2);
    const evaluation = config.evaluateEvery > 0 ? await evaluationSeconds(run, model, trainer) : { first: 0, each: 0 };
    report(3);
    return { start: start + evaluation.first, iteration, evaluation: evaluation.each };
  };
  // The finish has the memory of a step, as at the end of a run.
  const training = await timed().finally(() => trainer.release());
  const finish = await finishSeconds(run, model, signal);
  report(4);
  return { ...training, finish };
}

/**
 * How long an iteration of a run takes, by a few of them, of which nothing is kept.
 * @throws the signal's reason
 * @throws Divergence where the run diverges that soon
 */
export async function secondsPerIteration(
  { config, data, progress }: Pick<Run, "config" | "data" | "progress">,
  signal: AbortSignal | undefined,
): Promise<number> {
  const trainer = await createTrainer(trainOptions(config, data), progress);
  try {
    await iterate(trainer, FIRST, signal);
    return await iterationSeconds(trainer, signal);
  } finally {
    await trainer.release();
  }
}

/** So many iterations at least, as many at once as a run computes; it returns how many there were. */
async function iterate(trainer: Trainer, least: number, signal: AbortSignal | undefined): Promise<number> {
  let done = 0;
  while (done < least) {
    signal?.throwIfAborted();
    done += (await trainer.iterateUpTo(Number.POSITIVE_INFINITY)).length;
  }
  return done;
}

async function iterationSeconds(trainer: Trainer, signal: AbortSignal | undefined): Promise<number> {
  const passed = stopwatch();
  let count = 0;
  // By several at a time: not all do the same, as where a penalty is computed at every fourth.
  while (passed() < SECONDS) count += await iterate(trainer, LEAST, signal);
  return passed() / count;
}

/** Of each evaluation, and what the first one takes beside: the features of real pictures are computed once. */
async function evaluationSeconds({ config, data, features }: RehearsedRun, model: Model, trainer: Trainer) {
  const { seed, device, settle } = config;
  const passed = stopwatch();
  const evaluator = await createEvaluator(model, data, { seed, device, settle, features });
  try {
    await evaluator.measure(trainer.state, 0, 0);
    const begun = passed();
    if (!features) return { first: 0, each: begun };
    await evaluator.measure(trainer.state, 0, 0);
    const each = passed() - begun;
    return { first: Math.max(0, begun - each), each };
  } finally {
    await evaluator.release();
  }
}

/** The calibration as it is, and the first updates of the classifier for all of them. */
async function finishSeconds(
  { config, data }: RehearsedRun,
  model: Model,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { codec } = data;
  if (codec.kind !== "tableRows") return 0;
  const { seed, resample = false } = config;
  const stop = new AbortController();
  const updates: { readonly of: number; readonly at: number }[] = [];
  let calibration: number | undefined;
  const passed = stopwatch();
  const finishes = finishRows(model, codec, data, {
    ...{ seed, resample, signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]) },
    onProgress({ of }) {
      if (calibration !== undefined) updates.push({ of, at: passed() });
      if (updates.length > UPDATES) stop.abort();
    },
  });
  await finishes.next();
  calibration = passed();
  await finishes.next().catch((error: unknown) => {
    if (!stop.signal.aborted) throw error;
  });
  const [first, last] = [updates[0], updates.at(-1)];
  if (!first || !last || updates.length === 1) return passed();
  const each = (last.at - first.at) / (updates.length - 1);
  const { rounds } = acceptanceLength({ rows: data.size, width: sizeOf(data.fields.sample.shape) });
  // Its rows are made before the first update, and anew in each round.
  return rounds * (first.at - calibration) + each * (first.of - 1) + (1 + WEIGHING) * calibration;
}

/** Iterations that fit into some seconds: an evaluation goes before the first, and one after the last. */
export function iterationsIn(
  seconds: number,
  { evaluateEvery }: Pick<RunConfig, "evaluateEvery">,
  { start, iteration, evaluation, finish }: Rehearsal,
): number {
  const each = iteration + (evaluateEvery > 0 ? evaluation / evaluateEvery : 0);
  return Math.floor((seconds - start - 2 * evaluation - finish) / each);
}

function stopwatch(): () => number {
  const from = performance.now();
  return () => (performance.now() - from) / 1000;
}
