import type { Batch, Dataset } from "../data/dataset.js";
import { type CompileOptions, sizeOf, type TensorData } from "../engine/index.js";
import { Divergence } from "../game/divergence.js";
import { type JudgedInputs, probeOf } from "../game/judging.js";
import type { Model } from "../game/model.js";
import { drawSamplerInputs, samplerOf } from "../game/sampling.js";
import type { State } from "../game/state.js";
import { createRng } from "../random.js";
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
/** Samples of a probe. */
type Samples = JudgedInputs<{ readonly shape: readonly number[]; readonly data: Float32Array }>;

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
  measure(state: State<TensorData>, iteration: number, seconds: number): Promise<Measured>;
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
  const { game } = model;
  const { loss, sampleShape } = game;
  const { device } = compileOptions;
  const rng = createRng(seed ^ EVALUATION_STREAM);
  const size = sizeOf(sampleShape);
  const pointwise = data.kind !== "images";
  const heldOut = data.heldOut ?? data;
  const n = Math.min(pointwise ? points : IMAGES, heldOut.size, data.size);
  const measurable = pointwise && size <= LARGEST_EMD_DIMENSION;
  const groups = measurable ? sets : 1;
  const shown = data.modes ? Math.max(n, COVERAGE_SAMPLES) : n;
  const generated = Math.max(shown, groups * n);
  const different = (from: Dataset) => judged(from.distinct?.(rng, n) ?? from.batch(rng, n));
  const several = (from: Dataset) => Array.from({ length: groups }, () => different(from));
  const asked = game.conditionShape ? data.batch(rng, generated).condition : undefined;
  const made = drawSamplerInputs(game, generated, rng, asked);
  const real = judged(data.batch(rng, n));
  const unseen = several(heldOut);
  const epsilon = rng.uniforms(n);
  const exact = measurable
    ? exactDistances({ heldOut: valuesOf(unseen), others: data.heldOut ? valuesOf(several(data)) : null }, size)
    : () => UNMEASURED;
  const [sampler, probe, settler] = await Promise.all([
    samplerOf(model, generated, device),
    probeOf(model, n, device),
    createSettler(model, data, { most: settle, seed, ...compileOptions }),
  ]);
  const estimates = loss.estimatesDistance;
  const probed = (state: State<TensorData>, real: Samples, fake: Samples) =>
    probe.run(state, { real, fake, epsilon: { shape: [n, 1], data: epsilon } });

  /** Samples as a probe takes them. */
  function judged({ sample, condition }: Batch): Samples {
    const { conditionShape } = game;
    const x = { shape: [n, ...sampleShape], data: sample };
    return conditionShape && condition ? { x, condition: { shape: [n, ...conditionShape], data: condition } } : { x };
  }

  /** What a critic says of all held-out samples. */
  async function read(state: State<TensorData>, fakes: readonly Samples[]) {
    const readings = [];
    for (const [k, reals] of unseen.entries()) readings.push(await probed(state, reals, fakes[k]!));
    return {
      estimate: mean(readings.map(({ value }) => value[0]!)),
      slope: mean(readings.map(({ slope }) => mean(slope))),
    };
  }

  return {
    async measure(state, iteration, seconds) {
      const { samples: all } = await sampler.run(state, made);
      if (!all.every(Number.isFinite)) throw new Divergence(iteration, "generator's output", game.critic.constraint);
      const samples = all.slice(0, shown * size);
      const fakes = unseen.map((_, k) => {
        const part = (values: Float32Array) =>
          values.slice((k * n * values.length) / generated, ((k + 1) * n * values.length) / generated);
        return judged({ sample: part(all), condition: asked && part(asked) });
      });
      const onTraining = await probed(state, real, fakes[0]!);
      const onHeldOut = await probed(state, unseen[0]!, fakes[0]!);
      const settled = await settler?.settle(state, (copy) => read(copy, fakes));
      const coverage = data.modes ? modeCoverage(samples.subarray(0, COVERAGE_SAMPLES * size), data.modes) : null;
      const slopes = Float32Array.from(onHeldOut.slope).sort();
      return {
        samples,
        evaluation: {
          iteration,
          seconds,
          criticLoss: onTraining.criticLoss[0]!,
          generatorLoss: onTraining.generatorLoss[0]!,
          value: onTraining.value[0]!,
          wassersteinEstimate: estimates ? onTraining.value[0]! : null,
          heldOutEstimate: estimates && data.heldOut ? onHeldOut.value[0]! : null,
          ...exact(valuesOf(fakes)),
          settledEstimate: settled?.estimate ?? null,
          settledUpdates: settled?.updates ?? null,
          settledSlope: settled?.slope ?? null,
          modesCaptured: coverage?.captured ?? null,
          highQualityShare: coverage?.highQualityShare ?? null,
          feedback: mean(onTraining.feedback),
          starvedShare: onTraining.feedback.filter((norm) => norm < STARVING).length / n,
          slopeMean: mean(slopes),
          slopeP99: slopes[Math.floor(0.99 * (slopes.length - 1))]!,
          slopeMax: slopes[slopes.length - 1]!,
          realScoreRange: range(onHeldOut.realScores),
          fakeScoreRange: range(onHeldOut.fakeScores),
        },
      };
    },
    async release() {
      await Promise.all([sampler.release(), probe.release(), settler?.release()]);
    },
  };
}

/** The numbers of each of several sets. */
function valuesOf(sets: readonly Samples[]): Float32Array[] {
  return sets.map(({ x }) => x.data);
}

function mean(values: Float32Array | readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}

function range(values: Float32Array): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
}
