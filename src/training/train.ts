import { copyHeld, type TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { Divergence } from "../game/divergence.js";
import type { Model } from "../game/model.js";
import type { State, StateLayout } from "../game/state.js";
import { opponentUnder } from "../losses/loss.js";
import { createAlarms } from "../metrics/alarms.js";
import { createEvaluator } from "../metrics/evaluate.js";
import type { FeatureNetwork } from "../metrics/images/featureNetwork.js";
import type { Evaluation, OwnMetric } from "../metrics/metric.js";
import { layoutSize } from "../networks/parameters.js";
import { checkMeasured, checkStopRules, reasonToStop, type StopRule } from "./stopRules.js";
import { createTrainer, type Losses, type Position, type TrainerOptions, traceStep } from "./trainer.js";
import { holdsForAny, isFirst } from "./trainingRanks.js";

/** What is trained, for how long, and when it is looked at. */
export interface TrainOptions extends TrainerOptions {
  /** Generator updates in all. */
  readonly iterations: number;
  /** It ends after the iterations under way at this time, by `performance.now()`, as after its last one. Default: never. */
  readonly endsAt?: number | undefined;
  /** More critic updates for the first iterations (Arjovsky et al. 2017 take 100 for the first 25). */
  readonly warmUp?:
    | {
        /** For how many iterations, from the first. */
        readonly iterations: number;
        /** Critic updates before each of their generator updates. */
        readonly criticSteps: number;
      }
    | undefined;
  /** Evaluate before the first iteration, every so many, and after the last. 0: never. */
  readonly evaluateEvery: number;
  /** Most updates of a copy of the critic that settles at each evaluation, see `settledEstimate`. Default: 0, none settles. */
  readonly settle?: number;
  /** Opens the network by whose features pictures are compared at each evaluation. Default: none, they are not compared. */
  readonly features?: (() => Promise<FeatureNetwork>) | undefined;
  /** Metrics that are measured besides those of the catalogue. Default: none. */
  readonly metrics?: readonly OwnMetric[] | undefined;
  /** What ends it before its last iteration, by its evaluations. Default: nothing. */
  readonly stopRules?: readonly StopRule[] | undefined;
  /** Yield a checkpoint every so many iterations, after the last, and when stopped. 0: never. */
  readonly checkpointEvery?: number;
  /** Go on from here instead of from the start. */
  readonly resume?: Progress | undefined;
  /** Stops the run after the iterations under way: one, or as many as are computed at once (`iterationsAtOnce`). */
  readonly signal?: AbortSignal | undefined;
}

/** All that a run consists of between two iterations. */
export interface Progress extends Position {
  /** Seconds of training so far. */
  readonly seconds: number;
  /** The evaluations so far, the oldest first. */
  readonly history: readonly Evaluation[];
}

/** What `train` yields. `type` says what has happened. */
export type TrainEvent =
  /** It begins, or goes on. */
  | {
      readonly type: "start";
      /** Generator updates done before. */
      readonly iteration: number;
      /** How many parameters each network has. */
      readonly parameters: {
        /** Those of the generator. */
        readonly generator: number;
        /** Those of its opponent. */
        readonly critic: number;
      };
    }
  /** An iteration is done. */
  | ({
      readonly type: "step";
      /** Generator updates done. */
      readonly iteration: number;
    } & Losses)
  /** The networks have been evaluated. */
  | {
      readonly type: "evaluation";
      /** The figures. */
      readonly evaluation: Evaluation;
      /** Fakes from the same latents each time, `[n, ...sample]`, flat; of images with classes, each class has its turn. */
      readonly samples: Float32Array;
      /** What was evaluated, to be asked for before training goes on. */
      readonly state: () => Promise<State<TensorData>>;
    }
  /** Something is wrong. It comes after an evaluation, and each thing once. */
  | {
      readonly type: "warning";
      /** What it is, and what to do, in a sentence. */
      readonly message: string;
    }
  /** A checkpoint is due. */
  | {
      readonly type: "checkpoint";
      /** What is to be kept. */
      readonly progress: Progress;
      /** What parameters, slots and buffers are called, and their shapes. */
      readonly layout: StateLayout;
    }
  /**
   * A loss, a gradient, the next state or the generator's output was not finite: the update that made it so is not part of the state, and
   * the run ends.
   */
  | {
      readonly type: "diverged";
      /** The iteration that made it so. */
      readonly iteration: number;
      /** The term or tensor that was not finite. */
      readonly term: string;
      /** What usually causes it, in a sentence. */
      readonly message: string;
      /** The networks before that update. */
      readonly model: Model;
      /** Where they stand. */
      readonly progress: Progress;
    }
  /** It was stopped by its signal. */
  | {
      readonly type: "stopped";
      /** The networks as they are. */
      readonly model: Model;
      /** Where they stand. */
      readonly progress: Progress;
    }
  /** It has done all of its iterations, or a rule has ended it. */
  | {
      readonly type: "end";
      /** The trained networks. */
      readonly model: Model;
      /** Where they stand. */
      readonly progress: Progress;
      /** Why one of `stopRules` ended it before its last iteration. */
      readonly reason?: string | undefined;
    };

/**
 * Trains a generator against a critic and yields what happens. Of several ranks that train together the first one evaluates and yields
 * evaluations and checkpoints; all of them yield the rest, and end when one of them is stopped.
 *
 * ```ts
 * for await (const event of train(options)) if (event.type === "evaluation") console.log(event.evaluation.figures);
 * ```
 * @param options data, players, loss, and how long
 * @throws InputError where the options do not fit each other or the data
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainEvent, void> {
  checkOptions(options);
  const {
    data,
    seed,
    device = "cpu",
    threads,
    iterations,
    endsAt = Number.POSITIVE_INFINITY,
    signal,
    evaluateEvery,
    settle,
    features,
    metrics,
    stopRules = [],
    checkpointEvery = 0,
    resume,
    ranks,
  } = options;
  const history = [...(resume?.history ?? [])];
  const trainer = await createTrainer(options, resume);
  const { layout } = trainer;
  const first = await trainer.snapshot();
  const evaluator =
    evaluateEvery > 0 && isFirst(ranks)
      ? await createEvaluator({ game: trainer.game, layout, state: first.state }, data, {
          seed,
          device,
          ...(threads !== undefined && { threads }),
          ...(settle !== undefined && { settle }),
          features,
          metrics,
        }).catch(async (error: unknown) => {
          await trainer.release();
          throw error;
        })
      : undefined;
  const began = performance.now() - 1000 * (resume?.seconds ?? 0);
  const seconds = () => (performance.now() - began) / 1000;
  const progress = async (): Promise<Progress> => ({
    ...(await trainer.snapshot()),
    seconds: seconds(),
    history: [...history],
  });
  const ending = async () => {
    const reached = await progress();
    const model: Model = { game: trainer.game, layout, state: reached.state };
    return { model, progress: reached };
  };
  const alarms = evaluator && createAlarms(data, seed, opponentUnder(options.loss));
  async function* evaluate(): AsyncGenerator<TrainEvent, void> {
    if (!evaluator) return;
    const { iteration, state } = trainer;
    const { evaluation, samples } = await evaluator.measure(state, iteration, seconds());
    history.push(evaluation);
    yield { type: "evaluation", evaluation, samples, state: () => copyHeld(state) };
    for (const message of alarms?.(history, samples) ?? []) yield { type: "warning", message };
  }

  let reason: string | undefined;
  /** Whether a rule ends the training after an evaluation. */
  const endsEarly = async (): Promise<boolean> => {
    const { iteration } = trainer;
    if (stopRules.length === 0) return false;
    if (isFirst(ranks)) checkMeasured(stopRules, history, metrics);
    if (iteration === 0) return false;
    if (history.at(-1)?.iteration === iteration) reason = reasonToStop(stopRules, history, metrics);
    return holdsForAny(ranks, reason !== undefined);
  };

  let last: TrainEvent;
  try {
    let { iteration } = trainer;
    const parameters = { generator: layoutSize(layout.generator), critic: layoutSize(layout.critic) };
    yield { type: "start", iteration, parameters };
    if (history.length === 0) yield* evaluate();
    let done = iteration >= iterations || (await endsEarly());
    while (!done && !(await holdsForAny(ranks, signal?.aborted === true))) {
      for (let extra = extraCriticSteps(options, iteration); extra > 0; extra--) await trainer.updateCritic();
      for (const losses of await trainer.iterateUpTo(iterationsUntilPause(options, iteration))) {
        iteration++;
        yield { type: "step", iteration, ...losses };
      }
      const isLate = endsAt < Number.POSITIVE_INFINITY && (await holdsForAny(ranks, performance.now() >= endsAt));
      done = iteration === iterations || isLate;
      if (done || iteration % evaluateEvery === 0) yield* evaluate();
      done ||= iteration % evaluateEvery === 0 && (await endsEarly());
      if (checkpointEvery > 0 && isFirst(ranks) && (done || iteration % checkpointEvery === 0)) {
        yield { type: "checkpoint", progress: await progress(), layout };
      }
    }
    last = done
      ? { type: "end", ...(await ending()), ...(reason !== undefined && { reason }) }
      : { type: "stopped", ...(await ending()) };
  } catch (error) {
    if (!(error instanceof Divergence)) throw error;
    const { iteration, term, message } = error;
    last = { type: "diverged", iteration, term, message, ...(await ending()) };
  } finally {
    await Promise.all([trainer.release(), evaluator?.release()]);
  }
  // What comes after a training has the memory of its step: it is yielded when that is given back.
  yield last;
}

function extraCriticSteps({ warmUp, criticSteps }: Pacing, iteration: number): number {
  return warmUp && iteration < warmUp.iterations ? Math.max(0, warmUp.criticSteps - criticSteps) : 0;
}

/** How many iterations there are until something else is to be done. */
function iterationsUntilPause(options: TrainOptions, iteration: number): number {
  const { iterations, evaluateEvery, checkpointEvery = 0 } = options;
  if (extraCriticSteps(options, iteration) > 0) return 1;
  const pauses = [evaluateEvery, checkpointEvery].filter((every) => every > 0);
  return Math.min(iterations - iteration, ...pauses.map((every) => every - (iteration % every)));
}

type Pacing = Pick<TrainOptions, "criticSteps" | "warmUp">;

/** All updates of the critic in a run of so many iterations, those of the warm-up among them. */
export function criticUpdatesIn(iterations: number, pacing: Pacing): number {
  const warm = Math.min(iterations, pacing.warmUp?.iterations ?? 0);
  return iterations * pacing.criticSteps + warm * extraCriticSteps(pacing, 0);
}

/**
 * Checks that options fit each other and the data.
 * @throws InputError where they do not
 */
export function checkOptions(options: TrainOptions): void {
  const {
    data,
    batch,
    pack = 1,
    criticSteps,
    iterations,
    critic: { network, constraint },
    evaluateEvery,
    settle = 0,
    metrics,
    stopRules = [],
    checkpointEvery = 0,
  } = options;
  const whole = { batch, pack, criticSteps, iterations, evaluateEvery, settle, checkpointEvery };
  for (const [name, value] of Object.entries(whole)) {
    const least = name.endsWith("Every") || name === "settle" ? 0 : 1;
    if (!Number.isInteger(value) || value < least)
      throw new InputError(`${name} must be a whole number from ${least}, not ${value}`);
  }
  if (batch > data.size) {
    throw new InputError(
      `a batch of ${batch} is larger than the data: "${data.name}" has ${data.size} samples; choose a smaller batch`,
    );
  }
  if (pack > batch) {
    throw new InputError(
      `a pack of ${pack} is larger than a batch of ${batch}; choose a smaller pack, or a larger batch`,
    );
  }
  const measured = (data.heldOut ?? data).size;
  if (evaluateEvery > 0 && pack > measured) {
    throw new InputError(
      `a pack of ${pack} is larger than what an evaluation is made on: "${data.name}" holds out ${measured} samples; choose a smaller pack`,
    );
  }
  if (evaluateEvery === 0 && stopRules.length > 0)
    throw new InputError("evaluateEvery cannot be 0 here: what is to end the training looks at its evaluations");
  checkStopRules(stopRules, metrics);
  if (network.usesBatchStatistics && constraint?.penalty) {
    throw new InputError(
      "batch normalisation in the critic ties the samples of a batch together, and a gradient penalty is about each sample alone; choose layer normalisation or none",
    );
  }
  // Whether a network can do with one sample, as batch normalisation of points cannot, it says itself.
  if (batch === 1) traceStep(options);
}
