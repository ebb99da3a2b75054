/** The part of the line that is drawn, and that the two distributions can be dragged in. */
export const LINE: readonly [number, number] = [-5, 5];
export const LARGEST_MEAN = 4;
/** Of both distributions, which are Gaussians. */
export const DEVIATION = 0.4;
/** Where the curves are evaluated: evenly spread over the line. */
export const CURVE_POINTS = 161;

/** Where the two distributions lie. */
export interface Means {
  readonly real: number;
  readonly fake: number;
}

/** What the reader chooses on the line. */
export interface LineSettings {
  readonly means: Means;
  readonly seed: number;
}

export const FIRST_LINE: LineSettings = { means: { real: 2, fake: -2 }, seed: 0 };

/** What the page tells the worker that trains on the line. */
export type LineCommand =
  /** Begins both networks anew, and trains them. */
  | { readonly type: "start"; readonly run: number; readonly seed: number; readonly means: Means }
  /** The distributions lie elsewhere; training goes on from where it is. */
  | { readonly type: "move"; readonly means: Means }
  | { readonly type: "play" }
  | { readonly type: "pause" }
  /** The page has drawn its last frame and would take another. */
  | { readonly type: "drawn" };

/** One of the two networks at one moment. */
export interface Player {
  /** Its output over the line, `[CURVE_POINTS]`: a probability, or a score that is 0 half-way between the mean scores of reals and fakes. */
  readonly values: Float32Array;
  /** What the generator is told: the mean over fakes of -d(generator loss)/d(fake), negative to the left. */
  readonly told: number;
  /** Generator feedback: the mean over fakes of the gradient's norm. */
  readonly feedback: number;
}

export interface LineFrame {
  readonly updates: number;
  /** Of these, since the distributions lie where they are. */
  readonly updatesHere: number;
  readonly means: Means;
  /** Trained by BCE. */
  readonly discriminator: Player;
  /** Trained by the W-loss under the one-sided penalty. */
  readonly critic: Player;
  /** mean c(real) - mean c(fake). */
  readonly estimate: number;
  /** The Earth mover's distance between as many reals and fakes, in closed form. */
  readonly distance: number;
}

/** What the worker tells the page; each answer repeats the number of the start that it belongs to. */
export type LineAnswer =
  | { readonly type: "frame"; readonly run: number; readonly frame: LineFrame }
  | { readonly type: "error"; readonly run: number; readonly message: string };
