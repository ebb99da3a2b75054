import type { DataKind } from "../data/dataset.js";
import type { OneDimensionalFigure } from "../figures/oneDimensional.js";
import type { Surfaces } from "../figures/surfaces.js";
import type { Evaluation, HasFigures, MetricFacts } from "../metrics/metric.js";
import type { NearestPictures } from "./nearestPictures.js";

/** One trained pairing of loss and Lipschitz constraint. Its figures are those of its last evaluation, and what sums up the run. */
export interface RunResult extends HasFigures {
  /** Short name of the pairing: "bce", "w-gp", ... */
  readonly loss: string;
  readonly seed: number;
  readonly iterations: number;
  readonly seconds: number;
  /** Why the run ended before its last iteration (a loss that was not finite), or `null`. */
  readonly stopped: string | null;
  /** Its evaluations, oldest first, one at least. */
  readonly history: readonly Evaluation[];
}

/** What `monge compare` writes to `results.json`, and the Studio page saves. */
export interface Results {
  readonly version: 2;
  readonly data: string;
  /** The address of the Studio page that repeats the runs, where they were trained there. */
  readonly link?: string | undefined;
  /** The network by whose features pictures were compared: its name, or the path of its file. */
  readonly features?: string | undefined;
  /** What is to be said of each figure that the runs have, in the order in which tables have them. */
  readonly metrics: readonly MetricFacts[];
  readonly runs: readonly RunResult[];
}

/** What a run looks like, for the report's pictures. Samples are flat: `[count, ...shape]`. */
export interface RunPictures extends Surfaces {
  readonly loss: string;
  readonly seed: number;
  /** Fakes made from the same latents at several iterations, oldest first. */
  readonly samples: readonly { readonly iteration: number; readonly values: Float32Array }[];
  /** Of pictures, the first of the last ones beside the training pictures nearest to them. */
  readonly nearest?: NearestPictures | undefined;
}

/** Everything that a comparison's report is drawn from. */
export interface Comparison {
  readonly results: Results;
  readonly kind: DataKind;
  /** The shape of one sample. */
  readonly shape: readonly number[];
  /** Classes that have their turn in pictures of samples, a row each; absent of what has no classes. */
  readonly rows?: number | undefined;
  /** Real samples to draw, `[count, ...shape]`. */
  readonly real: Float32Array;
  readonly pictures: readonly RunPictures[];
  readonly oneDimensional: OneDimensionalFigure | null;
}
