import type { z } from "zod";
import type { Described, Mark } from "../catalogue.js";
import type { Tensor } from "../engine/index.js";
import type { SettingsShape } from "../settings.js";

/**
 * The critic's raw outputs on a batch of reals and on one of fakes, `[n, 1]` each: logits where the loss is about probabilities, scores
 * elsewhere. The batches may differ in length.
 */
export interface Scores {
  /** The raw outputs on reals, `[n, 1]`. */
  readonly real: Tensor;
  /** The raw outputs on fakes, `[m, 1]`. */
  readonly fake: Tensor;
}

/**
 * An adversarial loss: what the critic minimises, what the generator minimises, and the value of their game. Both players' losses see both
 * batches, so that a loss may compare them. Every loss is finite for every finite output.
 */
export interface AdversarialLoss extends Described {
  /** The value of the game, in TeX, with x real, z the latent, G the generator, d a discriminator and c a critic. */
  readonly formula?: string | undefined;
  /** What the generator minimises, in TeX. */
  readonly generatorFormula?: string | undefined;
  /** Whether the generator minimises the very value that the critic maximises. Default: it has a loss of its own. */
  readonly minimax?: true;
  /** What the critic's output is: a probability in (0, 1) behind a sigmoid, or any real number out of a linear last layer. */
  readonly output: "probability" | "score";
  /** What `value` measures between the distributions of reals and fakes once the critic is optimal. */
  readonly estimates: string;
  /** Whether the value is an estimate of the Earth mover's distance where the critic is held 1-Lipschitz. */
  readonly estimatesDistance: boolean;
  /** Whether logarithms occur in the formulas. */
  readonly logarithms: boolean;
  /** Values of the game to compare a run with. */
  readonly referenceValue: string;
  /** The same as numbers, where there are any: under the best critic, of equal distributions and of disjoint ones. */
  readonly references?:
    | {
        /** The value between equal distributions. */
        readonly equal: number;
        /** The value between disjoint distributions. */
        readonly disjoint: number;
      }
    | undefined;
  /**
   * From raw to reported output: the sigmoid for a probability, the identity for a score.
   * @param raw the critic's raw output, of any shape
   */
  activate(raw: Tensor): Tensor;
  /**
   * What the critic minimises: a scalar.
   * @param scores raw outputs on both batches
   */
  critic(scores: Scores): Tensor;
  /**
   * What the generator minimises the mean of: one number for each fake, in the shape of `fake`.
   * @param scores raw outputs on both batches
   */
  generator(scores: Scores): Tensor;
  /**
   * The value of the game with the sign that the loss's paper gives it: a scalar.
   * @param scores raw outputs on both batches
   */
  value(scores: Scores): Tensor;
}

/** What the network is called that tells reals from fakes: a discriminator answers with a probability, a critic with any real number. */
export type Opponent = "discriminator" | "critic";

/** The name of the generator's opponent under a loss. */
export function opponentUnder({ output }: Pick<AdversarialLoss, "output">): Opponent {
  return output === "probability" ? "discriminator" : "critic";
}

/** What the catalogue knows of a loss. A loss without settings is an entry as it is. */
export interface LossEntry<Shape extends SettingsShape = SettingsShape> extends AdversarialLoss {
  /**
   * For a loss that needs a Lipschitz constraint: what its short names begin with, so that "w" makes "w-gp", "w-clip" and so on. A loss
   * without a prefix goes by its own name where nothing constrains its critic.
   */
  readonly prefix?: string | undefined;
  /** That of its runs, whatever holds the critic. Default: "cross". */
  readonly mark?: Mark;
  /** Its settings, each with its range and description. Default: it has none. */
  readonly settings?: z.ZodObject<Shape>;
  /**
   * The loss with its settings. Default: the entry itself.
   * @param settings a value for each setting
   */
  make?(settings: z.output<z.ZodObject<Shape>>): AdversarialLoss;
}

/**
 * An own loss, for `losses.add`: the types of its settings are those of its zod object.
 * @param entry what the catalogue is to know of it
 */
export function defineLoss<Shape extends SettingsShape>(entry: LossEntry<Shape>): LossEntry<Shape> {
  return entry;
}
