import { add, div, mul, sqrt, square, sub } from "../engine/index.js";
import { noSettings } from "../settings.js";
import { defineOptimizer, type LearningRate, learningRateOf, type Optimizer } from "./optimizer.js";
import { checkAbove0, checkShare } from "./ranges.js";

/** The options of `rmsprop`. */
export interface RmspropOptions {
  /** The size of a step: a number above 0, or one with a schedule. */
  readonly learningRate: LearningRate;
  /** Decay of the mean square, in [0, 1). Default: 0.99. */
  readonly decay?: number;
  /** Added to the root mean square. Default: 1e-8. */
  readonly epsilon?: number;
  /** Share of the last step's direction that is kept, in [0, 1). Default: 0. */
  readonly momentum?: number;
}

/**
 * RMSProp (Tieleman and Hinton 2012), as in PyTorch: with gradient g and rate a,
 *
 *     v <- decay v + (1 - decay) g^2;   b <- momentum b + g / (sqrt(v) + epsilon);   p <- p - a b
 *
 * @param options the learning rate, and what differs from the defaults
 * @throws InputError where an option is out of range
 */
export function rmsprop({ learningRate, decay = 0.99, epsilon = 1e-8, momentum = 0 }: RmspropOptions): Optimizer {
  const rate = learningRateOf(learningRate);
  checkShare("decay", decay);
  checkShare("momentum", momentum);
  checkAbove0("epsilon", epsilon);
  return {
    name: "rmsprop",
    slots: momentum > 0 ? ["v", "momentum"] : ["v"],
    scalars: (iteration) => [rate(iteration)],
    update(parameters, gradient, slots, [alpha]) {
      const v = add(mul(slots.v!, decay), mul(square(gradient), 1 - decay));
      const scaled = div(gradient, add(sqrt(v), epsilon));
      if (momentum === 0) return { parameters: sub(parameters, mul(scaled, alpha!)), slots: { v } };
      const velocity = add(mul(slots.momentum!, momentum), scaled);
      return { parameters: sub(parameters, mul(velocity, alpha!)), slots: { v, momentum: velocity } };
    },
  };
}

export const rmspropEntry = defineOptimizer({
  name: "rmsprop",
  title: "RMSProp",
  summary:
    "Steps by the gradient over the root of the mean of its squares, without a memory of its direction: usual under weight clipping.",
  formula: String.raw`p \leftarrow p - a \, \frac{g}{\sqrt{v} + \epsilon}, \quad v \leftarrow \rho v + (1 - \rho) \, g^2`,
  source: "Tieleman and Hinton 2012, lecture 6e",
  settings: noSettings,
  make: (_, learningRate) => rmsprop({ learningRate }),
});
