import type { Dataset } from "../data/dataset.js";
import { type Device, sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { modeCoverage } from "../metrics/modes.js";
import { createRng, type Rng } from "../random.js";
import type { Evaluation } from "../results.js";
import { emd } from "../transport/index.js";
import { Divergence } from "./divergence.js";
import { type Model, probeOf, samplerOf } from "./model.js";
import type { State } from "./step.js";

/** How many samples scores, slopes, feedback and the exact Earth mover's distance are measured on unless told, and for images. */
const POINTS = 1000;
const IMAGES = 200;
/** The protocol of mode coverage (VEEGAN, PacGAN) counts on this many samples. */
const COVERAGE_SAMPLES = 2500;
/** Above this many dimensions a distance between samples of this size says little. */
const LARGEST_EMD_DIMENSION = 3;
/** A fake with less feedback than this starves: a critic of slope 1 gives it a thousand times as much. */
const STARVING = 1e-3;
/** Evaluations draw from a stream of their own, so that how often a run is evaluated does not change it. */
const EVALUATION_STREAM = 0x6d6f6e67;

/** A measurement of a run, and the fakes that it was made on. */
export interface Measured {
  readonly evaluation: Evaluation;
  /** Fakes from the same latents at every evaluation, `[n, ...sample]`. */
  readonly samples: Float32Array;
}

/** What measures a run again and again, on the same latents and the same held-out samples. */
export interface Evaluator {
  /** @throws Divergence where the generator's samples are not finite */
  measure(state: State, iteration: number, seconds: number): Promise<Measured>;
  release(): Promise<void>;
}

/**
 * Prepares the evaluation of a run on `data`.
 * @param points how many samples that are points it is made on; distances between fewer come out larger
 */
export async function createEvaluator(
  model: Model,
  data: Dataset,
  seed: number,
  device: Device,
  points = POINTS,
): Promise<Evaluator> {
  const { parts } = model;
  const rng = createRng(seed ^ EVALUATION_STREAM);
  const size = sizeOf(parts.sampleShape);
  const pointwise = parts.sampleShape.length === 1;
  const heldOut = data.heldOut ?? data;
  const n = Math.min(pointwise ? points : IMAGES, heldOut.size, data.size);
  const generated = data.modes ? Math.max(n, COVERAGE_SAMPLES) : n;
  const latents = rng.normals(generated * parts.latent);
  const real = data.batch(rng, n);
  const unseen = heldOut.batch(rng, n);
  const epsilon = rng.uniforms(n);
  const [sampler, probe] = await Promise.all([samplerOf(model, generated, device), probeOf(model, n, device)]);
  const shaped = (values: Float32Array, count: number) => ({ shape: [count, ...parts.sampleShape], data: values });
  const estimates = parts.loss.name === "wasserstein";

  return {
    async measure(state, iteration, seconds) {
      const latent = { shape: [generated, parts.latent], data: latents };
      const samples = (await sampler.run(state, { latent })).samples!;
      if (!samples.every(Number.isFinite)) throw new Divergence(iteration, "generator's output", parts.constraint.name);
      const fake = samples.slice(0, n * size);
      const inputs = { fake: shaped(fake, n), epsilon: { shape: [n, 1], data: epsilon } };
      const onTraining = await probe.run(state, { ...inputs, real: shaped(real, n) });
      const onHeldOut = await probe.run(state, { ...inputs, real: shaped(unseen, n) });
      const coverage = data.modes ? modeCoverage(samples.subarray(0, COVERAGE_SAMPLES * size), data.modes) : null;
      const slopes = Float32Array.from(onHeldOut.slope!).sort();
      const measurable = pointwise && size <= LARGEST_EMD_DIMENSION;
      return {
        samples,
        evaluation: {
          iteration,
          seconds,
          criticLoss: onTraining.criticLoss![0]!,
          generatorLoss: onTraining.generatorLoss![0]!,
          value: onTraining.value![0]!,
          wassersteinEstimate: estimates ? onTraining.value![0]! : null,
          heldOutEstimate: estimates && data.heldOut ? onHeldOut.value![0]! : null,
          emd: measurable ? emd(unseen, fake, size) : null,
          debiasedEmd: null,
          emdFloor: null,
          settledEstimate: null,
          settledUpdates: null,
          settledSlope: null,
          modesCaptured: coverage?.captured ?? null,
          highQualityShare: coverage?.highQualityShare ?? null,
          feedback: average(onTraining.feedback!),
          starvedShare: onTraining.feedback!.filter((norm) => norm < STARVING).length / n,
          slopeMean: average(slopes),
          slopeP99: slopes[Math.floor(0.99 * (slopes.length - 1))]!,
          slopeMax: slopes[slopes.length - 1]!,
          realScoreRange: range(onHeldOut.realScores!),
          fakeScoreRange: range(onHeldOut.fakeScores!),
        },
      };
    },
    async release() {
      await Promise.all([sampler.release(), probe.release()]);
    },
  };
}

/**
 * `count` fakes of a model, drawn with `rng`: flat, `[count, ...sample]`.
 * @throws InputError where they are not finite
 */
export async function generateSamples(
  model: Model,
  count: number,
  rng: Rng,
  device: Device = "cpu",
): Promise<Float32Array> {
  const { latent, sampleShape } = model.parts;
  const size = sizeOf(sampleShape);
  const chunk = Math.min(count, sampleShape.length === 1 ? POINTS : IMAGES);
  const sampler = await samplerOf(model, chunk, device);
  const samples = new Float32Array(count * size);
  for (let done = 0; done < count; done += chunk) {
    const data = new Float32Array(chunk * latent);
    data.set(rng.normals(Math.min(chunk, count - done) * latent));
    const made = (await sampler.run(model.state, { latent: { shape: [chunk, latent], data } })).samples!;
    samples.set(made.subarray(0, Math.min(chunk, count - done) * size), done * size);
  }
  await sampler.release();
  if (!samples.every(Number.isFinite)) {
    throw new InputError("The generator makes samples that are not finite: its training diverged. Train it anew.");
  }
  return samples;
}

function average(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function range(values: Float32Array): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}
