import { z } from "zod";
import { add, mul, sub } from "../engine/index.js";
import { InputError } from "../errors.js";
import { share } from "../settings.js";
import { defineOptimizer, type LearningRate, learningRateOf, type Optimizer } from "./optimizer.js";
import { checkShare } from "./ranges.js";

/** The options of `sgd`. */
export interface SgdOptions {
  /** The size of a step: a number above 0, or one with a schedule. */
  readonly learningRate: LearningRate;
  /** Share of the last step's direction that is kept, in [0, 1). Default: 0. */
  readonly momentum?: number;
  /** Look ahead along the momentum (Sutskever et al. 2013); needs a momentum. */
  readonly nesterov?: boolean;
}

/**
 * Stochastic gradient descent, as in PyTorch: with gradient g and rate a,
 *
 *     b <- momentum b + g;   p <- p - a b      (with nesterov: p - a (g + momentum b))
 *
 * @param options the learning rate, and what differs from the defaults
 * @throws InputError where an option is out of range
 */
export function sgd({ learningRate, momentum = 0, nesterov = false }: SgdOptions): Optimizer {
  const rate = learningRateOf(learningRate);
  checkShare("momentum", momentum);
  if (nesterov && momentum === 0) throw new InputError("nesterov needs a momentum above 0.");
  return {
    name: "sgd",
    slots: momentum > 0 ? ["momentum"] : [],
    scalars: (iteration) => [rate(iteration)],
    update(parameters, gradient, slots, [alpha]) {
      if (momentum === 0) return { parameters: sub(parameters, mul(gradient, alpha!)), slots: {} };
      const velocity = add(mul(slots.momentum!, momentum), gradient);
      const direction = nesterov ? add(gradient, mul(velocity, momentum)) : velocity;
      return { parameters: sub(parameters, mul(direction, alpha!)), slots: { momentum: velocity } };
    },
  };
}

export const sgdEntry = defineOptimizer({
  name: "sgd",
  title: "SGD",
  summary: "Steps along the gradient, or along a decaying sum of gradients where there is a momentum.",
  formula: String.raw`b \leftarrow \beta_1 b + g, \quad p \leftarrow p - a \, b`,
  settings: z.object({
    // Not live: a run without momentum carries no vector for it.
    beta1: share.meta({ title: "Momentum", description: "SGD's momentum" }),
  }),
  make: ({ beta1 }, learningRate) => sgd({ learningRate, momentum: beta1 }),
});
