import { z } from "zod";
import { add, gradients, mean, mul, square, stopGradient, sum, type Tensor } from "../engine/index.js";
import { InputError } from "../errors.js";
import { notNegative } from "../settings.js";
import { defineConstraint, type LipschitzConstraint } from "./constraint.js";
import { checkedAmount, type PenaltyAmount, penaltyAmount } from "./penaltyAmount.js";

/** How strong a zero-centred penalty is, and how much of the time it is computed. */
export interface ZeroCentredOptions extends PenaltyAmount {
  /** Weight of the penalty, of which the critic's loss has half: 0 or more. Default: 10. */
  readonly gamma?: number;
}

/**
 * The R1 penalty of Mescheder, Geiger and Nowozin 2018 (arXiv:1801.04406, equation 9), zero-centred, on reals:
 *
 *     gamma / 2  E |grad c(x)|^2
 *
 * It holds the critic flat where the data is, so that the generator comes to rest when it has arrived there. It is no Lipschitz condition:
 * nothing keeps slopes elsewhere below 1, and a W-loss's value is no distance under it. The slope is that of the raw output.
 *
 * @param options weight, share of the batch and how often. Default: weight 10, the whole batch, every update
 * @throws InputError where gamma is negative, or `penaltyShare` or `penaltyEvery` is out of range
 */
export function realPenalty(options: ZeroCentredOptions = {}): LipschitzConstraint {
  const { gamma, ...amount } = checked(options);
  return {
    name: "r1",
    title: `R1 penalty, gamma ${gamma}`,
    ...amount,
    penalty: ({ critic, real }) => mul(gamma / 2, squaredSlope(critic, real)),
  };
}

/**
 * The R1 penalty and R2, the same on fakes (Mescheder et al. 2018, equation 10), together:
 *
 *     gamma / 2  (E |grad c(x)|^2 + E |grad c(G(z))|^2)
 *
 * Huang et al. 2024 (R3GAN, arXiv:2501.05441, section 2.2) show that relativistic pairing needs both to converge.
 *
 * @param options weight, share of the batch and how often. Default: weight 10, the whole batch, every update
 * @throws InputError where gamma is negative, or `penaltyShare` or `penaltyEvery` is out of range
 */
export function realAndFakePenalty(options: ZeroCentredOptions = {}): LipschitzConstraint {
  const { gamma, ...amount } = checked(options);
  return {
    name: "r1r2",
    title: `R1 and R2 penalties, gamma ${gamma}`,
    ...amount,
    penalty: ({ critic, criticOfFakes, real, fake }) =>
      mul(gamma / 2, add(squaredSlope(critic, real), squaredSlope(criticOfFakes, fake))),
  };
}

/** The mean over samples of the squared norm of dc/dx. No gradient flows to the samples. */
function squaredSlope(critic: (x: Tensor) => Tensor, samples: Tensor): Tensor {
  const x = stopGradient(samples);
  const [gradient] = gradients(sum(critic(x)), [x]);
  const elements = x.shape.slice(1).map((_, axis) => axis + 1);
  return mean(sum(square(gradient), elements));
}

function checked({ gamma = 10, ...amount }: ZeroCentredOptions): Required<ZeroCentredOptions> {
  if (!(gamma >= 0 && gamma < Infinity))
    throw new InputError(`gamma, the weight of a zero-centred penalty, must be a number from 0, not ${gamma}.`);
  return { gamma, ...checkedAmount(amount) };
}

const settings = z.object({
  gamma: notNegative.meta({ title: "Gamma (γ)", description: "weight of the R1 and R2 penalties", live: true }),
  ...penaltyAmount,
});

export const r1 = defineConstraint({
  name: "r1",
  title: "R1 penalty",
  summary: "The critic pays for every slope at reals, so that it is flat where the generator is to come to rest.",
  formula: String.raw`\tfrac{\gamma}{2} \, \mathbb{E}_x |\nabla c(x)|^2`,
  source: "Mescheder, Geiger and Nowozin 2018, arXiv:1801.04406, equation 9",
  slope: "free",
  isPenalty: true,
  settings,
  make: realPenalty,
});

export const r1r2 = defineConstraint({
  name: "r1r2",
  title: "R1 and R2 penalties",
  summary: "The critic pays for every slope at reals and at fakes: what relativistic pairing needs to converge.",
  formula: String.raw`\tfrac{\gamma}{2} \Bigl(\mathbb{E}_x |\nabla c(x)|^2 + \mathbb{E}_z |\nabla c(G(z))|^2\Bigr)`,
  source:
    "Mescheder et al. 2018, arXiv:1801.04406, equations 9 and 10; Huang et al. 2024, arXiv:2501.05441, section 2.2",
  slope: "free",
  isPenalty: true,
  settings,
  make: realAndFakePenalty,
});
