import type { Dataset } from "../data/dataset.js";
import { disjointPair } from "../data/gaussians.js";
import type { Shape, TensorData } from "../engine/index.js";
import { trainCriticAlone } from "../game/alone.js";
import { type CriticModel, feedbackOf, scorerOf } from "../game/judging.js";
import { pairingByName } from "../game/pairings.js";
import { mlp } from "../networks/index.js";
import { adam } from "../optimizers/index.js";
import { createRng } from "../random.js";
import { optimalScores } from "./optimalScores.js";

/** A critic and a discriminator trained on two one-dimensional distributions with disjoint supports. */
export interface OneDimensionalFigure {
  /** Samples of the real distribution, `[n]`. */
  readonly real: Float32Array;
  /** Samples of the other one, `[n]`. */
  readonly fake: Float32Array;
  /** Where the curves are evaluated. */
  readonly x: Float32Array;
  /** One curve a loss: its output over `x`, and the norm of the gradient that it gives a fake sample at `x`. */
  readonly curves: readonly {
    /** The short name of its pairing: "bce", "w-gp". */
    readonly loss: string;
    /** Whether its output is a probability or a score. */
    readonly output: "probability" | "score";
    /** Its output at each `x`, `[points]`. */
    readonly values: Float32Array;
    /** The norm of the gradient at each `x`, `[points]`. */
    readonly feedback: Float32Array;
  }[];
  /** The optimal critic between `real` and `fake` over `x`: a score, up to a constant. */
  readonly optimal: Float32Array;
}

/**
 * The one-sided penalty: on a line the two-sided one can trap a critic whose slope starts with the wrong sign somewhere, since to turn it
 * would have to pass slope 0, where that penalty is highest.
 */
export const LINE_LOSSES = ["bce", "w-lp"] as const;
/** Reals, and as many fakes, that one update is made on. */
export const LINE_BATCH = 256;
/** Weight of the penalty. */
const LAMBDA = 10;
const UPDATES = 600;
const CURVE_POINTS = 241;
const SAMPLES_SHOWN = 400;

/**
 * The figure of Arjovsky et al. 2017 (arXiv:1701.07875, figure 2): a discriminator and a critic trained on two fixed distributions on
 * the line whose supports are disjoint, and the optimal critic between samples of both. The discriminator's sigmoid is flat where the
 * fakes are; the critic is a line.
 */
export async function oneDimensionalFigure(seed = 0): Promise<OneDimensionalFigure> {
  const pair = disjointPair();
  const rng = createRng(seed);
  const x = Float32Array.from({ length: CURVE_POINTS }, (_, i) => -4 + (8 * i) / (CURVE_POINTS - 1));
  const [real, fake] = [pair.real.batch(rng, SAMPLES_SHOWN).sample, pair.fake.batch(rng, SAMPLES_SHOWN).sample];
  const curves = [];
  for (const loss of LINE_LOSSES) {
    const model = await trainedCritic(loss, seed);
    const at = { x: points(x) };
    const [scorer, feedback] = await Promise.all([scorerOf(model, CURVE_POINTS), feedbackOf(model, CURVE_POINTS)]);
    curves.push({
      loss,
      output: model.game.loss.output,
      values: (await scorer.run(model.state, at)).scores,
      feedback: (await feedback.run(model.state, { ...at, real: points(real.subarray(0, CURVE_POINTS)) })).feedback,
    });
    await Promise.all([scorer.release(), feedback.release()]);
  }
  return { real, fake, x, curves, optimal: optimalScores(real, fake, 1, x) };
}

/** A critic, trained between the two fixed distributions. */
async function trainedCritic(pairing: string, seed: number): Promise<CriticModel> {
  const { real, fake } = disjointPair();
  const rng = createRng(seed);
  const game = lineGame(pairing);
  const critic = await trainCriticAlone(game, rng, { batch: LINE_BATCH });
  const batch = (of: Dataset) => ({ x: points(of.batch(rng, LINE_BATCH).sample, [1, LINE_BATCH, 1]) });
  for (let k = 0; k < UPDATES; k++) {
    await critic.update({
      real: batch(real),
      fake: batch(fake),
      epsilon: points(rng.uniforms(LINE_BATCH), [1, LINE_BATCH, 1]),
    });
  }
  await critic.release();
  return { game, layout: { critic: critic.layout }, state: { critic: critic.state() } };
}

/** A small critic of numbers, and how it is trained. */
export function lineGame(
  pairing: string,
  settings: { readonly lambda: number } = { lambda: LAMBDA },
): CriticModel["game"] {
  const { loss, constraint } = pairingByName(pairing);
  const network = mlp({ input: [1], output: 1, hidden: [64, 64] });
  const optimizer = adam({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 });
  return {
    loss,
    critic: { network, optimizer, constraint: constraint.make(settings) },
    sampleShape: [1],
    conditionShape: null,
  };
}

function points(data: Float32Array, shape: Shape = [data.length, 1]): TensorData {
  return { shape, data };
}
