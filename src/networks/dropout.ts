import type { Shape } from "../engine/index.js";
import { cast, greaterEqual, mul } from "../engine/index.js";
import { InputError } from "../errors.js";
import type { Network } from "./network.js";

/**
 * Dropout (Srivastava et al. 2014, "Dropout: a simple way to prevent neural networks from overfitting", section 4): in training each
 * element is 0 with probability `rate`, and what is left is divided by 1 - rate, so that the mean stays. In use nothing changes.
 *
 * It asks for noise, `mask`: one uniform number for each element of a sample. Applied in training without it, it changes nothing either.
 * @param shape of one sample, or its length
 * @param rate in [0, 1). Default: 0.5.
 * @throws InputError where the rate is out of range
 */
export function dropout(shape: number | Shape, rate = 0.5): Network {
  if (!(rate >= 0 && rate < 1)) throw new InputError(`The rate of a dropout must be from 0 to below 1, not ${rate}.`);
  return {
    noise: { mask: { shape: typeof shape === "number" ? [shape] : shape, distribution: "uniform" } },
    init: () => ({ parameters: {} }),
    apply: (_, x, { training, noise: { mask } }) =>
      training && mask ? mul(x, mul(cast(greaterEqual(mask, rate), x.dtype), 1 / (1 - rate))) : x,
  };
}
