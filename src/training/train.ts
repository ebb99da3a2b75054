import type { Dataset } from "../data/dataset.js";
import { compile, type Device, type Program, sizeOf, type TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { createRng, type Rng, restoreRng } from "../random.js";
import type { Evaluation } from "../results.js";
import { createEvaluator } from "./evaluate.js";
import type { Model } from "./model.js";
import { buildStep, initialState, NEXT, type State, type StateLayout, type StepParts, stepSpecs } from "./step.js";

export interface TrainOptions extends StepParts {
  readonly data: Dataset;
  /** Generator updates in all. */
  readonly iterations: number;
  /** Critic updates before each generator update. */
  readonly criticSteps: number;
  /** More critic updates for the first iterations (Arjovsky et al. 2017 take 100 for the first 25). */
  readonly warmUp?: { readonly iterations: number; readonly criticSteps: number } | undefined;
  readonly seed: number;
  /** Evaluate before the first iteration, every so many, and after the last. 0: never. */
  readonly evaluateEvery: number;
  /** Yield a checkpoint every so many iterations, after the last, and when stopped. 0: never. */
  readonly checkpointEvery?: number;
  /** Go on from here instead of from the start. */
  readonly resume?: Progress | undefined;
  /** Stops the run after the iteration under way. */
  readonly signal?: AbortSignal | undefined;
  readonly device?: Device;
  readonly threads?: number | undefined;
}

/** All that a run consists of between two iterations: whoever goes on from it ends in the same bits as a run never stopped. */
export interface Progress {
  /** Generator updates done. */
  readonly iteration: number;
  /** Critic updates done. */
  readonly criticUpdates: number;
  /** Seconds of training so far. */
  readonly seconds: number;
  readonly rng: readonly number[];
  readonly state: State;
  readonly history: readonly Evaluation[];
}

export type TrainEvent =
  | {
      readonly type: "start";
      readonly iteration: number;
      readonly parameters: { readonly generator: number; readonly critic: number };
    }
  /** After each iteration: the critic's loss at its last update, the generator's loss, and the game's value. */
  | {
      readonly type: "step";
      readonly iteration: number;
      readonly criticLoss: number;
      readonly generatorLoss: number;
      readonly value: number;
    }
  /** `samples` come from the same latents each time, `[n, ...sample]`. */
  | { readonly type: "evaluation"; readonly evaluation: Evaluation; readonly samples: Float32Array }
  | { readonly type: "checkpoint"; readonly progress: Progress; readonly layout: StateLayout }
  /** A loss was not finite: the update that made it is not part of the state any more, and the run ends. */
  | {
      readonly type: "diverged";
      readonly iteration: number;
      readonly term: string;
      readonly message: string;
      readonly model: Model;
      readonly progress: Progress;
    }
  | { readonly type: "stopped"; readonly model: Model; readonly progress: Progress }
  | { readonly type: "end"; readonly model: Model; readonly progress: Progress };

/**
 * Trains a generator against a critic and yields what happens.
 *
 * ```ts
 * for await (const event of train(options)) if (event.type === "evaluation") console.log(event.evaluation.emd);
 * ```
 * @throws InputError where the options do not fit each other or the data
 */
export async function* train(options: TrainOptions): AsyncGenerator<TrainEvent, void> {
  checkOptions(options);
  const { data, seed, device = "cpu", iterations, signal, evaluateEvery, checkpointEvery = 0 } = options;
  const fresh = createRng(seed);
  const { state: first, layout } = initialState(options, fresh);
  const { resume } = options;
  const rng = resume ? restoreRng(resume.rng) : fresh;
  const history = [...(resume?.history ?? [])];
  let state = resume?.state ?? first;
  let { iteration, criticUpdates } = resume ?? { iteration: 0, criticUpdates: 0 };
  const steps = await compileSteps(options, layout, state);
  const evaluator =
    evaluateEvery > 0 ? await createEvaluator({ parts: options, layout, state }, data, seed, device) : undefined;
  const began = performance.now() - 1000 * (resume?.seconds ?? 0);
  const seconds = () => (performance.now() - began) / 1000;
  const progress = (): Progress => ({
    iteration,
    criticUpdates,
    seconds: seconds(),
    rng: rng.state(),
    state,
    history: [...history],
  });
  const model = (): Model => ({ parts: options, layout, state });
  const divergence = (term: string): TrainEvent => ({
    ...diverged(iteration + 1, term, options),
    model: model(),
    progress: progress(),
  });
  const evaluate = async (): Promise<TrainEvent> => {
    const { evaluation, samples } = await evaluator!.measure(state, iteration, seconds());
    history.push(evaluation);
    return { type: "evaluation", evaluation, samples };
  };

  try {
    const parameters = { generator: sizeOf(first.generator!.shape), critic: sizeOf(first.critic!.shape) };
    yield { type: "start", iteration, parameters };
    if (evaluator && history.length === 0) yield await evaluate();
    while (iteration < iterations) {
      if (signal?.aborted) {
        yield { type: "stopped", model: model(), progress: progress() };
        return;
      }
      for (let extra = extraCriticSteps(options, iteration); extra > 0; extra--) {
        const result = await steps.critic!.run({ ...state, ...stepInputs(options, rng, 1, criticUpdates, undefined) });
        const broken = notFinite(result);
        if (broken) {
          yield divergence(broken);
          return;
        }
        state = nextState(state, result);
        criticUpdates++;
      }
      const inputs = stepInputs(options, rng, options.criticSteps, criticUpdates, iteration);
      const result = await steps.whole.run({ ...state, ...inputs });
      const broken = notFinite(result);
      if (broken) {
        yield divergence(broken);
        return;
      }
      state = nextState(state, result);
      criticUpdates += options.criticSteps;
      iteration++;
      const last = (name: string) => result[name]!.data[result[name]!.data.length - 1]!;
      yield {
        type: "step",
        iteration,
        criticLoss: last("criticLoss"),
        generatorLoss: last("generatorLoss"),
        value: last("value"),
      };
      const done = iteration === iterations;
      if (evaluator && (done || iteration % evaluateEvery === 0)) yield await evaluate();
      if (checkpointEvery > 0 && (done || iteration % checkpointEvery === 0)) {
        yield { type: "checkpoint", progress: progress(), layout };
      }
    }
    yield { type: "end", model: model(), progress: progress() };
  } finally {
    await Promise.all([steps.whole.release(), steps.critic?.release(), evaluator?.release()]);
  }
}

async function compileSteps(
  options: TrainOptions,
  layout: StateLayout,
  state: State,
): Promise<{ whole: Program; critic: Program | undefined }> {
  const { device = "cpu", threads, criticSteps, warmUp } = options;
  const names = Object.keys(state);
  const make = (updates: number, withGenerator: boolean) =>
    compile(
      buildStep(options, layout, names, updates, withGenerator),
      stepSpecs(options, state, updates, withGenerator),
      {
        device,
        ...(threads !== undefined && { threads }),
      },
    );
  return { whole: await make(criticSteps, true), critic: warmUp ? await make(1, false) : undefined };
}

/** Draws one run's inputs. `generatorUpdates` is `undefined` in a step of critic updates alone. */
function stepInputs(
  { data, batch, latent, criticOptimizer, generatorOptimizer }: TrainOptions,
  rng: Rng,
  criticSteps: number,
  criticUpdates: number,
  generatorUpdates: number | undefined,
): Record<string, TensorData> {
  const latents = criticSteps + (generatorUpdates === undefined ? 0 : 1);
  const scalars = Array.from({ length: criticSteps }, (_, k) => criticOptimizer.scalars(criticUpdates + k + 1));
  const inputs: Record<string, TensorData> = {
    real: { shape: [criticSteps, batch, ...data.shape], data: data.batch(rng, criticSteps * batch) },
    latent: { shape: [latents, batch, latent], data: rng.normals(latents * batch * latent) },
    epsilon: { shape: [criticSteps, batch, 1], data: rng.uniforms(criticSteps * batch) },
    criticScalars: table(scalars),
  };
  if (generatorUpdates !== undefined)
    inputs.generatorScalars = table([generatorOptimizer.scalars(generatorUpdates + 1)]);
  return inputs;
}

function table(rows: readonly (readonly number[])[]): TensorData {
  return { shape: [rows.length, rows[0]!.length], data: Float32Array.from(rows.flat()) };
}

function nextState(state: State, result: Readonly<Record<string, TensorData>>): State {
  return Object.fromEntries(Object.keys(state).map((name) => [name, result[`${NEXT}${name}`]!]));
}

function extraCriticSteps({ warmUp, criticSteps }: TrainOptions, iteration: number): number {
  return warmUp && iteration < warmUp.iterations ? Math.max(0, warmUp.criticSteps - criticSteps) : 0;
}

const WATCHED = { adversarial: "critic loss", penalty: "gradient penalty", generatorLoss: "generator loss" } as const;

function notFinite(result: Readonly<Record<string, TensorData>>): string | undefined {
  const name = (Object.keys(WATCHED) as (keyof typeof WATCHED)[]).find(
    (key) => result[key] && !result[key].data.every(Number.isFinite),
  );
  return name && WATCHED[name];
}

function diverged(iteration: number, term: string, { constraint }: TrainOptions) {
  const cause =
    constraint.name === "none"
      ? "nothing holds the critic 1-Lipschitz; choose a constraint such as w-gp, or a smaller learning rate"
      : "the usual cause is too large a learning rate; the next is data that is not scaled to about [-1, 1]";
  return {
    type: "diverged",
    iteration,
    term,
    message: `The ${term} was not finite at iteration ${iteration}: ${cause}.`,
  } as const;
}

/**
 * Checks that options fit each other and the data.
 * @throws InputError where they do not
 */
export function checkOptions({
  data,
  batch,
  criticSteps,
  iterations,
  constraint,
  critic,
  evaluateEvery,
  checkpointEvery = 0,
}: TrainOptions): void {
  const whole = { batch, criticSteps, iterations, evaluateEvery, checkpointEvery };
  for (const [name, value] of Object.entries(whole)) {
    const least = name.endsWith("Every") ? 0 : 1;
    if (!Number.isInteger(value) || value < least)
      throw new InputError(`${name} must be a whole number from ${least}, not ${value}`);
  }
  if (batch > data.size) {
    throw new InputError(
      `a batch of ${batch} is larger than the data: "${data.name}" has ${data.size} samples; choose a smaller batch`,
    );
  }
  if (critic.usesBatchStatistics && constraint.penalty) {
    throw new InputError(
      "batch normalisation in the critic ties the samples of a batch together, and a gradient penalty is about each sample alone; choose layer normalisation or none",
    );
  }
}
