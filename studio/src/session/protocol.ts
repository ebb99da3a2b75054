import type { PlayerName } from "../../../src/game/state.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import type { Position } from "../../../src/training/trainer.js";
import type { Settings, Side } from "../settings/settings.js";
import type { Problem } from "./problem.js";

/** Points of the reader's own, drawn or from a file: `[count, 2]`, flat, in the units they came in. */
export interface OwnPoints {
  readonly name: string;
  readonly points: Float64Array;
}

/** What a frame may hold besides the fakes; the page asks for what it draws. */
export const LAYERS = ["surface", "slope", "arrows", "manifold", "plan", "flow"] as const;
export type Layer = (typeof LAYERS)[number];

/** Where the runs are to be computed; "auto" takes what is fastest for the settings and at hand. */
export const DEVICES = ["auto", "webgpu", "wasm"] as const;
export type DeviceChoice = (typeof DEVICES)[number];

/** What a step does: one generator iteration, with its critic updates, or one update of one player alone. */
export type StepKind = "generator" | "critic" | "generatorAlone";

/** What the page tells the worker that trains. Each `start` carries a number that every answer to it repeats. */
export type Command =
  /** Begins both runs, paused: anew, or where `from` left them. `own` where the data are the reader's. */
  | {
      readonly type: "start";
      readonly run: number;
      readonly settings: Settings;
      readonly own: OwnPoints | null;
      readonly device: DeviceChoice;
      readonly from: Snapshots | null;
    }
  /** Pauses by itself at the iteration `until`; `null`: goes on. */
  | { readonly type: "play"; readonly until: number | null }
  | { readonly type: "pause" }
  /** Of both runs; ends paused. */
  | { readonly type: "step"; readonly what: StepKind }
  /** Iterations a second at most; `null`: as many as the machine gives. Slow motion is a small number. */
  | { readonly type: "speed"; readonly limit: number | null }
  | { readonly type: "change"; readonly settings: Settings }
  | { readonly type: "layers"; readonly layers: readonly Layer[] }
  /** The page has drawn its last frame and would take another. */
  | { readonly type: "drawn" }
  /** Images on the arc between two latents, `steps` of them, of each side. The answer repeats `request`, and so does an error. */
  | { readonly type: "interpolate"; readonly request: number; readonly seed: number; readonly steps: number }
  | { readonly type: "export"; readonly request: number; readonly side: Side }
  /** Both sides as they are, for a critic of theirs to settle elsewhere. */
  | { readonly type: "snapshot"; readonly request: number };

/** Where one side stands: who goes on from it with the same settings gives what the run itself would give. */
export interface Snapshot extends Position {
  /** Seconds of training so far. */
  readonly seconds: number;
}

export type Snapshots = Readonly<Record<Side, Snapshot>>;

/** Where and how the runs are computed. */
export interface Machine {
  readonly device: "webgpu" | "wasm";
  /** Of each side; 1 where the page is not isolated (`crossOriginIsolated`). */
  readonly threads: number;
  /** WebGPU was tried and lost or refused. */
  readonly fellBack: boolean;
}

/** The rectangle that surfaces lie over, in the units of the samples. */
export interface Frame {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** What both runs learn. Everything here and in the frames is in the units of training, as `Dataset.batch` draws. */
export interface Scene {
  readonly shape: readonly number[];
  /** Real samples to draw, `[count, ...shape]`. */
  readonly real: Float32Array;
  readonly modes: readonly (readonly number[])[] | null;
  /** `null` for images. */
  readonly frame: Frame | null;
  readonly name: string;
}

/**
 * What flows through both networks of a side, on a batch of latents and reals that is always the same, so that numbers before and after an
 * update can be compared; `flowOf` says what each is.
 */
export interface Flow {
  /** `[count, latent]` */
  readonly latents: Float32Array;
  /** `[count, ...shape]` */
  readonly real: Float32Array;
  readonly fakes: Float32Array;
  readonly descent: Float32Array;
  /** Median norm of `descent`: few fakes may get so much that the mean says nothing of the others. */
  readonly feedback: number;
  /** `[count]`, or one for each pack. */
  readonly realAnswers: Float32Array;
  readonly fakeAnswers: Float32Array;
  readonly value: number;
  readonly penalty: number;
  readonly loss: Readonly<Record<PlayerName, number>>;
  /** Medians. */
  readonly push: Readonly<Record<PlayerName, number>>;
  readonly weights: Readonly<Record<PlayerName, number>>;
}

/** One side at one moment. What was not asked for, or makes no sense for images, is `null`. */
export interface SideFrame {
  readonly iteration: number;
  readonly criticUpdates: number;
  /** Of the last iteration; `null` before the first. */
  readonly losses: { readonly critic: number; readonly generator: number; readonly value: number } | null;
  /** From the same latents each time, `[count, ...shape]`. */
  readonly fakes: Float32Array;
  /** The critic's output over the frame, `SURFACE_SIDE` squared, row by row from y[0] up. */
  readonly surface: Float32Array | null;
  readonly output: "probability" | "score";
  /** Norm of the gradient of that output, on the same grid. */
  readonly slope: Float32Array | null;
  /** What the first fakes are told: minus d(generator loss of that fake)/d(fake), `[ARROWS, 2]`. */
  readonly arrows: Float32Array | null;
  /** The generator over a square grid of latents, normal quantiles along both axes: `[MANIFOLD_SIDE, MANIFOLD_SIDE, 2]`. */
  readonly manifold: Float32Array | null;
  /** Exact optimal transport between a batch of fakes and of reals: `[count, 4]`, fake x, y, real x, y. */
  readonly plan: Float32Array | null;
  readonly flow: Flow | null;
}

export const SURFACE_SIDE = 61;
export const ARROWS = 200;
export const MANIFOLD_SIDE = 24;

/** What the worker tells the page. */
export type Answer =
  | { readonly type: "machine"; readonly machine: Machine }
  | { readonly type: "started"; readonly run: number; readonly scene: Scene }
  | {
      readonly type: "frame";
      readonly run: number;
      readonly sides: Readonly<Record<Side, SideFrame>>;
      /** Iterations of both sides in a second, with all that is drawn and evaluated between them; 0 at rest. */
      readonly perSecond: number;
    }
  | { readonly type: "evaluation"; readonly run: number; readonly side: Side; readonly evaluation: Evaluation }
  /** The runs have paused by themselves, at the iteration that they were to reach. */
  | { readonly type: "reached"; readonly run: number; readonly until: number }
  /** That side has ended with a loss that is not finite; the other goes on. */
  | {
      readonly type: "diverged";
      readonly run: number;
      readonly side: Side;
      readonly iteration: number;
      readonly term: string;
    }
  /** `[steps, ...shape]` of each side. */
  | { readonly type: "interpolation"; readonly request: number; readonly images: Readonly<Record<Side, Float32Array>> }
  | { readonly type: "snapshots"; readonly request: number; readonly sides: Snapshots }
  | { readonly type: "exported"; readonly request: number; readonly iteration: number; readonly model: Uint8Array }
  /** A command could not be carried out: the one with the number `request`, or another; the runs are paused then. */
  | {
      readonly type: "error";
      readonly run: number;
      readonly request: number | null;
      /** One of the page's own, which it has its words for, or else whatever was thrown. */
      readonly problem: Problem | null;
      readonly message: string;
    };

export type ErrorAnswer = Extract<Answer, { readonly type: "error" }>;
