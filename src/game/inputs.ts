import type { Dataset } from "../data/dataset.js";
import {
  type InputSpec,
  lengthOf,
  mapTree,
  reshape,
  type Shape,
  sizeOf,
  slice,
  type Tensor,
  type TensorData,
} from "../engine/index.js";
import { drawNoise, type Noise } from "../networks/noise.js";
import type { Rng } from "../random.js";
import { dealt, type Seat, samplesDealt } from "./batchShare.js";
import type { Game } from "./game.js";
import type { Player } from "./player.js";

/**
 * What one iteration is computed from beside the state. Everything is stacked: row k belongs to critic update k, and a last row of what
 * the generator's own update needs to that. A generator that is updated alone has one row of each, of which it uses what concerns it.
 */
export type StepInputs<T> = {
  /** `[criticSteps, batch, ...sample]` */
  readonly real: T;
  /** `[criticSteps, batch, ...condition]`; absent where the data has no conditions. */
  readonly condition?: T;
  /** `[criticSteps + 1, batch, latent]`, standard normal; one row less in a step of critic updates alone. */
  readonly latent: T;
  /**
   * `[criticSteps, batch, 1]`, uniform in [0, 1). It is drawn whether the critic's constraint uses it or not, so that runs of a
   * seed see the same reals and latents with a penalty and without.
   */
  readonly epsilon: T;
  /** What the networks ask for by name: `[criticSteps + 1, batch, ...shape]` for the generator, twice the batch for the critic. */
  readonly noise: { readonly generator: Readonly<Record<string, T>>; readonly critic: Readonly<Record<string, T>> };
  /** What changes from update to update, of each: `[criticSteps, count]`, and `[1, count]` for the generator. */
  readonly scalars: { readonly critic: T; readonly generator?: T };
};

/** What of a step's inputs is drawn. */
export type DrawnInputs<T> = Omit<StepInputs<T>, "scalars">;

/** How much one step does. */
export interface StepSize {
  readonly batch: number;
  /** Critic updates; 0 where the generator is updated alone. */
  readonly criticSteps: number;
  /** Whether the generator is updated after them. */
  readonly withGenerator: boolean;
  /** What the constraint's penalty is multiplied by in each critic update; 0 leaves it out. Default: 1 in all. */
  readonly penaltyWeights?: readonly number[] | undefined;
  /** Of the rank that does its part of it, where several share each batch. Default: all of it is done here. */
  readonly seat?: Seat | undefined;
}

/** Updates that were done before. */
export interface UpdatesDone {
  readonly critic: number;
  readonly generator: number;
}

/** The only one. */
const ALONE: Seat = { rank: 0, ranks: 1 };

/** The shapes of a step's inputs. */
export function stepSpecs(game: Game, size: StepSize): StepInputs<InputSpec> {
  const { sampleShape, conditionShape, latent, generator, critic, pack = 1 } = game;
  const { criticSteps, withGenerator, seat = ALONE } = size;
  const batch = samplesDealt(size.batch, pack, seat);
  const rows = criticSteps + (withGenerator ? 1 : 0);
  const batches = Math.max(1, criticSteps);
  return {
    real: { shape: [batches, batch, ...sampleShape] },
    ...(conditionShape && { condition: { shape: [batches, batch, ...conditionShape] } }),
    latent: { shape: [rows, batch, latent] },
    epsilon: { shape: [batches, dealt(size.batch, seat), 1] },
    noise: {
      generator: noiseSpecs(generator, [rows, batch]),
      critic: noiseSpecs(critic, [rows, criticRows(game, batch)]),
    },
    scalars: {
      critic: { shape: [batches, scalarsAfter(critic, 0).length] },
      ...(withGenerator && { generator: { shape: [1, scalarsAfter(generator, 0).length] } }),
    },
  };
}

/**
 * Draws a step's inputs, in the order in which `StepInputs` has them. Every rank draws those of the whole batch and takes its part, so that a
 * seed means the same for any number of ranks.
 */
export function drawInputs(
  game: Game,
  { seat, ...size }: StepSize,
  data: Dataset,
  rng: Rng,
  done: UpdatesDone,
): StepInputs<TensorData> {
  const drawn = drawWhole(game, size, data, rng, done);
  return seat ? partOf(drawn, game, size.batch, seat) : drawn;
}

function drawWhole(game: Game, size: StepSize, data: Dataset, rng: Rng, done: UpdatesDone): StepInputs<TensorData> {
  const { batch, withGenerator } = size;
  const batches = Math.max(1, size.criticSteps);
  const { generator, critic } = game;
  const specs = stepSpecs(game, size);
  const of = ({ shape }: InputSpec, draw: (count: number) => Float32Array) => ({ shape, data: draw(sizeOf(shape)) });
  const drawn = data.givenBatch?.(rng, batches * batch) ?? data.batch(rng, batches * batch);
  const noise = (player: Player, specs: Readonly<Record<string, InputSpec>>) =>
    Object.fromEntries(
      Object.entries(player.network.noise ?? {}).map(([name, noise]) => [
        name,
        of(specs[name]!, (count) => drawNoise(noise, rng, count)),
      ]),
    );
  return {
    real: of(specs.real, () => drawn.sample),
    ...(specs.condition && drawn.condition && { condition: { shape: specs.condition.shape, data: drawn.condition } }),
    latent: of(specs.latent, (count) => rng.normals(count)),
    epsilon: of(specs.epsilon, (count) => rng.uniforms(count)),
    noise: { generator: noise(generator, specs.noise.generator), critic: noise(critic, specs.noise.critic) },
    scalars: {
      critic: scalarTable(critic, done.critic, batches),
      ...(withGenerator && { generator: scalarTable(generator, done.generator, 1) }),
    },
  };
}

/** A rank's part of what was drawn for a whole batch. */
function partOf(
  { real, condition, latent, epsilon, noise, scalars }: StepInputs<TensorData>,
  { pack = 1 }: Game,
  batch: number,
  { rank, ranks }: Seat,
): StepInputs<TensorData> {
  const packs = Math.floor(batch / pack);
  const inTurn = (turn: number) => turn % ranks === rank;
  const ofSamples = (stack: TensorData) => rowsWhere(stack, (sample) => inTurn(Math.floor(sample / pack)));
  // Penalties take one for each pack, and critics are shown reals and fakes, in packs.
  const ofPacks = (stack: TensorData) => rowsWhere(stack, inTurn);
  const ofBoth = (stack: TensorData) => rowsWhere(stack, (row) => inTurn(row % packs));
  return {
    real: ofSamples(real),
    ...(condition && { condition: ofSamples(condition) }),
    latent: ofSamples(latent),
    epsilon: ofPacks(epsilon),
    noise: { generator: mapTree(noise.generator, ofSamples), critic: mapTree(noise.critic, ofBoth) },
    scalars,
  };
}

/** Of stacked batches, `[k, n, ...shape]`, the rows that are taken. */
function rowsWhere(
  { shape: [k = 0, n = 0, ...shape], data }: TensorData,
  isTaken: (row: number) => boolean,
): TensorData {
  const rows = Array.from({ length: n }, (_, row) => row).filter(isTaken);
  const size = sizeOf(shape);
  const taken = new Float32Array(k * rows.length * size);
  for (let stack = 0; stack < k; stack++) {
    for (const [to, from] of rows.entries()) {
      const start = (stack * n + from) * size;
      taken.set(data.subarray(start, start + size), (stack * rows.length + to) * size);
    }
  }
  return { shape: [k, rows.length, ...shape], data: taken };
}

/** The scalars of a player for `count` updates after `done` others, `[count, scalars]`. */
export function scalarTable(player: Updated, done: number, count: number): TensorData {
  const rows = Array.from({ length: count }, (_, k) => scalarsAfter(player, done + k));
  return { shape: [count, scalarsAfter(player, 0).length], data: Float32Array.from(rows.flat()) };
}

type Updated = Pick<Player, "optimizer" | "average">;

/** What changes from update to update: the optimizer's scalars, and the decay of the moving average where there is one. */
function scalarsAfter({ optimizer, average }: Updated, done: number): readonly number[] {
  const scalars = optimizer.scalars(done + 1);
  return average == null ? scalars : [...scalars, averageDecay(average, done)];
}

/** The decay of a moving average after so many updates: at first a smaller one, so that the start does not stay in it for long. */
function averageDecay(average: number, done: number): number {
  return Math.min(average, (1 + done) / (10 + done));
}

/** What one update is computed from: a row of each of a step's inputs. */
export type UpdateInputs<T> = Omit<DrawnInputs<T>, "epsilon">;

/** What critic update k is computed from, given how to take a row. */
export function criticInputs<T>(inputs: DrawnInputs<T>, k: number, take: (stack: T, k: number) => T): DrawnInputs<T> {
  const { real, condition, latent, epsilon, noise } = inputs;
  return {
    real: take(real, k),
    ...(condition !== undefined && { condition: take(condition, k) }),
    latent: take(latent, k),
    epsilon: take(epsilon, k),
    noise: { generator: takeOfEach(noise.generator, k, take), critic: takeOfEach(noise.critic, k, take) },
  };
}

/** What the generator's update after `k` critic updates is computed from. Its reals and conditions are those of the last of them, or its own. */
export function generatorInputs<T>(
  { real, condition, latent, noise }: UpdateInputs<T>,
  k: number,
  take: (stack: T, k: number) => T,
): UpdateInputs<T> {
  const last = Math.max(0, k - 1);
  return {
    real: take(real, last),
    ...(condition !== undefined && { condition: take(condition, last) }),
    latent: take(latent, k),
    noise: { generator: takeOfEach(noise.generator, k, take), critic: takeOfEach(noise.critic, k, take) },
  };
}

/** Row k of a stacked tensor: `[rows, ...shape]` to `[...shape]`. */
export function row(x: Tensor, k: number): Tensor {
  const [, ...rest] = x.shape;
  return reshape(slice(x, [k, ...rest.map(() => 0)], [k + 1, ...rest]), rest);
}

function takeOfEach<T>(stacks: Readonly<Record<string, T>>, k: number, take: (stack: T, k: number) => T) {
  return Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, take(stack, k)]));
}

/** The scalars of one update out of a table of them. */
export function scalarsOf(table: Tensor, k: number): Tensor[] {
  return Array.from({ length: lengthOf(table.shape, 1) }, (_, i) => reshape(slice(table, [k, i], [k + 1, i + 1]), []));
}

/** The shapes of the noise that a network asks for in training, of stacks of batches `rows`. */
function noiseSpecs({ network }: Player, rows: Shape): Record<string, InputSpec> {
  const asked = Object.entries<Noise>(network.noise ?? {});
  return Object.fromEntries(asked.map(([name, { shape }]) => [name, { shape: [...rows, ...shape] }]));
}

/** Rows that the critic judges in an update: packs of reals and of fakes. */
function criticRows({ pack = 1 }: Game, batch: number): number {
  return 2 * Math.floor(batch / pack);
}
