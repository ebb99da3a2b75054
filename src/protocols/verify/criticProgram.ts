import { compile, gradients, mean, type Shape, sub, sum, type TensorData } from "../../engine/index.js";
import { type Alone, type CriticAloneInputs, trainCriticAlone } from "../../game/alone.js";
import type { CriticModel } from "../../game/judging.js";
import { applied } from "../../game/player.js";
import { wasserstein } from "../../losses/index.js";
import type { Rng } from "../../random.js";
import type { NetworkSetting, TrainedCandidate } from "./candidates.js";
import { drawBatch, type Pairs } from "./pairs.js";

/** Updates in one run of the program, which share what a run costs by itself. */
export const UPDATES_PER_RUN = 10;

/**
 * What a candidate is trained as.
 * @param updates that it will be trained for
 */
export function criticGame(
  { network, optimizer, constraint }: TrainedCandidate,
  setting: NetworkSetting,
  updates: number,
): CriticModel["game"] {
  return {
    loss: wasserstein,
    critic: { network: network(setting), optimizer: optimizer(updates), constraint: constraint() },
    sampleShape: [setting.dimension],
    conditionShape: null,
  };
}

/** A critic, and the program that trains it by `UPDATES_PER_RUN` updates at a time. */
export interface CriticTrainer extends Alone<CriticAloneInputs<TensorData>> {
  /**
   * Updates on batches out of a pool.
   * @throws Divergence
   */
  train(pool: Pairs, rng: Rng): Promise<void>;
}

/** @param rng draws the first weights */
export async function criticTrainer(
  game: CriticModel["game"],
  rng: Rng,
  { batch, threads }: { readonly batch: number; readonly threads: number },
): Promise<CriticTrainer> {
  const critic = await trainCriticAlone(game, rng, { batch, updates: UPDATES_PER_RUN, threads });
  const { sampleShape } = game;
  const stack = (data: Float32Array, shape: Shape) => ({ shape: [UPDATES_PER_RUN, batch, ...shape], data });
  return {
    ...critic,
    async train(pool, rng) {
      const { real, fake } = drawBatch(pool, sampleShape[0]!, rng, UPDATES_PER_RUN * batch);
      const epsilon = stack(rng.uniforms(UPDATES_PER_RUN * batch), [1]);
      await critic.update({ real: { x: stack(real, sampleShape) }, fake: { x: stack(fake, sampleShape) }, epsilon });
    },
  };
}

/** mean c(real) - mean c(fake) of a critic, and its gradient at each fake, `[count, dimension]`. */
export async function probeCritic({ game, layout, state }: CriticModel, { real, fake }: Pairs, threads: number) {
  const [dimension = 1] = game.sampleShape;
  const shape: Shape = [real.length / dimension, dimension];
  const inputs = { state: state.critic, real: { shape, data: real }, fake: { shape, data: fake } };
  const probe = await compile(
    ({ real, fake, state }) => {
      const critic = applied(game.critic, layout.critic, state, { training: false }).apply;
      const onFake = critic(fake);
      const [gradient] = gradients(sum(onFake), [fake]);
      return { estimate: sub(mean(critic(real)), mean(onFake)), gradient };
    },
    inputs,
    { threads },
  );
  const { estimate, gradient } = await probe.run(inputs);
  await probe.release();
  return { estimate: estimate.data[0] ?? Number.NaN, gradients: gradient.data };
}
