import type { DataKind } from "../data/dataset.js";

/** What a run measured at one evaluation. A figure that does not apply is `null`. */
export interface Evaluation {
  /** Generator iterations done. */
  readonly iteration: number;
  /** Seconds of training so far, evaluations included. */
  readonly seconds: number;
  readonly criticLoss: number;
  readonly generatorLoss: number;
  /** The game's value as the literature states it: mean log d(x) + mean log(1 - d(G(z))) for BCE, mean c(x) - mean c(G(z)) for W. */
  readonly value: number;
  /** mean c(real) - mean c(fake) on training samples; `null` under a loss whose critic is not a Wasserstein critic. */
  readonly wassersteinEstimate: number | null;
  /** The same on held-out samples. */
  readonly heldOutEstimate: number | null;
  /** Exact Earth mover's distance between held-out real and generated samples, in the units of training (as `Dataset.batch` draws). */
  readonly emd: number | null;
  /**
   * The exact distance without the part that comes from drawing samples, in the units of training: EMD(real, fake) - EMD(real, real') / 2
   * - EMD(fake, fake') / 2 between independent samples of one size. Near 0, perhaps below it, where the generator is perfect.
   */
  readonly debiasedEmd: number | null;
  /** The exact distance between two independent held-out real samples of that size: no `emd` says anything below it. */
  readonly emdFloor: number | null;
  /**
   * The settled estimate: mean c(real) - mean c(fake), held-out, of a copy of the critic that was trained on while the generator stood
   * still, until this value stopped rising. Between it and the running estimate lies the critic's lag; between it and `debiasedEmd`, the
   * slack of its condition. `null` where it was not measured, the loss has no Wasserstein critic, or the copy diverged.
   */
  readonly settledEstimate: number | null;
  /** Critic updates that the copy was given until its value was the one above. */
  readonly settledUpdates: number | null;
  /** Mean norm of d(critic output)/d(sample) of the copy, on points between held-out real samples and fakes. */
  readonly settledSlope: number | null;
  readonly modesCaptured: number | null;
  /** Share of samples within 3 deviations of a mode, 0 to 1. */
  readonly highQualityShare: number | null;
  /** Generator feedback: mean over fakes of the norm of d(that sample's generator loss)/d(sample). */
  readonly feedback: number;
  /**
   * Share of fakes that starve, 0 to 1: their feedback is below 0.001, a thousandth of what a critic of slope 1 gives. A mean over all
   * fakes hides them where the others are pulled hard. `null` in files of versions that did not measure it.
   */
  readonly starvedShare: number | null;
  /** Norm of d(critic output)/d(sample), on points between real and fake samples. */
  readonly slopeMean: number;
  readonly slopeP99: number;
  readonly slopeMax: number;
  /** Smallest and largest critic output (probabilities where the loss asks for them). */
  readonly realScoreRange: readonly [number, number];
  readonly fakeScoreRange: readonly [number, number];
}

/** Pearson's and Spearman's correlation, -1 to 1, over `n` evaluations. */
export interface EstimateCorrelation {
  readonly pearson: number;
  readonly spearman: number;
  readonly n: number;
}

/** How far one figure is off another, relative to the latter: |a - b| / b, over `n` evaluations. */
export interface RelativeError {
  readonly mean: number;
  readonly largest: number;
  readonly n: number;
}

/** One trained pairing of loss and Lipschitz constraint. */
export interface RunResult {
  /** Short name of the pairing: "bce", "w-gp", ... */
  readonly loss: string;
  readonly seed: number;
  readonly iterations: number;
  readonly seconds: number;
  readonly wassersteinEstimate: number | null;
  readonly heldOutEstimate: number | null;
  readonly emd: number | null;
  readonly debiasedEmd: number | null;
  readonly emdFloor: number | null;
  readonly settledEstimate: number | null;
  readonly settledUpdates: number | null;
  readonly settledSlope: number | null;
  readonly modesCaptured: number | null;
  readonly modesTotal: number | null;
  readonly highQualityShare: number | null;
  /** Mean generator feedback over the first and over the last tenth of the evaluations. */
  readonly feedbackFirst: number;
  readonly feedbackLast: number;
  /** At the end. */
  readonly starvedShare: number | null;
  readonly slopeMean: number;
  readonly slopeMax: number;
  readonly realScoreRange: readonly [number, number];
  readonly fakeScoreRange: readonly [number, number];
  /**
   * How well the estimate (held-out, or else training) follows the exact Earth mover's distance over the evaluations after iteration 0.
   * `null` with fewer than three that have both, where one of the two never changes, and in files of versions that did not measure it.
   */
  readonly estimateCorrelation: EstimateCorrelation | null;
  /** The same over the second half of the iterations: at first the critic is still catching up with its task. */
  readonly lateEstimateCorrelation: EstimateCorrelation | null;
  /** How well `settledEstimate` follows `debiasedEmd` over the evaluations after iteration 0; `null` as `estimateCorrelation`. */
  readonly settledCorrelation: EstimateCorrelation | null;
  /** How far `settledEstimate` is off `debiasedEmd` where the latter is above `emdFloor`; `null` where it never is. */
  readonly settledError: RelativeError | null;
  /** Why the run ended before its last iteration (a loss that was not finite), or `null`. */
  readonly stopped: string | null;
  readonly history: readonly Evaluation[];
}

/** What `monge compare` writes to `results.json`, and the Studio page saves. */
export interface Results {
  readonly version: 1;
  readonly data: string;
  /** The unit of every distance, estimate and slope: that of `Dataset.batch`, in which the networks see the data. */
  readonly distanceUnit: "training";
  /** The address of the Studio page that repeats the runs, where they were trained there. */
  readonly link?: string | undefined;
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
