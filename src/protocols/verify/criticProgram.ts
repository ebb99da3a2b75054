import { compile, gradients, mean, type Shape, sub, sum, type TensorData } from "../../engine/index.js";
import { faultIn } from "../../game/divergence.js";
import {
  applyCritic,
  buildStep,
  initialState,
  nextState,
  type State,
  type StateLayout,
  type StepParts,
  stepSpecs,
  type Tensors,
} from "../../game/step.js";
import { wasserstein } from "../../losses/index.js";
import type { Network } from "../../networks/index.js";
import type { Rng } from "../../random.js";
import type { NetworkSetting, TrainedCandidate } from "./candidates.js";
import { drawBatch, type Pairs } from "./pairs.js";

/** Updates in one run of the program, which share what a run costs by itself. */
export const UPDATES_PER_RUN = 10;

/** A critic, how it is trained, and its first state. */
export interface CriticParts {
  readonly parts: StepParts;
  readonly layout: StateLayout;
  readonly first: State;
}

/** The program that trains a critic. */
export interface CriticTrainer {
  /**
   * `UPDATES_PER_RUN` updates, each on its own batch.
   * @param done updates before these
   * @returns the next state, and whether it and all that led to it is finite
   */
  run(state: State, pool: Pairs, rng: Rng, done: number): Promise<{ readonly state: State; readonly finite: boolean }>;
  release(): Promise<void>;
}

/** Fakes are given: what a step calls latents are they. */
const identity: Network = { init: () => ({ parameters: {} }), apply: (_, latent) => latent };

/** @param updates that it will be trained for */
export function criticParts(
  candidate: TrainedCandidate,
  setting: NetworkSetting,
  updates: number,
  rng: Rng,
): CriticParts {
  const optimizer = candidate.optimizer(updates);
  const parts: StepParts = {
    generator: identity,
    critic: candidate.network(setting),
    loss: wasserstein,
    constraint: candidate.constraint(),
    sampleShape: [setting.dimension],
    latent: setting.dimension,
    ema: null,
    generatorOptimizer: optimizer,
    criticOptimizer: optimizer,
    batch: candidate.batch,
  };
  const { state, layout } = initialState(parts, rng);
  const own = Object.entries(state).filter(([name]) => !/^generator(\.|$)/.test(name));
  return { parts, layout, first: Object.fromEntries(own) };
}

export async function criticTrainer({ parts, layout, first }: CriticParts, threads: number): Promise<CriticTrainer> {
  const { batch, latent: dimension, criticOptimizer: optimizer } = parts;
  const names = Object.keys(first);
  const specs = stepSpecs(parts, first, UPDATES_PER_RUN, false);
  const step = await compile(buildStep(parts, layout, names, UPDATES_PER_RUN, false), specs, { threads });
  const input = (name: string, data: Float32Array): TensorData => ({ shape: specs[name]!.shape, data });
  return {
    async run(state, pool, rng, done) {
      const count = UPDATES_PER_RUN * batch;
      const { real, fake } = drawBatch(pool, dimension, rng, count);
      const scalars = Array.from({ length: UPDATES_PER_RUN }, (_, k) => optimizer.scalars(done + k + 1));
      const results = await step.run({
        ...state,
        real: input("real", real),
        latent: input("latent", fake),
        epsilon: input("epsilon", rng.uniforms(count)),
        criticScalars: input("criticScalars", Float32Array.from(scalars.flat())),
      });
      return { state: nextState(results), finite: faultIn(results, layout) === undefined };
    },
    release: () => step.release(),
  };
}

/** mean c(real) - mean c(fake) of a critic, and its gradient at each fake, `[count, dimension]`. */
export async function probeCritic(
  { parts, layout }: CriticParts,
  state: State,
  { real, fake }: Pairs,
  threads: number,
) {
  const shape: Shape = [real.length / parts.latent, parts.latent];
  const inputs = { ...state, real: { shape, data: real }, fake: { shape, data: fake } };
  const probe = await compile(
    ({ real, fake, ...state }: Tensors) => {
      const critic = applyCritic(parts, layout, state, false).apply;
      const onFake = critic(fake!);
      const [gradient] = gradients(sum(onFake), [fake!]);
      return { estimate: sub(mean(critic(real!)), mean(onFake)), gradient: gradient! };
    },
    inputs as Readonly<Record<string, TensorData>>,
    { threads },
  );
  const { estimate, gradient } = await probe.run(inputs);
  await probe.release();
  return { estimate: estimate!.data[0]!, gradients: gradient!.data };
}
