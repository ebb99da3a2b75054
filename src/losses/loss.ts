import type { Tensor } from "../engine/index.js";

export type LossName = "bce" | "bce-ns" | "hinge" | "ls" | "wasserstein";

/**
 * The critic's raw outputs on a batch of reals and on one of fakes, `[n, 1]` each: logits where the loss is about probabilities, scores
 * elsewhere. The batches may differ in length.
 */
export interface Scores {
  readonly real: Tensor;
  readonly fake: Tensor;
}

/**
 * An adversarial loss: what the critic minimises, what the generator minimises, and the value of their game. Both players' losses see both
 * batches, so that a loss may compare them. Every loss is finite for every finite output.
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
  critic(scores: Scores): Tensor;
  /** What the generator minimises the mean of: one number for each fake, in the shape of `fake`. */
  generator(scores: Scores): Tensor;
  /** The value of the game with the sign that the loss's paper gives it: a scalar. */
  value(scores: Scores): Tensor;
}

/** A loss that the project brings. */
export interface KnownLoss extends AdversarialLoss {
  readonly name: LossName;
}
