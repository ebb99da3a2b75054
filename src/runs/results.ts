import type { DataKind } from "../data/dataset.js";
import type { Evaluation, HasFigures, MetricFacts } from "../metrics/metric.js";

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
  /** What is to be said of each figure that the runs have, in the order in which tables have them. */
  readonly metrics: readonly MetricFacts[];
  readonly runs: readonly RunResult[];
}

/** A critic's or discriminator's output over a rectangle: `values[row * columns + column]`, rows from `y[0]` up to `y[1]`. */
export interface Surface {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** Half-way between the mean output on held-out real samples and on fakes: a score that only counts up to a constant has its 0 there. */
  readonly middle: number;
}

/** What a run looks like, for the report's pictures. Samples are flat: `[count, ...shape]`. */
export interface RunPictures {
  readonly loss: string;
  readonly seed: number;
  /** Fakes made from the same latents at several iterations, oldest first. */
  readonly samples: readonly { readonly iteration: number; readonly values: Float32Array }[];
  /** For two-dimensional data. */
  readonly surface: Surface | null;
  /** The same rectangle under the optimal critic between held-out real samples and the run's last fakes; `null` where those are not finite. */
  readonly optimalSurface: Surface | null;
}

/** A critic and a discriminator trained on two one-dimensional distributions with disjoint supports. */
export interface OneDimensionalFigure {
  readonly real: Float32Array;
  readonly fake: Float32Array;
  /** Where the curves are evaluated. */
  readonly x: Float32Array;
  /** One curve a loss: its output over `x`, and the norm of the gradient that it gives a fake sample at `x`. */
  readonly curves: readonly {
    readonly loss: string;
    readonly output: "probability" | "score";
    readonly values: Float32Array;
    readonly feedback: Float32Array;
  }[];
  /** The optimal critic between `real` and `fake` over `x`: a score, up to a constant. */
  readonly optimal: Float32Array;
}

/** Everything that a comparison's report is drawn from. */
export interface Comparison {
  readonly results: Results;
  readonly kind: DataKind;
  /** The shape of one sample. */
  readonly shape: readonly number[];
  /** Real samples to draw, `[count, ...shape]`. */
  readonly real: Float32Array;
  readonly pictures: readonly RunPictures[];
  readonly oneDimensional: OneDimensionalFigure | null;
}
