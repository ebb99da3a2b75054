import type { Shape, Tensor } from "../engine/index.js";
import type { AdversarialLoss } from "../losses/index.js";
import type { BatchShare } from "./batchShare.js";
import type { Player } from "./player.js";
import type { PlayerName } from "./state.js";

/** Two players, the loss that they play for, and what they pass to each other. */
export interface Game {
  /** What they play for. */
  readonly loss: AdversarialLoss;
  /** Turns latents into samples. */
  readonly generator: Player;
  /** Judges samples: a critic, or the discriminator of a loss about probabilities. */
  readonly critic: Player;
  /** The shape of one sample. */
  readonly sampleShape: Shape;
  /** The shape of what is asked of one sample; `null` where nothing is. */
  readonly conditionShape: Shape | null;
  /** Whether a condition of zeros asks for nothing. Default: false, conditions are one-hot. */
  readonly isConditionOptional?: boolean | undefined;
  /** How many numbers a latent has. */
  readonly latent: number;
  /**
   * Samples that the critic judges together, as one sample of shape `[pack, ...sample]` (PacGAN, Lin et al. 2018, arXiv:1712.04086): a
   * generator that repeats itself then gives itself away. Default: 1.
   */
  readonly pack?: number | undefined;
  /** What the critic is given of samples: `[n, ...sample]` to what it judges, between reals and fakes too. Default: the samples. */
  readonly view?: ((x: Tensor) => Tensor) | undefined;
  /** What the players minimise beside the loss and the constraint's penalty. */
  readonly terms?: readonly Term[] | undefined;
}

/** Samples, and what was asked of each. */
export interface Samples {
  /** `[n, ...sample]` */
  readonly x: Tensor;
  /** `[n, ...condition]`; absent where the data has no conditions. */
  readonly condition?: Tensor | undefined;
}

/** A batch that both players see, as many fakes as reals. */
export interface Batch {
  /** Samples of the data. */
  readonly real: Samples;
  /** Samples of the generator. */
  readonly fake: Samples;
  /** What they are of a batch that several ranks share. Default: all of it. */
  readonly share?: BatchShare | undefined;
}

/** A term of the user's own in what a player minimises. */
export interface Term {
  /** What it is called in messages. */
  readonly name: string;
  /** Whose it is. */
  readonly player: PlayerName;
  /**
   * A scalar, its weight included. Where ranks share a batch, the term is the mean of theirs, in proportion to their samples; a term that is
   * no mean over samples can make of it what it is of the whole batch with `allReduce`.
   * @param batch what both players see
   */
  of(batch: Batch): Tensor;
}
