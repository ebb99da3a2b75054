import { firstNotFinite } from "../engine/finite.js";
import type { TensorData } from "../engine/index.js";
import type { Layout } from "../networks/parameters.js";
import type { Game } from "./game.js";
import type { PlayerState } from "./state.js";
import type { CriticReport, PlayerReport } from "./step.js";
import { playerTensors } from "./tensorNames.js";

/** Training came to a number that is not finite. The update that made it is not part of the state. */
export class Divergence extends Error {
  override readonly name = "Divergence";

  constructor(
    /** Of the generator, or of a player that is trained alone: the one under way, counted from 1. */
    readonly iteration: number,
    /** Which loss, gradient or tensor. */
    readonly term: string,
    /** Whether it was of a critic whose score has no bound, as nothing holds its slope. */
    isUnbounded = false,
  ) {
    const cause = isUnbounded
      ? "nothing holds the critic 1-Lipschitz; choose a constraint such as w-gp, or a smaller learning rate"
      : "the usual cause is too large a learning rate; the next is data that is not scaled to about [-1, 1]";
    super(`The ${term} was not finite at iteration ${iteration}: ${cause}.`);
  }
}

/** Whether a game's critic can have scores as large as it likes: that of a Wasserstein loss without a constraint. */
export function isUnbounded({ loss, critic }: Pick<Game, "loss" | "critic">): boolean {
  return loss.estimatesDistance && (critic.constraint === undefined || critic.constraint.name === "none");
}

/** What the terms of an objective are called in messages; others go by their own name. */
const TERMS: Readonly<Record<string, (player: string) => string>> = {
  adversarial: (player) => `${player} loss`,
  penalty: () => "gradient penalty",
};

/**
 * What is not finite among what was computed in a player's updates, in the order in which it was; `undefined` where nothing is.
 * @param player what messages call it
 */
export function faultInReport(
  player: string,
  report: PlayerReport<TensorData> | CriticReport<TensorData>,
): string | undefined {
  const computed = [
    ...Object.entries(report.terms).map(
      ([name, term]) => [TERMS[name]?.(player) ?? `${player}'s ${name}`, term] as const,
    ),
    [`${player} loss`, report.loss] as const,
    ...("value" in report ? [["value of the game", report.value] as const] : []),
    [`${player}'s gradient`, report.gradient] as const,
  ];
  for (const k of report.loss.data.keys()) {
    const fault = computed.find(([, { data }]) => !Number.isFinite(data[k]));
    if (fault) return fault[0];
  }
  return undefined;
}

/**
 * The first tensor of a player's state that is not finite, by its name in a checkpoint; `undefined` where all are.
 * @param player its name there
 */
export function faultInState(player: string, state: PlayerState<TensorData>, layout: Layout): string | undefined {
  const tensor = firstNotFinite(playerTensors(player, state, layout));
  return tensor && `tensor ${tensor}`;
}
