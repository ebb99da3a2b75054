import { grid } from "../../src/data/points.js";
import type { OneDimensionalFigure } from "../../src/figures/oneDimensional.js";
import type { Surface } from "../../src/figures/surfaces.js";
import type { Evaluation, Figures, HasFigures } from "../../src/metrics/metric.js";
import { createRng, type Rng } from "../../src/random.js";
import type { Comparison, RunPictures } from "../../src/runs/results.js";
import { resultsOf, runResult } from "../../src/runs/runResult.js";

export interface SyntheticOptions {
  readonly losses?: readonly string[];
  readonly seeds?: readonly number[];
  /** Evaluations of a run, at iterations 0, 200, 400, ... */
  readonly evaluations?: number;
  readonly shape?: readonly number[];
  /** A pairing whose runs stop half-way. */
  readonly stopped?: string;
}

/** How far a made-up pairing gets, and what its opponent is like. */
const STORIES: Readonly<Record<string, { readonly modes: number; readonly noise: number; readonly decay: number }>> = {
  bce: { modes: 9, noise: 0.06, decay: 3e-4 },
  "bce-ns": { modes: 17, noise: 0.05, decay: 0.3 },
  hinge: { modes: 21, noise: 0.04, decay: 0.9 },
  ls: { modes: 14, noise: 0.08, decay: 0.05 },
  rp: { modes: 23, noise: 0.03, decay: 0.4 },
  "w-none": { modes: 6, noise: 0.3, decay: 900 },
  "w-clip": { modes: 22, noise: 0.1, decay: 0.2 },
  "w-gp": { modes: 25, noise: 0.02, decay: 0.95 },
  "w-lp": { modes: 25, noise: 0.025, decay: 0.8 },
  "w-orth": { modes: 25, noise: 0.03, decay: 0.9 },
  "w-sn": { modes: 24, noise: 0.05, decay: 0.5 },
};

/** The exact distance of two real samples. */
const FLOOR = 0.02;

/** A comparison as training would return it, made up with a seed: what a report is tested on. */
export function syntheticComparison(options: SyntheticOptions = {}): Comparison {
  const { losses = ["bce", "w-gp"], seeds = [0], shape = [2] } = options;
  const rng = createRng(7);
  const outcomes = losses.flatMap((loss) => seeds.map((seed) => outcome(loss, seed, rng, options)));
  return {
    results: resultsOf(
      shape[0] === 2 ? "grid" : "made up",
      outcomes.map(({ result }) => result),
    ),
    kind: shape.length === 3 ? "images" : "points",
    shape,
    real: realSamples(shape, rng, shape.length === 3 ? 64 : 1000),
    pictures: outcomes.map(({ pictures }) => pictures),
    oneDimensional: oneDimensional(rng),
  };
}

function outcome(loss: string, seed: number, rng: Rng, options: SyntheticOptions) {
  const { evaluations = 21, shape = [2], stopped } = options;
  const stops = loss === stopped;
  const planar = shape[0] === 2 && shape.length === 1;
  const count = stops ? Math.ceil(evaluations / 2) : evaluations;
  const history = Array.from({ length: count }, (_, i) => evaluation(loss, i, evaluations, rng, planar));
  const run = {
    ...{ loss, seed, iterations: 200 * (count - 1), seconds: 0.4 * (count - 1) + 0.01 },
    stopped: stops
      ? `The critic loss was not finite at iteration ${200 * (count - 1) + 37}: choose a smaller learning rate.`
      : null,
  };
  const result = runResult(run, history);
  const moments = [...new Set([0, 1, 2, 3, 4, 5, 6, 7].map((k) => Math.round((k * (count - 1)) / 7)))];
  const pictures: RunPictures = {
    loss,
    seed,
    samples: moments.map((i) => ({
      iteration: 200 * i,
      values: fakes(loss, shape, i / Math.max(1, evaluations - 1), rng),
    })),
    surface: planar ? surface(loss, stops) : null,
    optimalSurface: planar && !stops ? surface("w-gp", false) : null,
  };
  return { result, pictures };
}

function evaluation(loss: string, i: number, evaluations: number, rng: Rng, planar: boolean): Evaluation {
  const { modes, decay, noise } = STORIES[loss]!;
  const share = i / Math.max(1, evaluations - 1);
  const wobble = Math.exp(0.15 * rng.normal());
  const wasserstein = loss.startsWith("w-");
  const emd = (1.3 * Math.exp(-6 * share) + 1.2 * (1 - modes / 25) + noise) * wobble;
  const explosion = loss === "w-none" ? 10 ** (6 * share) : 1;
  const value = wasserstein ? emd * explosion * 0.9 : loss === "ls" ? 0.12 : loss === "hinge" ? -1.2 : -0.3 * wobble;
  const probability = loss.startsWith("bce");
  const settled = wasserstein && planar && loss !== "w-none" ? (emd - noise) * 1.05 : null;
  const empty: Evaluation = { iteration: 200 * i, seconds: 0.4 * i + 0.01, figures: {} };
  return withFigures(empty, {
    criticLoss: wasserstein ? -value + 0.1 : -value,
    generatorLoss: probability ? -0.2 * wobble : 0.4 * explosion * wobble,
    value,
    wassersteinEstimate: wasserstein ? value : null,
    heldOutEstimate: wasserstein ? value * 0.97 : null,
    emd: planar ? emd : null,
    debiasedEmd: planar ? emd - noise : null,
    emdFloor: planar ? FLOOR : null,
    settledEstimate: settled,
    settledUpdates: settled === null ? null : 400,
    settledSlope: settled === null ? null : 1.05,
    modesCaptured: planar ? Math.round(modes * (1 - Math.exp(-5 * share))) : null,
    modesTotal: planar ? 25 : null,
    highQualityShare: planar ? 0.9 * (1 - Math.exp(-4 * share)) : null,
    feedback: decay ** share * wobble,
    starvedShare: probability ? 0.5 * share : 0,
    slopeMean: (wasserstein && loss !== "w-none" ? 0.95 : 3 * explosion) * wobble,
    slopeP99: 1.2,
    slopeMax: 1.4 * wobble,
    realScoreRange: probability ? [0.5 * share, 0.6 + 0.39999 * share] : [0.2 * explosion, 2.1 * explosion],
    fakeScoreRange: probability ? [0.4 * (1 - share) + 1e-7, 0.6 - 0.3 * share] : [-1.3 * explosion, 1.1 * explosion],
  });
}

/** The same with other figures; those that are `null` are taken away. */
export function withFigures<T extends HasFigures>(
  holder: T,
  changes: Readonly<Record<string, Figures[string] | null>>,
): T {
  const figures: Record<string, Figures[string]> = { ...holder.figures };
  for (const [name, figure] of Object.entries(changes)) {
    if (figure === null) delete figures[name];
    else figures[name] = figure;
  }
  return { ...holder, figures };
}

function realSamples(shape: readonly number[], rng: Rng, count: number): Float32Array {
  if (shape.length === 3) return images(shape, count, 1, rng);
  if (shape[0] === 2) return grid().batch(rng, count).sample;
  return rng.normals(count * shape[0]!).map((z, i) => z * (1 + (i % shape[0]!)) + (i % 2 ? 2 : -2));
}

function fakes(loss: string, shape: readonly number[], share: number, rng: Rng): Float32Array {
  if (shape.length === 3) return images(shape, 64, share, rng);
  const { modes, noise } = STORIES[loss]!;
  if (shape[0] !== 2) return rng.normals(1000 * shape[0]!).map((z) => z * (0.3 + share));
  const { centers } = grid().modes!;
  return Float32Array.from({ length: 2000 }, (_, i) => {
    const center = centers[(Math.floor(i / 2) * 7) % modes]!;
    return share * center[i % 2]! + (noise + 0.4 * (1 - share)) * rng.normal();
  });
}

/** Rings of a radius that the image's number gives. */
function images([height, width, channels]: readonly number[], count: number, share: number, rng: Rng): Float32Array {
  const size = height! * width! * channels!;
  return Float32Array.from({ length: count * size }, (_, i) => {
    const image = Math.floor(i / size);
    const [row, column] = [Math.floor((i % size) / (width! * channels!)), Math.floor(i / channels!) % width!];
    const radius = Math.hypot(row / height! - 0.5, column / width! - 0.5);
    const ring = Math.exp(-(((radius - 0.15 - 0.03 * (image % 8)) / 0.06) ** 2));
    return (
      share * (2 * ring - 1) * (channels === 3 && i % 3 === image % 3 ? 0.3 : 1) + (1 - share) * 0.6 * rng.normal()
    );
  });
}

function surface(loss: string, broken: boolean): Surface {
  const side = 81;
  const { modes } = STORIES[loss]!;
  const values = Float32Array.from({ length: side ** 2 }, (_, i) => {
    const [x, y] = [(i % side) / 8 - 5, Math.floor(i / side) / 8 - 5];
    const score = Math.cos(x * 1.6) * Math.cos(y * 1.6) * 1.2 - 0.35 * Math.hypot(x, y) + modes / 10;
    return broken ? Number.NaN : loss.startsWith("bce") ? 1 / (1 + Math.exp(-6 * score)) : score;
  });
  return { x: [-2, 2], y: [-2, 2], rows: side, columns: side, values, middle: 0.4 };
}

function oneDimensional(rng: Rng): OneDimensionalFigure {
  const x = Float32Array.from({ length: 241 }, (_, i) => -4 + i / 30);
  const sigmoid = x.map((at) => 1 / (1 + Math.exp(-7 * at)));
  return {
    real: rng.normals(400).map((z) => 2 + 0.25 * z),
    fake: rng.normals(400).map((z) => -2 + 0.25 * z),
    x,
    curves: [
      { loss: "bce", output: "probability", values: sigmoid, feedback: sigmoid.map((d) => 7 * d) },
      { loss: "w-gp", output: "score", values: x.map((at) => 0.98 * at), feedback: x.map(() => 0.98) },
    ],
    optimal: x.map((at) => Math.abs(at + 2.5) - 7),
  };
}
