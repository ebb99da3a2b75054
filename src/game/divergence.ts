import { firstNotFinite, type TensorData } from "../engine/index.js";
import { namedTensors } from "./names.js";
import { nextState, type StateLayout } from "./step.js";

/** Training came to a number that is not finite. The update that made it is not part of the state. */
export class Divergence extends Error {
  override readonly name = "Divergence";

  constructor(
    /** Of the generator, or of a critic that is trained alone: the one under way, counted from 1. */
    readonly iteration: number,
    /** Which loss, gradient or tensor. */
    readonly term: string,
    constraint: string,
  ) {
    const cause =
      constraint === "none"
        ? "nothing holds the critic 1-Lipschitz; choose a constraint such as w-gp, or a smaller learning rate"
        : "the usual cause is too large a learning rate; the next is data that is not scaled to about [-1, 1]";
    super(`The ${term} was not finite at iteration ${iteration}: ${cause}.`);
  }
}

/** What a step reports of each critic update, and then of the generator's, in the order in which it is computed. */
const OF_CRITIC = {
  adversarial: "critic loss",
  penalty: "gradient penalty",
  criticLoss: "critic loss",
  value: "value of the game",
  criticGradient: "critic's gradient",
};
const OF_GENERATOR = { generatorLoss: "generator loss", generatorGradient: "generator's gradient" };

/**
 * What is not finite in the results of a step: the first loss or gradient, or the first tensor of the next state (by its name in a
 * checkpoint); `undefined` where nothing is.
 */
export function faultIn(results: Readonly<Record<string, TensorData>>, layout: StateLayout): string | undefined {
  const at = (name: string, k: number) => results[name]?.data[k] ?? 0;
  for (const [names, updates] of [
    [OF_CRITIC, results.criticLoss!.data.length],
    [OF_GENERATOR, 1],
  ] as const) {
    for (let k = 0; k < updates; k++) {
      const term = Object.entries(names).find(([name]) => !Number.isFinite(at(name, k)));
      if (term) return term[1];
    }
  }
  if (Number.isFinite(at("finite", 0))) return undefined;
  return `tensor ${firstNotFinite(namedTensors(nextState(results), layout))}`;
}
