import type { TensorData } from "../engine/index.js";
import type { Rng } from "../random.js";
import type { Game } from "./game.js";
import { type FirstValues, startPlayer } from "./player.js";
import type { State, StateLayout } from "./state.js";

/**
 * The first state of both players, and where each parameter lies in it.
 * @param first the values that the networks start from. Default: drawn with `rng`
 * @throws InputError where a network or the constraint starts from numbers that are not finite
 */
export function startGame(
  { generator, critic }: Pick<Game, "generator" | "critic">,
  rng: Rng,
  first?: { readonly generator: FirstValues; readonly critic: FirstValues },
): { readonly state: State<TensorData>; readonly layout: StateLayout } {
  const players = {
    generator: startPlayer(generator, rng, first?.generator),
    critic: startPlayer(critic, rng, first?.critic),
  };
  return {
    state: { generator: players.generator.state, critic: players.critic.state },
    layout: { generator: players.generator.layout, critic: players.critic.layout },
  };
}
