import type { Tensor } from "../engine/index.js";
import type { Layout } from "../networks/parameters.js";
import type { Game } from "./game.js";
import { type DrawnInputs, scalarsOf, type UpdateInputs } from "./inputs.js";
import { applied, type Player, updated } from "./player.js";
import type { PlayerState, State, StateLayout } from "./state.js";
import { criticFeedback, criticReport, generatorFeedback, kept, made, playerReport } from "./step.js";

/*
 * A step in pieces, for what has to happen between a gradient and its use: the gradients of one update, then, once they are what all
 * machines agree on, the update. Together they give what `buildStep` gives, to rounding.
 */

/** The critic's gradient as one vector on a batch whose fakes are made of its latents, and the buffers after it. */
export function buildCriticGradient(game: Game, layout: StateLayout, penaltyWeight = 1) {
  return ({ state: before, ...inputs }: DrawnInputs<Tensor> & { readonly state: State<Tensor> }) => {
    const generator = applied(game.generator, layout.generator, before.generator, { training: true });
    const fake = made(generator, inputs);
    const feedback = criticFeedback(game, layout, before, inputs, fake, penaltyWeight);
    return {
      gradient: feedback.gradient,
      buffers: { generator: generator.buffers(), critic: feedback.buffers },
      report: criticReport([feedback]),
    };
  };
}

/** The generator's gradient as one vector, and its buffers after it. */
export function buildGeneratorGradient(game: Game, layout: StateLayout) {
  return ({ state, ...inputs }: UpdateInputs<Tensor> & { readonly state: State<Tensor> }) => {
    const feedback = generatorFeedback(game, layout, state, inputs);
    return { gradient: feedback.gradient, buffers: feedback.buffers, report: playerReport([feedback]) };
  };
}

/** What an update is computed from once its gradient is known. */
export type UpdateArguments<T> = {
  readonly state: PlayerState<T>;
  /** Those that came with the gradient. */
  readonly buffers: PlayerState<T>["buffers"];
  readonly gradient: T;
  /** `[1, count]` */
  readonly scalars: T;
};

/** A player's update by a gradient, and whether all of it is finite: 0 where it is, NaN otherwise. */
export function buildUpdate(player: Player, layout: Layout) {
  return ({ state, scalars, ...feedback }: UpdateArguments<Tensor>) => {
    return kept(updated(player, layout, state, feedback, scalarsOf(scalars, 0)));
  };
}
