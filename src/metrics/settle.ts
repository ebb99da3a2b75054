import type { Batch, Dataset } from "../data/dataset.js";
import { type CompileOptions, type Held, readHeld, type Shape, sizeOf, type TensorData } from "../engine/index.js";
import { trainCriticAlone } from "../game/alone.js";
import { Divergence } from "../game/divergence.js";
import type { JudgedInputs } from "../game/judging.js";
import type { Model } from "../game/model.js";
import { drawSamplerInputs, samplerOf } from "../game/sampling.js";
import type { State } from "../game/state.js";
import { type LipschitzConstraint, oneSidedPenalty } from "../lipschitz/index.js";
import { adam } from "../optimizers/index.js";
import { createRng } from "../random.js";

/** What a critic says, measured on held-out samples. */
export interface CriticReading {
  /** mean c(real) - mean c(fake) */
  readonly estimate: number;
  /** Mean norm of dc/dx between real samples and fakes. */
  readonly slope: number;
}

/** What a critic says once it has settled. */
export interface Settled extends CriticReading {
  /** Critic updates that it was given. */
  readonly updates: number;
}

/** Lets the critics of a run settle, one evaluation after the other. */
export interface Settler {
  /**
   * @param state whose critic is to settle against its generator; it is left as it is
   * @param read measures a state's critic on held-out samples
   * @returns `null` where the critic diverged
   */
  settle(state: State<Held>, read: (state: State<Held>) => Promise<CriticReading>): Promise<Settled | null>;
  release(): Promise<void>;
}

/** Reals, and as many fakes, of one update. */
const BATCH = 128;
/** Updates before the first reading, in which the critic gives up what its own condition let it do. */
const UNREAD = 100;
/** Updates between two readings. */
const BLOCK = 50;
/** A reading has risen when it is above the highest by this share. */
const RISE = 0.01;
/** So many readings in a row that have not risen end it. */
const PATIENCE = 2;
/** Decay of the moving average of the critic's parameters, which is what is read: single updates overshoot. */
const DECAY = 0.98;
const LEARNING_RATE = 1e-3;
const PENALTY = 10;
/** The draws are the same at each evaluation, so that readings differ by the state alone, and are no other's. */
const STREAM = 0x73657474;

/**
 * Prepares to let critics settle: a copy is trained on while the generator stands still, until its reading on held-out samples stops
 * rising. It costs `UNREAD + PATIENCE * BLOCK` to `most` critic updates each time, and never changes the run.
 *
 * The copy has the loss and the condition of the run, with these settings of its own, found by trials (docs/method.md): Adam, new each
 * time, at a constant rate of 0.001, and for a gradient penalty of either kind the one-sided one with weight 10. The run's own weight may
 * be so small that slopes above 1 pay; and the two-sided penalty holds a critic back whose slope has the wrong sign somewhere, since on
 * the way it has to pass slopes near 0.
 * @param most updates of one copy at most
 * @returns `null` where nothing would be measured: the loss has no Wasserstein critic, nothing holds its slope, or no data is held out to
 * tell when it has settled
 */
export async function createSettler(
  model: Model,
  data: Dataset,
  { most, seed, ...compileOptions }: CompileOptions & { readonly most: number; readonly seed: number },
): Promise<Settler | null> {
  const { game } = model;
  const { loss, sampleShape, conditionShape } = game;
  const constraint = settlingConstraint(game.critic.constraint);
  if (most === 0 || !loss.estimatesDistance || constraint === null || !data.heldOut) return null;
  const optimizer = adam({ learningRate: LEARNING_RATE, beta1: 0, beta2: 0.99 });
  const player = { network: game.critic.network, optimizer, constraint };
  const [critic, sampler] = await Promise.all([
    trainCriticAlone({ ...game, critic: player }, createRng(seed), { ...compileOptions, batch: BATCH }),
    samplerOf(model, BLOCK * BATCH, compileOptions.device),
  ]);
  const { slots } = critic.state();

  /** Batch k of a block. */
  function batchOf({ sample, condition }: Batch, k: number): JudgedInputs<TensorData> {
    const of = (values: Float32Array, shape: Shape) => {
      const numbers = BATCH * sizeOf(shape);
      return { shape: [1, BATCH, ...shape], data: values.subarray(k * numbers, (k + 1) * numbers) };
    };
    const x = of(sample, sampleShape);
    return conditionShape && condition ? { x, condition: of(condition, conditionShape) } : { x };
  }

  async function settle(held: State<Held>, read: (state: State<Held>) => Promise<CriticReading>): Promise<Settled> {
    const state = await readHeld(held);
    const rng = createRng(seed ^ STREAM);
    critic.restart({ ...state.critic, slots }, 0);
    const averaged = Float32Array.from(state.critic.parameters.data);
    let highest: CriticReading | undefined;
    let updates = 0;
    for (let waited = 0; updates < most && waited < PATIENCE; ) {
      // What is asked of fakes is what the reals beside them have, as in training.
      const asked = conditionShape ? data.batch(rng, BLOCK * BATCH) : undefined;
      const { samples } = await sampler.run(state, drawSamplerInputs(game, BLOCK * BATCH, rng, asked?.condition));
      const reals = asked ?? data.batch(rng, BLOCK * BATCH);
      const fakes = { sample: samples, condition: reals.condition };
      for (let k = 0; k < BLOCK && updates < most; k++) {
        const epsilon = { shape: [1, BATCH, 1], data: rng.uniforms(BATCH) };
        await critic.update({ real: batchOf(reals, k), fake: batchOf(fakes, k), epsilon });
        average(averaged, critic.state().parameters.data, ++updates);
      }
      if (updates < Math.min(UNREAD, most)) continue;
      const parameters = { ...state.critic.parameters, data: averaged };
      const reading = await read({ ...state, critic: { ...critic.state(), parameters } });
      const risen = !highest || reading.estimate > highest.estimate + RISE * Math.abs(highest.estimate);
      if (risen) highest = reading;
      waited = risen ? 0 : waited + 1;
    }
    return { ...highest!, updates };
  }

  return {
    async settle(state, read) {
      try {
        return await settle(state, read);
      } catch (error) {
        if (error instanceof Divergence) return null;
        throw error;
      }
    },
    async release() {
      await Promise.all([critic.release(), sampler.release()]);
    },
  };
}

/** The condition that a copy settles under; `null` where there is none. */
function settlingConstraint(constraint: LipschitzConstraint | undefined): LipschitzConstraint | null {
  if (!constraint || constraint.name === "none") return null;
  return constraint.penalty ? { ...constraint, penalty: oneSidedPenalty({ lambda: PENALTY }).penalty! } : constraint;
}

/** Brings a moving average up to its `count`th value; the first ones count for more, so that where it began is soon forgotten. */
function average(averaged: Float32Array, values: TensorData["data"], count: number): void {
  const decay = Math.min(DECAY, count / (count + 9));
  for (let i = 0; i < averaged.length; i++) averaged[i] = decay * averaged[i]! + (1 - decay) * values[i]!;
}
