import {
  type CompileOptions,
  compile,
  type InputSpec,
  type Shape,
  type Tensor,
  type TensorData,
  type Tree,
  type TreeOf,
} from "../engine/index.js";
import type { Layout } from "../networks/parameters.js";
import type { Rng } from "../random.js";
import { Divergence, faultInReport, faultInState } from "./divergence.js";
import { type Feedback, feedbackOn, type Terms } from "./feedback.js";
import { row, scalarsOf, scalarTable } from "./inputs.js";
import type { CriticModel, JudgedInputs } from "./judging.js";
import { criticTerms } from "./objective.js";
import { type Applied, applied, type Player, startPlayer, updated } from "./player.js";
import type { PlayerState } from "./state.js";
import { kept, type PlayerReport, playerReport } from "./step.js";

/** A player that is trained without another, on what whoever drives it brings. */
export interface Alone<Inputs> {
  /** What its parameters, slots and buffers are called, and their shapes. */
  readonly layout: Layout;
  /** As it is now. */
  state(): PlayerState<TensorData>;
  /**
   * As many updates as it was prepared for.
   * @param inputs what `specs` describes
   * @returns what was computed in them
   * @throws Divergence
   */
  update(inputs: Inputs): Promise<PlayerReport<TensorData>>;
  /**
   * Goes on from another state.
   * @param state of the same layout
   * @param updates that were made before it
   */
  restart(state: PlayerState<TensorData>, updates: number): void;
  /** Frees the sessions. It cannot be used afterwards. */
  release(): Promise<void>;
}

/** What one player is trained on, and what it minimises. */
export interface AloneOptions<Specs> extends CompileOptions {
  /** The shapes of what one call of `update` is given. */
  readonly specs: Specs;
  /** What messages call the player. Default: "critic". */
  readonly name?: string | undefined;
  /** Updates in one call, which share what a call costs by itself. Default: 1. */
  readonly updates?: number | undefined;
  /** What the player minimises the sum of in update k of a call, from 0. */
  readonly terms: (player: Applied, inputs: TreeOf<Specs, Tensor>, k: number) => Terms;
}

/**
 * Prepares the training of one player, in float32.
 * @param player the network with its optimizer and constraint
 * @param rng draws its first values
 * @param options shapes of its inputs, its terms, and where it runs
 */
export async function trainAlone<Specs extends Tree<InputSpec>>(
  { precision: _, ...player }: Player,
  rng: Rng,
  { specs, name = "critic", updates = 1, terms, ...options }: AloneOptions<Specs>,
): Promise<Alone<TreeOf<Specs, TensorData>>> {
  const { state: first, layout } = startPlayer(player, rng);
  const program = await compile(
    ({ state: before, scalars, inputs }) => {
      let state: PlayerState<Tensor> = before;
      const feedback: Feedback[] = [];
      for (let k = 0; k < updates; k++) {
        const network = applied(player, layout, state, { training: true });
        const found = feedbackOn(network, layout, terms(network, inputs, k));
        const buffers = network.buffers();
        state = updated(player, layout, state, { ...found, buffers }, scalarsOf(scalars, k));
        feedback.push(found);
      }
      return { report: playerReport(feedback), ...kept(state) };
    },
    { state: first, scalars: scalarTable(player, 0, updates), inputs: specs },
    options,
  );
  let state = first;
  let done = 0;
  return {
    layout,
    state: () => state,
    async update(inputs) {
      const results = await program.run({ state, scalars: scalarTable(player, done, updates), inputs });
      const { report, next, finite } = results;
      const fault =
        faultInReport(name, report) ?? (finite.data[0] === 0 ? undefined : faultInState(name, next, layout));
      if (fault) throw new Divergence(done + 1, fault);
      state = next;
      done += updates;
      return report;
    },
    restart(from, updates) {
      state = from;
      done = updates;
    },
    release: () => program.release(),
  };
}

/** What one call of `update` of a critic that is trained alone is given: a stack of as many batches as it makes updates. */
export type CriticAloneInputs<T> = {
  /** `[updates, batch, ...sample]`, and what was asked of each. */
  readonly real: JudgedInputs<T>;
  readonly fake: JudgedInputs<T>;
  /** `[updates, batch, 1]`, uniform in [0, 1). */
  readonly epsilon: T;
};

/** How large the batches of a critic are, and where it is trained. */
export interface CriticAloneOptions extends CompileOptions {
  /** Reals, and fakes, in a batch. */
  readonly batch: number;
  /** Updates in one call. Default: 1. */
  readonly updates?: number;
}

/**
 * Prepares the training of a game's critic on reals and fakes that are given.
 * @param game the critic, its loss and the shapes of what it judges
 * @param rng draws its first values
 * @param options batch, updates in one call, and where it runs. Default: one update
 */
export function trainCriticAlone(
  game: CriticModel["game"],
  rng: Rng,
  { batch, updates = 1, ...options }: CriticAloneOptions,
): Promise<Alone<CriticAloneInputs<TensorData>>> {
  const { sampleShape, conditionShape } = game;
  const of = (shape: Shape): InputSpec => ({ shape: [updates, batch, ...shape] });
  const samples = { x: of(sampleShape), ...(conditionShape && { condition: of(conditionShape) }) };
  const specs: CriticAloneInputs<InputSpec> = { real: samples, fake: samples, epsilon: of([1]) };
  return trainAlone(game.critic, rng, {
    ...options,
    specs,
    updates,
    terms(critic, { real, fake, epsilon }, k) {
      const take = ({ x, condition }: JudgedInputs<Tensor>) => ({
        x: row(x, k),
        condition: condition && row(condition, k),
      });
      const batch = { real: take(real), fake: take(fake) };
      return criticTerms(game, critic, batch, { epsilon: row(epsilon, k), noise: {} }).terms;
    },
  });
}
