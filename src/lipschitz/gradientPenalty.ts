import { z } from "zod";
import {
  add,
  gradients,
  mean,
  mul,
  relu,
  reshape,
  sqrt,
  square,
  stopGradient,
  sub,
  sum,
  type Tensor,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import { notNegative } from "../settings.js";
import { defineConstraint, type LipschitzConstraint, type PenaltyInputs } from "./constraint.js";
import { checkedAmount, type PenaltyAmount, penaltyAmount } from "./penaltyAmount.js";

/** How strong a gradient penalty is, and how much of the time it is computed. */
export interface PenaltyOptions extends PenaltyAmount {
  /** Weight of the penalty in the critic's loss, 0 or more. Default: 10. */
  readonly lambda?: number;
}

/** The derivative of the root at 0 is infinite; so far inside it, no slope above 1e-6 is changed by this. */
const INSIDE_ROOT = 1e-12;

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al. 2017, arXiv:1704.00028, equation 3):
 *
 *     lambda mean((|grad c(x^)| - 1)^2)   at   x^ = epsilon x + (1 - epsilon) G(z)
 *
 * with one norm and one epsilon for each sample. It draws slopes to 1 from both sides, because the best critic has slope 1 almost
 * everywhere on the lines between coupled reals and fakes (their proposition 1). The W-loss pulls against it: where reals and fakes lie
 * w apart the slope settles near 1 + w / (2 lambda), and the estimate exceeds the distance by that factor.
 *
 * The slope is that of the raw output. With a discriminator that is the logit, not the probability, whose own slope is never above a
 * quarter of it and fades where the sigmoid is flat.
 *
 * @param options weight, share of the batch and how often. Default: weight 10, the whole batch, every update
 * @throws InputError where lambda is negative, or `penaltyShare` or `penaltyEvery` is out of range
 */
export function gradientPenalty(options: PenaltyOptions = {}): LipschitzConstraint {
  const { lambda, ...amount } = checked(options);
  return {
    name: "gp",
    title: `gradient penalty, lambda ${lambda}`,
    ...amount,
    penalty: ({ critic, ...ends }) => mul(lambda, mean(square(sub(slopes(critic, between(ends)), 1)))),
  };
}

/**
 * The one-sided penalty of WGAN-LP (Petzka, Fischer and Lukovnikov 2018, arXiv:1709.08894):
 *
 *     lambda mean(max(0, |grad c(x^)| - 1)^2)   at   x^ = epsilon x + (1 - epsilon) G(z)
 *
 * Slopes below 1 cost nothing: 1-Lipschitz asks no more, and at points x^ between samples that are not coupled the best critic may well
 * be flatter. As in `gradientPenalty` the slope is that of the raw output.
 *
 * @param options weight, share of the batch and how often. Default: weight 10, the whole batch, every update
 * @throws InputError where lambda is negative, or `penaltyShare` or `penaltyEvery` is out of range
 */
export function oneSidedPenalty(options: PenaltyOptions = {}): LipschitzConstraint {
  const { lambda, ...amount } = checked(options);
  return {
    name: "lp",
    title: `one-sided penalty, lambda ${lambda}`,
    ...amount,
    penalty: ({ critic, ...ends }) => mul(lambda, mean(square(relu(sub(slopes(critic, between(ends)), 1))))),
  };
}

/** One point on the line between each real and its fake. No gradient flows to either. */
function between({ real, fake, epsilon }: Pick<PenaltyInputs, "real" | "fake" | "epsilon">): Tensor {
  const share = reshape(epsilon, [real.shape[0]!, ...real.shape.slice(1).map(() => 1)]);
  return stopGradient(add(mul(share, real), mul(sub(1, share), fake)));
}

/** The norm of dc/dx of each sample over all of its elements, `[batch]`. The sum parts the samples: each output depends on one. */
function slopes(critic: (x: Tensor) => Tensor, x: Tensor): Tensor {
  const [gradient] = gradients(sum(critic(x)), [x]);
  const elements = x.shape.slice(1).map((_, axis) => axis + 1);
  return sqrt(add(sum(square(gradient), elements), INSIDE_ROOT));
}

function checked({ lambda = 10, ...amount }: PenaltyOptions): Required<PenaltyOptions> {
  if (!(lambda >= 0 && lambda < Infinity)) {
    throw new InputError(`lambda, the weight of the gradient penalty, must be a number from 0, not ${lambda}.`);
  }
  return { lambda, ...checkedAmount(amount) };
}

const settings = z.object({
  lambda: notNegative.meta({ title: "Lambda (λ)", description: "weight of the gradient penalty", live: true }),
  ...penaltyAmount,
});

export const gp = defineConstraint({
  name: "gp",
  title: "gradient penalty",
  summary: "The critic pays for every slope other than 1, at random points between a real and a fake.",
  formula: String.raw`\lambda \, \mathbb{E}_{\hat x} \bigl(|\nabla c(\hat x)| - 1\bigr)^2`,
  source: "Gulrajani et al. 2017, arXiv:1704.00028, equation 3",
  aliases: { wgangp: "w-gp" },
  stroke: { color: "#0b76c5", dash: "solid" },
  slope: "one",
  isPenalty: true,
  settings,
  make: gradientPenalty,
});

export const lp = defineConstraint({
  name: "lp",
  title: "one-sided penalty",
  summary: "The critic pays for slopes above 1 only, since 1-Lipschitz asks no more.",
  formula: String.raw`\lambda \, \mathbb{E}_{\hat x} \max\bigl(0, |\nabla c(\hat x)| - 1\bigr)^2`,
  source: "Petzka, Fischer and Lukovnikov 2018, arXiv:1709.08894",
  aliases: { wganlp: "w-lp" },
  stroke: { color: "#18a1ba", dash: "dashed" },
  slope: "one",
  isPenalty: true,
  settings,
  make: oneSidedPenalty,
});
