import type { Dataset } from "../data/dataset.js";
import { type CompileOptions, type Device, sizeOf } from "../engine/index.js";
import { InputError } from "../errors.js";
import { Divergence } from "../game/divergence.js";
import { type Model, probeOf, samplerOf } from "../game/model.js";
import type { State } from "../game/step.js";
import { createRng, type Rng } from "../random.js";
import type { Evaluation } from "../runs/results.js";
import { type ExactFigures, exactDistances } from "./exactDistances.js";
import { modeCoverage } from "./modes.js";
import { createSettler } from "./settle.js";

/** How many samples scores, slopes, feedback and the exact Earth mover's distance are measured on unless told, and for images. */
const POINTS = 1000;
const IMAGES = 200;
/** Exact distances are means over so many independent sets of samples; their noise falls with the root of it, their cost rises with it. */
const SETS = 4;
/** The protocol of mode coverage (VEEGAN, PacGAN) counts on this many samples. */
const COVERAGE_SAMPLES = 2500;
/** Above this many dimensions a distance between samples of this size says little. */
const LARGEST_EMD_DIMENSION = 3;
/** A fake with less feedback than this starves: a critic of slope 1 gives it a thousand times as much. */
const STARVING = 1e-3;
const UNMEASURED: ExactFigures = { emd: null, debiasedEmd: null, emdFloor: null };
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

export interface EvaluatorOptions extends CompileOptions {
  readonly seed: number;
  /** How many samples that are points it is made on; distances between fewer come out larger. Default: 1000. */
  readonly points?: number;
  /** Exact distances are means over so many independent sets of samples, two at least. Default: 4. */
  readonly sets?: number;
  /** Most updates of the copy of the critic that settles at each evaluation; 0: none settles. Default: 0. */
  readonly settle?: number;
}

/** Prepares the evaluation of a run on `data`. */
export async function createEvaluator(
  model: Model,
  data: Dataset,
  { seed, points = POINTS, sets = SETS, settle = 0, ...compileOptions }: EvaluatorOptions,
): Promise<Evaluator> {
  const { parts } = model;
  const { device } = compileOptions;
  const rng = createRng(seed ^ EVALUATION_STREAM);
  const size = sizeOf(parts.sampleShape);
  const pointwise = data.kind !== "images";
  const heldOut = data.heldOut ?? data;
  const n = Math.min(pointwise ? points : IMAGES, heldOut.size, data.size);
  const measurable = pointwise && size <= LARGEST_EMD_DIMENSION;
  const groups = measurable ? sets : 1;
  const shown = data.modes ? Math.max(n, COVERAGE_SAMPLES) : n;
  const generated = Math.max(shown, groups * n);
  const different = (from: Dataset) => (from.distinct?.(rng, n) ?? from.batch(rng, n)).sample;
  const several = (from: Dataset) => Array.from({ length: groups }, () => different(from));
  const latents = rng.normals(generated * parts.latent);
  const real = data.batch(rng, n).sample;
  const unseen = several(heldOut);
  const epsilon = rng.uniforms(n);
  const exact = measurable
    ? exactDistances({ heldOut: unseen, others: data.heldOut ? several(data) : null }, size)
    : () => UNMEASURED;
  const [sampler, probe, settler] = await Promise.all([
    samplerOf(model, generated, device),
    probeOf(model, n, device),
    createSettler(model, data, { most: settle, seed, ...compileOptions }),
  ]);
  const shaped = (values: Float32Array, count: number) => ({ shape: [count, ...parts.sampleShape], data: values });
  const estimates = parts.loss.estimatesDistance;
  const probed = (state: State, reals: Float32Array, fakes: Float32Array) =>
    probe.run(state, {
      real: shaped(reals, n),
      fake: shaped(fakes, n),
      epsilon: { shape: [n, 1], data: epsilon },
    });

  /** What a critic says of all held-out samples. */
  async function read(state: State, fakes: readonly Float32Array[]) {
    const readings = [];
    for (const [k, reals] of unseen.entries()) readings.push(await probed(state, reals, fakes[k]!));
    return {
      estimate: mean(readings.map(({ value }) => value![0]!)),
      slope: mean(readings.map(({ slope }) => mean(slope!))),
    };
  }

  return {
    async measure(state, iteration, seconds) {
      const latent = { shape: [generated, parts.latent], data: latents };
      const all = (await sampler.run(state, { latent })).samples!;
      if (!all.every(Number.isFinite)) throw new Divergence(iteration, "generator's output", parts.constraint.name);
      const samples = all.slice(0, shown * size);
      const fakes = unseen.map((_, k) => all.slice(k * n * size, (k + 1) * n * size));
      const onTraining = await probed(state, real, fakes[0]!);
      const onHeldOut = await probed(state, unseen[0]!, fakes[0]!);
      const settled = await settler?.settle(state, (copy) => read(copy, fakes));
      const coverage = data.modes ? modeCoverage(samples.subarray(0, COVERAGE_SAMPLES * size), data.modes) : null;
      const slopes = Float32Array.from(onHeldOut.slope!).sort();
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
          ...exact(fakes),
          settledEstimate: settled?.estimate ?? null,
          settledUpdates: settled?.updates ?? null,
          settledSlope: settled?.slope ?? null,
          modesCaptured: coverage?.captured ?? null,
          highQualityShare: coverage?.highQualityShare ?? null,
          feedback: mean(onTraining.feedback!),
          starvedShare: onTraining.feedback!.filter((norm) => norm < STARVING).length / n,
          slopeMean: mean(slopes),
          slopeP99: slopes[Math.floor(0.99 * (slopes.length - 1))]!,
          slopeMax: slopes[slopes.length - 1]!,
          realScoreRange: range(onHeldOut.realScores!),
          fakeScoreRange: range(onHeldOut.fakeScores!),
        },
      };
    },
    async release() {
      await Promise.all([sampler.release(), probe.release(), settler?.release()]);
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

function mean(values: Float32Array | readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

function range(values: Float32Array): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}
