import { zeroIfFinite } from "../engine/finite.js";
import {
  allReduce,
  concat,
  type InputSpec,
  leavesOf,
  lengthOf,
  mapTree,
  reshape,
  slice,
  type Tensor,
  type Tree,
  type TreeOf,
} from "../engine/index.js";
import { type BatchShare, sharedRows, shareOfPacks, shareOfSamples } from "./batchShare.js";
import { type Feedback, feedbackOn } from "./feedback.js";
import type { Game } from "./game.js";
import {
  criticInputs,
  type DrawnInputs,
  generatorInputs,
  row,
  type StepInputs,
  type StepSize,
  scalarsOf,
  stepSpecs,
  type UpdateInputs,
} from "./inputs.js";
import { criticTerms, generatorTerms } from "./objective.js";
import { type Applied, applied, updated } from "./player.js";
import { type LossScales, lossScalesOf, type State, type StateLayout } from "./state.js";

/** What was computed in a player's updates: one number for each, `[updates]`. */
export type PlayerReport<T> = {
  readonly terms: Readonly<Record<string, T>>;
  /** Their sum. */
  readonly loss: T;
  /** 0 where the gradient is finite, NaN otherwise. */
  readonly gradient: T;
};

/** The critic's report has the game's value before each update too. */
export type CriticReport<T> = PlayerReport<T> & { readonly value: T };

/** What a step gives. */
export type StepResults<T> = {
  /** Absent in a step of the generator alone. */
  readonly critic?: CriticReport<T>;
  /** Absent in a step of critic updates alone. */
  readonly generator?: PlayerReport<T>;
  readonly next: State<T>;
  /** Those of the next state, which come to memory. */
  readonly lossScales: LossScales<T>;
  /** 0 where all of the next state is finite, NaN otherwise. */
  readonly finite: T;
};

/** What a step computes from. */
export type StepArguments<T> = StepInputs<T> & { readonly state: State<T> };

/** The shapes of all that a step computes from. */
export function stepArguments(game: Game, state: State<InputSpec>, size: StepSize): StepArguments<InputSpec> {
  return { ...stepSpecs(game, size), state: mapTree(state, ({ shape }: InputSpec) => ({ shape })) };
}

/**
 * The whole step: `criticSteps` updates of the critic (none where that is 0), each on its own batch, then (where `withGenerator`) one of the generator. Where ranks
 * share the batches, each computes its part of every term and gradient, and the parts are summed before the update.
 */
export function buildStep(game: Game, layout: StateLayout, size: StepSize) {
  const { criticSteps, withGenerator, penaltyWeights } = size;
  const share = size.seat && { ...size.seat, samples: size.batch, pack: game.pack ?? 1 };
  return ({ state: before, scalars, ...inputs }: StepArguments<Tensor>): StepResults<Tensor> => {
    const { fakes, buffers } = fakesOf(game, layout, before, inputs, { count: criticSteps, share });
    let state: State<Tensor> = { ...before, generator: { ...before.generator, buffers } };
    const updates: CriticFeedback[] = [];
    for (const [k, fake] of fakes.entries()) {
      const under = { penaltyWeight: penaltyWeights?.[k], share };
      const feedback = criticFeedback(game, layout, state, criticInputs(inputs, k, row), fake, under);
      const next = updated(game.critic, layout.critic, state.critic, feedback, scalarsOf(scalars.critic, k));
      state = { ...state, critic: next };
      updates.push(feedback);
    }
    const critic = updates.length > 0 && { critic: criticReport(updates) };
    if (!withGenerator || !scalars.generator) return { ...critic, lossScales: lossScalesOf(state), ...kept(state) };
    const feedback = generatorFeedback(game, layout, state, generatorInputs(inputs, criticSteps, row), share);
    const next = updated(game.generator, layout.generator, state.generator, feedback, scalarsOf(scalars.generator, 0));
    state = { ...state, generator: next };
    return { ...critic, generator: playerReport([feedback]), lossScales: lossScalesOf(state), ...kept(state) };
  };
}

/** What an update is made of, and the player's buffers after it. */
type UpdateFeedback = Feedback & { readonly buffers: Readonly<Record<string, Tensor>> };

/** With the game's value on the batch. */
type CriticFeedback = UpdateFeedback & { readonly value: Tensor };

/** The critic's feedback on a batch, of which `fake` are the fakes. The penalty's weight is 1 by default. */
function criticFeedback(
  game: Game,
  layout: StateLayout,
  state: State<Tensor>,
  { real, condition, epsilon, noise }: Omit<DrawnInputs<Tensor>, "latent">,
  fake: Tensor,
  { penaltyWeight, share }: { readonly penaltyWeight: number | undefined; readonly share: BatchShare | undefined },
): CriticFeedback {
  const critic = applied(game.critic, layout.critic, state.critic, {
    training: true,
    rows: share && sharedRows(share, shareOfPacks),
  });
  const batch = { real: { x: real, condition }, fake: { x: fake, condition } };
  const { terms, value } = criticTerms(game, critic, batch, {
    epsilon,
    noise: noise.critic,
    penaltyWeight,
    share,
  });
  const feedback = { ...feedbackOn(critic, layout.critic, terms, state.critic.lossScale), value };
  return { ...overRanks(feedback, share), buffers: critic.buffers() };
}

/** The generator's feedback on a batch. */
function generatorFeedback(
  game: Game,
  layout: StateLayout,
  state: State<Tensor>,
  inputs: UpdateInputs<Tensor>,
  share: BatchShare | undefined,
): UpdateFeedback {
  const { real, condition, noise } = inputs;
  const generator = applied(game.generator, layout.generator, state.generator, {
    training: true,
    rows: share && sharedRows(share, shareOfSamples),
  });
  // The critic normalises by this batch, as in its own updates, and what it carries along stays as it is.
  const critic = applied(game.critic, layout.critic, state.critic, {
    training: true,
    renew: false,
    rows: share && sharedRows(share, shareOfPacks),
  });
  const batch = { real: { x: real, condition }, fake: { x: made(generator, inputs), condition } };
  const terms = generatorTerms(game, critic, batch, { noise: noise.critic, share });
  const feedback = feedbackOn(generator, layout.generator, terms, state.generator.lossScale);
  return { ...overRanks(feedback, share), buffers: generator.buffers() };
}

/**
 * What is known of a batch once the ranks that share it have each computed their part: the sums of their parts. All scalars are one vector, so
 * that all ranks sum the same numbers, whatever some of them have nothing of.
 */
function overRanks<Part extends Feedback>(part: Part, share: BatchShare | undefined): TreeOf<Part, Tensor> {
  const scalars = leavesOf<Tensor>(part).flatMap(([, tensor]) => (tensor === part.gradient ? [] : [tensor]));
  const sums = share && allReduce(numbers(scalars));
  let next = 0;
  return mapTree(part, (tensor: Tensor) => {
    if (!sums) return tensor;
    if (tensor === part.gradient) return allReduce(tensor);
    const place = next++;
    return reshape(slice(sums, [place], [place + 1]), []);
  });
}

/** The fakes of one batch of latents. */
function made(generator: Applied, { latent, condition, noise }: UpdateInputs<Tensor>): Tensor {
  return generator.apply(latent, { condition, noise: noise.generator });
}

/**
 * The fakes of `count` critic updates, and the generator's buffers after them. The generator does not change between them, so one pass over
 * all latents makes them, unless it normalises by the statistics of its batch.
 */
function fakesOf(
  { generator: player, sampleShape }: Game,
  layout: StateLayout,
  state: State<Tensor>,
  inputs: DrawnInputs<Tensor>,
  { count, share }: { readonly count: number; readonly share: BatchShare | undefined },
) {
  const generator = applied(player, layout.generator, state.generator, {
    training: true,
    rows: share && sharedRows(share, shareOfSamples),
  });
  if (player.network.usesBatchStatistics || count === 0) {
    const fakes = Array.from({ length: count }, (_, k) => made(generator, criticInputs(inputs, k, row)));
    return { fakes, buffers: generator.buffers() };
  }
  const all = made(generator, criticInputs(inputs, count, firstRows));
  const stack = reshape(all, [count, lengthOf(all.shape, 0) / count, ...sampleShape]);
  return { fakes: Array.from({ length: count }, (_, k) => row(stack, k)), buffers: generator.buffers() };
}

/** The first `count` batches of a stack as one batch. */
function firstRows(x: Tensor, count: number): Tensor {
  const [, , ...rest] = x.shape;
  const batch = lengthOf(x.shape, 1);
  const first = slice(
    x,
    x.shape.map(() => 0),
    [count, batch, ...rest],
  );
  return reshape(first, [count * batch, ...rest]);
}

/** What was computed in updates of the critic. */
function criticReport(updates: readonly CriticFeedback[]): CriticReport<Tensor> {
  return { ...playerReport(updates), value: numbers(updates.map(({ value }) => value)) };
}

/** What was computed in updates of a player. */
export function playerReport(updates: readonly Feedback[]): PlayerReport<Tensor> {
  const terms: Record<string, Tensor> = {};
  for (const name of Object.keys(updates[0]?.terms ?? {})) {
    terms[name] = numbers(updates.flatMap(({ terms }) => terms[name] ?? []));
  }
  return {
    terms,
    loss: numbers(updates.map(({ loss }) => loss)),
    gradient: numbers(updates.map(({ gradient }) => zeroIfFinite([gradient]))),
  };
}

/** The state after a step, and whether it is finite: 0 where it is, NaN otherwise. */
export function kept<Kept extends Tree<Tensor>>(next: Kept): { readonly next: Kept; readonly finite: Tensor } {
  return { next, finite: zeroIfFinite(leavesOf<Tensor>(next).map(([, tensor]) => tensor)) };
}

/** Scalars as one vector. */
function numbers(scalars: readonly Tensor[]): Tensor {
  return concat(
    scalars.map((scalar) => reshape(scalar, [1])),
    0,
  );
}
