import type { DataKind } from "../data/dataset.js";
import type { OneDimensionalFigure } from "../figures/oneDimensional.js";
import type { Surfaces } from "../figures/surfaces.js";
import type { Evaluation, HasFigures, MetricFacts } from "../metrics/metric.js";
import type { NearestPictures } from "./nearestPictures.js";

/** One trained pairing of loss and Lipschitz constraint. Its figures are those of its last evaluation, and what sums up the run. */
export interface RunResult extends HasFigures {
  /** Short name of the pairing: "bce", "w-gp", ... */
  readonly loss: string;
  /** The seed of all its randomness. */
  readonly seed: number;
  /** Generator updates that it was trained for. */
  readonly iterations: number;
  /** How long its training took. */
  readonly seconds: number;
  /** Why the run ended before its last iteration (a loss that was not finite), or `null`. */
  readonly stopped: string | null;
  /** Its evaluations, oldest first, one at least. */
  readonly history: readonly Evaluation[];
}

/** What `monge compare` writes to `results.json`, and the Studio page saves. */
export interface Results {
  readonly version: 2;
  /** The name or path of the data. */
  readonly data: string;
  /** The address of the Studio page that repeats the runs, where they were trained there. */
  readonly link?: string | undefined;
  /** The network by whose features pictures were compared: its name, or the path of its file. */
  readonly features?: string | undefined;
  /** What is to be said of each figure that the runs have, in the order in which tables have them. */
  readonly metrics: readonly MetricFacts[];
  /** One for each pairing and seed. */
  readonly runs: readonly RunResult[];
}

/** What a run looks like, for the report's pictures. Samples are flat: `[count, ...shape]`. */
export interface RunPictures extends Surfaces {
  /** Short name of the pairing. */
  readonly loss: string;
  /** The seed of all its randomness. */
  readonly seed: number;
  /** Fakes made from the same latents at several iterations, oldest first. */
  readonly samples: readonly {
    /** Generator updates done by then. */
    readonly iteration: number;
    /** The fakes, `[count, ...shape]`, flat. */
    readonly values: Float32Array;
  }[];
  /** Of pictures, the first of the last ones beside the training pictures nearest to them. */
  readonly nearest?: NearestPictures | undefined;
}

/** Everything that a comparison's report is drawn from. */
export interface Comparison {
  /** The figures of all runs. */
  readonly results: Results;
  /** What the samples are. */
  readonly kind: DataKind;
  /** The shape of one sample. */
  readonly shape: readonly number[];
  /** Classes that have their turn in pictures of samples, a row each; absent of what has no classes. */
  readonly rows?: number | undefined;
  /** Real samples to draw, `[count, ...shape]`. */
  readonly real: Float32Array;
  /** What each run looks like, in the order of the results. */
  readonly pictures: readonly RunPictures[];
  /** The figure of the two losses on the line; `null` where it was not asked for. */
  readonly oneDimensional: OneDimensionalFigure | null;
}
