import type { Batch, Dataset } from "../data/dataset.js";
import type { Game } from "../game/game.js";
import type { Model } from "../game/model.js";
import type { ComparedPictures } from "./images/comparedPictures.js";
import type { Settled } from "./settle.js";

/** What is played, and on what. */
export interface Circumstances {
  readonly game: Game;
  readonly data: Dataset;
}

/** Real samples, the same at every evaluation of a run, in sets of one size. */
export interface RealSamples {
  /** Numbers of one sample. */
  readonly size: number;
  readonly training: Batch;
  /** Several sets where exact distances are measured, else one. Of the training data where nothing is held out. */
  readonly heldOut: readonly Batch[];
  /** As many others, independent of them; `null` where nothing is held out or no exact distance is measured. */
  readonly others: readonly Batch[] | null;
}

/** What the two networks say of real and fake samples, see `probeOf`. */
export interface Probe {
  readonly criticLoss: number;
  readonly generatorLoss: number;
  /** The game's value. */
  readonly value: number;
  /** The critic's output on each real sample and on each fake. */
  readonly realScores: Float32Array;
  readonly fakeScores: Float32Array;
  /** The norm of d(critic's output)/d(sample) at points between reals and fakes. */
  readonly slope: Float32Array;
  /** The norm of the generator loss's gradient by each fake. */
  readonly feedback: Float32Array;
}

/** What a metric is measured from. Each of the functions computes once a measurement, and only when it is called. */
export interface Measurement extends Circumstances {
  /** Generator iterations done. */
  readonly iteration: number;
  /** The networks as they are now. */
  readonly model: Model;
  /** The seed of the run. */
  readonly seed: number;
  /** Real samples, of the training data and held out. */
  readonly reals: RealSamples;
  /** A set of fakes for each of `reals.heldOut`, from the same latents at every evaluation. */
  readonly fakes: readonly Batch[];
  /** Fakes to look at and to count in, the sets' first ones among them: flat, `[n, ...sample]`. */
  readonly samples: Float32Array;
  /** The first set of fakes beside real samples of the training data. */
  onTraining(): Promise<Probe>;
  /** The first set of fakes beside the first set of held-out real samples. */
  onHeldOut(): Promise<Probe>;
  /**
   * More fakes than `samples`, beside held-out pictures, by what a network sees in them; `null` where the data is no pictures, there is no
   * network, or there are fewer than six held-out pictures.
   */
  pictures(): Promise<ComparedPictures | null>;
  /** What the critic says once it has settled; `null` where none is to settle, or it diverged. */
  settled(): Promise<Settled | null>;
}
