import { disjointPair } from "../data/gaussians.js";
import { compile, reshape, slice, type TensorData } from "../engine/index.js";
import { mlp } from "../networks/index.js";
import { adam } from "../optimizers/index.js";
import { createRng } from "../random.js";
import type { OneDimensionalFigure } from "../results.js";
import { feedbackOf, type Model, scorerOf } from "./model.js";
import { optimalScores } from "./optimalScores.js";
import { pairingByName } from "./pairings.js";
import { criticGradients, initialState, NEXT, type State, type StepParts, update } from "./step.js";

/**
 * The one-sided penalty: on a line the two-sided one can trap a critic whose slope starts with the wrong sign somewhere, since to turn it
 * would have to pass slope 0, where that penalty is highest.
 */
const LOSSES = ["bce", "w-lp"] as const;
const UPDATES = 600;
const BATCH = 256;
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
  const curves = [];
  for (const loss of LOSSES) {
    const model = await trainCritic(loss, seed);
    const at = { x: { shape: [CURVE_POINTS, 1], data: x } };
    const [scorer, feedback] = await Promise.all([scorerOf(model, CURVE_POINTS), feedbackOf(model, CURVE_POINTS)]);
    curves.push({
      loss,
      output: model.parts.loss.output,
      values: (await scorer.run(model.state, at)).scores!,
      feedback: (await feedback.run(model.state, at)).feedback!,
    });
    await Promise.all([scorer.release(), feedback.release()]);
  }
  const [real, fake] = [pair.real.batch(rng, SAMPLES_SHOWN), pair.fake.batch(rng, SAMPLES_SHOWN)];
  return { real, fake, x, curves, optimal: optimalScores(real, fake, 1, x) };
}

/** A critic alone, trained between the two fixed distributions. */
async function trainCritic(name: string, seed: number): Promise<Model> {
  const { real, fake } = disjointPair();
  const { loss, makeConstraint } = pairingByName(name);
  const network = mlp({ input: [1], output: 1, hidden: [64, 64] });
  const optimizer = adam({ learningRate: 1e-3, beta1: 0.5, beta2: 0.9 });
  const parts: StepParts = {
    generator: network,
    critic: network,
    loss,
    constraint: makeConstraint({}),
    generatorOptimizer: optimizer,
    criticOptimizer: optimizer,
    sampleShape: [1],
    latent: 1,
    batch: BATCH,
    ema: null,
  };
  const rng = createRng(seed);
  const { state: first, layout } = initialState(parts, rng);
  const names = Object.keys(first);
  const samples = { shape: [BATCH, 1] };
  const step = await compile(
    ({ real, fake, epsilon, scalars, ...state }) => {
      const rates = optimizer.scalars(1).map((_, i) => reshape(slice(scalars!, [i], [i + 1]), []));
      const feedback = criticGradients(parts, layout, state, { real: real!, fake: fake!, epsilon: epsilon! });
      const next = update(parts, layout, "critic", state, feedback, rates);
      return Object.fromEntries(names.map((name) => [`${NEXT}${name}`, next[name]!]));
    },
    {
      ...first,
      real: samples,
      fake: samples,
      epsilon: samples,
      scalars: { shape: [optimizer.scalars(1).length] },
    } as Record<string, { shape: readonly number[] }>,
  );
  let state: State = first;
  const of = (data: Float32Array): TensorData => ({ shape: [BATCH, 1], data });
  for (let k = 1; k <= UPDATES; k++) {
    const rates = Float32Array.from(optimizer.scalars(k));
    const result = await step.run({
      ...state,
      real: of(real.batch(rng, BATCH)),
      fake: of(fake.batch(rng, BATCH)),
      epsilon: of(rng.uniforms(BATCH)),
      scalars: { shape: [rates.length], data: rates },
    });
    state = Object.fromEntries(names.map((name) => [name, result[`${NEXT}${name}`]!]));
  }
  await step.release();
  return { parts, layout, state };
}
