import { z } from "zod";
import { add, div, mul, sqrt, square, sub, type Tensor } from "../engine/index.js";
import { share } from "../settings.js";
import { defineOptimizer, type LearningRate, learningRateOf, type Optimizer } from "./optimizer.js";
import { checkAbove0, checkFrom0, checkShare } from "./ranges.js";

/** The options of `adam`. */
export interface AdamOptions {
  /** The size of a step: a number above 0, or one with a schedule. */
  readonly learningRate: LearningRate;
  /** Decay of the mean of gradients, in [0, 1). Default: 0.9. Under a gradient penalty 0 or 0.5 is usual. */
  readonly beta1?: number;
  /** Decay of the mean of their squares, in [0, 1). Default: 0.999. */
  readonly beta2?: number;
  /** Added to the root of that mean. Default: 1e-8. */
  readonly epsilon?: number;
}

/** The options of `adamw`. */
export interface AdamWOptions extends AdamOptions {
  /** Share of the parameters, times the learning rate, that each update takes away. Default: 0.01. */
  readonly weightDecay?: number;
}

/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1), as in PyTorch: with gradient g, rate a and the update's number t,
 *
 *     m <- beta1 m + (1 - beta1) g;   v <- beta2 v + (1 - beta2) g^2
 *     p <- p - a / (1 - beta1^t) m / (sqrt(v / (1 - beta2^t)) + epsilon)
 *
 * @param options the learning rate, and what differs from the defaults
 * @throws InputError where an option is out of range
 */
export function adam(options: AdamOptions): Optimizer {
  const { scalars, step } = moments(options);
  return {
    name: "adam",
    slots: ["m", "v"],
    scalars,
    update(parameters, gradient, slots, scalars) {
      const { descent, m, v } = step(gradient, slots, scalars);
      return { parameters: sub(parameters, descent), slots: { m, v } };
    },
  };
}

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2), as in PyTorch: Adam's update, of
 * parameters that were multiplied by 1 - a weightDecay first.
 * @param options the learning rate, and what differs from the defaults
 * @throws InputError where an option is out of range
 */
export function adamw({ weightDecay = 0.01, ...options }: AdamWOptions): Optimizer {
  checkFrom0("weightDecay", weightDecay);
  const { scalars, step, rate } = moments(options);
  return {
    name: "adamw",
    slots: ["m", "v"],
    scalars: (iteration) => [...scalars(iteration), 1 - rate(iteration) * weightDecay],
    update(parameters, gradient, slots, scalars) {
      const { descent, m, v } = step(gradient, slots, scalars);
      return { parameters: sub(mul(parameters, scalars[2]!), descent), slots: { m, v } };
    },
  };
}

function moments({ learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: AdamOptions) {
  const rate = learningRateOf(learningRate);
  checkShare("beta1", beta1);
  checkShare("beta2", beta2);
  checkAbove0("epsilon", epsilon);
  return {
    rate,
    // With c = sqrt(1 - beta2^t), m / (sqrt(v) / c + epsilon) = c m / (sqrt(v) + c epsilon): the corrections cost no pass over the vectors.
    scalars(iteration: number): readonly number[] {
      const root = Math.sqrt(1 - beta2 ** iteration);
      return [(rate(iteration) * root) / (1 - beta1 ** iteration), epsilon * root];
    },
    step(gradient: Tensor, slots: Readonly<Record<string, Tensor>>, [alpha, floor]: readonly Tensor[]) {
      // A mean that keeps nothing is the gradient: two passes over the vectors less.
      const m = beta1 === 0 ? gradient : add(mul(slots.m!, beta1), mul(gradient, 1 - beta1));
      const v = add(mul(slots.v!, beta2), mul(square(gradient), 1 - beta2));
      return { descent: mul(div(m, add(sqrt(v), floor!)), alpha!), m, v };
    },
  };
}

const settings = z.object({
  beta1: share.meta({ title: "Beta 1", description: "Adam's first decay", live: true }),
  beta2: share.meta({ title: "Beta 2", description: "Adam's second decay", live: true }),
});
const ADAM = String.raw`p \leftarrow p - a \, \frac{\hat m}{\sqrt{\hat v} + \epsilon}, \quad m \leftarrow \beta_1 m + (1 - \beta_1) \, g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) \, g^2`;

export const adamEntry = defineOptimizer({
  name: "adam",
  title: "Adam",
  summary:
    "Steps by the mean of gradients over the root of the mean of their squares, so that every weight moves at its own pace.",
  formula: ADAM,
  source: "Kingma and Ba 2015, arXiv:1412.6980, algorithm 1",
  settings,
  make: (settings, learningRate) => adam({ learningRate, ...settings }),
});

export const adamwEntry = defineOptimizer({
  name: "adamw",
  title: "AdamW",
  summary: "Adam, and each update shrinks every weight first, by a share of a hundredth of the learning rate.",
  formula: String.raw`p \leftarrow (1 - 0.01 \, a) \, p, \quad ${ADAM}`,
  source: "Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2",
  settings,
  make: (settings, learningRate) => adamw({ learningRate, ...settings }),
});
