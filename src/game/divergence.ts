import { firstNotFinite } from "../engine/finite.js";
import type { TensorData } from "../engine/index.js";
import type { Layout } from "../networks/parameters.js";
import type { Game } from "./game.js";
import { isExhausted } from "./lossScale.js";
import { type LossScale, type LossScales, PLAYERS, type PlayerState } from "./state.js";
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
    cause: keyof typeof CAUSES = "usual",
  ) {
    super(`The ${term} was not finite at iteration ${iteration}: ${CAUSES[cause]}.`);
  }
}

const CAUSES = {
  usual: "the usual cause is too large a learning rate; the next is data that is not scaled to about [-1, 1]",
  unbounded: "nothing holds the critic 1-Lipschitz; choose a constraint such as w-gp, or a smaller learning rate",
  half: "numbers of float16 end at 65504, and no loss scale keeps it below; choose --precision float32, or a smaller learning rate",
} as const;

/**
 * Why training came to a number that is not finite: the critic of a Wasserstein loss without a constraint can have scores as large as it
 * likes, and a player of float16 may have no loss scale left.
 */
export function causeIn(
  { loss, critic }: Pick<Game, "loss" | "critic">,
  lossScales?: LossScales<TensorData>,
): keyof typeof CAUSES {
  const isFree = critic.constraint === undefined || critic.constraint.name === "none";
  if (loss.estimatesDistance && isFree) return "unbounded";
  return PLAYERS.some((player) => isExhausted(lossScales?.[player])) ? "half" : "usual";
}

/** What the terms of an objective are called in messages; others go by their own name. */
const TERMS: Readonly<Record<string, (player: string) => string>> = {
  adversarial: (player) => `${player} loss`,
  penalty: () => "gradient penalty",
};

/**
 * What is not finite among what was computed in a player's updates, in the order in which it was; `undefined` where nothing is. Where its loss is
 * scaled such updates are skipped, and what counts is whether the scale has come to its end.
 * @param player what messages call it
 */
export function faultInReport(
  player: string,
  report: PlayerReport<TensorData> | CriticReport<TensorData>,
  lossScale?: LossScale<TensorData> | undefined,
): string | undefined {
  if (lossScale) return isExhausted(lossScale) ? `${player}'s gradient` : undefined;
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
