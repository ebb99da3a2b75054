import { disjointPair } from "../data/gaussians.js";
import { createCriticAlone } from "../game/criticAlone.js";
import { feedbackOf, type Model, scorerOf } from "../game/model.js";
import { pairingByName } from "../game/pairings.js";
import type { StepParts } from "../game/step.js";
import { mlp } from "../networks/index.js";
import { adam } from "../optimizers/index.js";
import { createRng } from "../random.js";
import type { OneDimensionalFigure } from "../runs/results.js";
import { optimalScores } from "./optimalScores.js";

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
    const model = await trainCritic(loss, seed);
    const shape = [CURVE_POINTS, 1];
    const at = { x: { shape, data: x } };
    const reals = { shape, data: real.subarray(0, CURVE_POINTS) };
    const [scorer, feedback] = await Promise.all([scorerOf(model, CURVE_POINTS), feedbackOf(model, CURVE_POINTS)]);
    curves.push({
      loss,
      output: model.parts.loss.output,
      values: (await scorer.run(model.state, at)).scores!,
      feedback: (await feedback.run(model.state, { ...at, real: reals })).feedback!,
    });
    await Promise.all([scorer.release(), feedback.release()]);
  }
  return { real, fake, x, curves, optimal: optimalScores(real, fake, 1, x) };
}

/** A critic alone, trained between the two fixed distributions. */
async function trainCritic(name: string, seed: number): Promise<Model> {
  const { real, fake } = disjointPair();
  const rng = createRng(seed);
  const critic = await createCriticAlone(lineParts(name), rng);
  for (let k = 0; k < UPDATES; k++)
    await critic.update(real.batch(rng, LINE_BATCH).sample, fake.batch(rng, LINE_BATCH).sample);
  await critic.release();
  return critic.model();
}

/** A small critic of numbers, and how it is trained: `name` is its pairing. There is no generator; its place is taken. */
export function lineParts(name: string, settings: { readonly lambda: number } = { lambda: LAMBDA }): StepParts {
  const { loss, constraint } = pairingByName(name);
  const network = mlp({ input: [1], output: 1, hidden: [64, 64] });
  const optimizer = adam({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 });
  return {
    generator: network,
    critic: network,
    loss,
    constraint: constraint.make(settings),
    generatorOptimizer: optimizer,
    criticOptimizer: optimizer,
    sampleShape: [1],
    latent: 1,
    batch: LINE_BATCH,
    ema: null,
  };
}
