import type { Tensor } from "../engine/index.js";

export type LossName = "bce" | "bce-ns" | "hinge" | "ls" | "wasserstein";

/**
 * An adversarial loss: what the critic minimises, what the generator minimises, and the value of their game.
 *
 * All functions take the critic's raw outputs, `[n, 1]`: logits where the loss is about probabilities, scores elsewhere. Real and
 * fake batches may differ in length. Every loss is finite for every finite output.
 */
export interface AdversarialLoss {
  readonly name: string;
  /** Its name in reports. */
  readonly title: string;
  /** What the critic's output is: a probability in (0, 1) behind a sigmoid, or any real number out of a linear last layer. */
  readonly output: "probability" | "score";
  /** What `value` measures between the distributions of reals and fakes once the critic is optimal. */
  readonly estimates: string;
  /** Whether logarithms occur in the formulas. */
  readonly logarithms: boolean;
  /** Values of the game to compare a run with. */
  readonly referenceValue: string;
  /** From raw to reported output: the sigmoid for a probability, the identity for a score. */
  activate(raw: Tensor): Tensor;
  /** What the critic minimises: a scalar. */
  critic(real: Tensor, fake: Tensor): Tensor;
  /** What the generator minimises the mean of: one number for each fake, in the shape of `fake`. */
  generator(fake: Tensor): Tensor;
  /** The value of the game with the sign that the loss's paper gives it: a scalar. */
  value(real: Tensor, fake: Tensor): Tensor;
}

/** A loss that the project brings. */
export interface KnownLoss extends AdversarialLoss {
  readonly name: LossName;
}
