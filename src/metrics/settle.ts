import type { Dataset } from "../data/dataset.js";
import { type CompileOptions, sizeOf, type TensorData } from "../engine/index.js";
import { createCriticAlone } from "../game/criticAlone.js";
import { Divergence } from "../game/divergence.js";
import { type Model, samplerOf } from "../game/model.js";
import type { State } from "../game/step.js";
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
  settle(state: State, read: (state: State) => Promise<CriticReading>): Promise<Settled | null>;
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
 * rising. It costs `UNREAD + BLOCK` to `most` critic updates each time, and never changes the run.
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
  const { parts } = model;
  const constraint = settlingConstraint(parts.constraint);
  if (most === 0 || !parts.loss.estimatesDistance || constraint === null || !data.heldOut) return null;
  const optimizer = adam({ learningRate: LEARNING_RATE, beta1: 0, beta2: 0.99 });
  const optimizers = { criticOptimizer: optimizer, generatorOptimizer: optimizer };
  const [critic, sampler] = await Promise.all([
    createCriticAlone({ ...parts, ...optimizers, constraint, batch: BATCH }, createRng(seed), compileOptions),
    samplerOf(model, BLOCK * BATCH, compileOptions.device),
  ]);
  const numbers = BATCH * sizeOf(parts.sampleShape);

  async function settle(state: State, read: (state: State) => Promise<CriticReading>): Promise<Settled> {
    const rng = createRng(seed ^ STREAM);
    critic.restart(state, rng);
    const averaged = Float32Array.from(state.critic!.data);
    let highest: CriticReading | undefined;
    let updates = 0;
    for (let waited = 0; updates < most && waited < PATIENCE; ) {
      const latent = { shape: [BLOCK * BATCH, parts.latent], data: rng.normals(BLOCK * BATCH * parts.latent) };
      const fakes = (await sampler.run(state, { latent })).samples!;
      const reals = data.batch(rng, BLOCK * BATCH).sample;
      for (let k = 0; k < BLOCK && updates < most; k++) {
        const [start, end] = [k * numbers, (k + 1) * numbers];
        await critic.update(reals.subarray(start, end), fakes.subarray(start, end));
        average(averaged, critic.model().state.critic!.data, ++updates);
      }
      if (updates < Math.min(UNREAD, most)) continue;
      const copy = { ...critic.model().state, critic: { ...state.critic!, data: averaged } };
      const reading = await read(copy);
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
function settlingConstraint(constraint: LipschitzConstraint): LipschitzConstraint | null {
  if (constraint.name === "none") return null;
  return constraint.penalty ? { ...constraint, penalty: oneSidedPenalty({ lambda: PENALTY }).penalty! } : constraint;
}

/** Brings a moving average up to its `count`th value; the first ones count for more, so that where it began is soon forgotten. */
function average(averaged: Float32Array, values: TensorData["data"], count: number): void {
  const decay = Math.min(DECAY, count / (count + 9));
  for (let i = 0; i < averaged.length; i++) averaged[i] = decay * averaged[i]! + (1 - decay) * values[i]!;
}
