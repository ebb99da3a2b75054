import { askedInTurn, classesInTurn, MOST_ROWS } from "../data/classesInTurn.js";
import type { Batch, Dataset } from "../data/dataset.js";
import { type CompileOptions, type Held, readHeld, sizeOf, type TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { causeIn, Divergence } from "../game/divergence.js";
import type { SamplerInputs } from "../game/generator.js";
import { probeOf } from "../game/judging.js";
import type { Model } from "../game/model.js";
import { drawSamplerInputs, samplerOf } from "../game/sampling.js";
import type { State } from "../game/state.js";
import { createRng } from "../random.js";
import { metricsWith } from "./catalogue.js";
import { COVERAGE_SAMPLES } from "./coverage.js";
import { measuresExactly } from "./exactDistances.js";
import { createPictureComparer } from "./images/comparedPictures.js";
import type { FeatureNetwork } from "./images/featureNetwork.js";
import { mean } from "./mean.js";
import type { Measurement, Probe, RealSamples } from "./measurement.js";
import { type Evaluation, type Figures, isMetric, type Metric, type OwnMetric, type Range } from "./metric.js";
import { createSettler } from "./settle.js";

/** How many samples an evaluation is made on by default, of points and of images. */
const POINTS = 1000;
const IMAGES = 200;
/** ... and rows of tables. */
const ROWS = 3000;
/** Exact distances are means over so many independent sets of samples; their noise falls with the root of it, their cost rises with it. */
const SETS = 4;
/** Evaluations draw from a stream of their own, so that how often a run is evaluated does not change it. */
const EVALUATION_STREAM = 0x6d6f6e67;

/** A measurement of a run, and the fakes that it was made on. */
export interface Measured {
  readonly evaluation: Evaluation;
  /** Fakes from the same latents at every evaluation, `[n, ...sample]`; of images with classes, of each class in its turn (`classesInTurn`). */
  readonly samples: Float32Array;
}

/** What measures a run again and again, on the same latents and the same held-out samples. */
export interface Evaluator {
  /** @throws Divergence where the generator's samples are not finite, InputError where a metric measured what is no figure */
  measure(state: State<Held>, iteration: number, seconds: number): Promise<Measured>;
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
  /** Opens the network by whose features pictures are compared, which the evaluator releases. Default: none, they are not compared. */
  readonly features?: (() => Promise<FeatureNetwork>) | undefined;
  /** Metrics besides those of the catalogue. Default: none. */
  readonly metrics?: readonly OwnMetric[] | undefined;
}

/**
 * Prepares the evaluation of a run on `data` by every metric that applies to it. What several of them need is computed once, and only if
 * one asks for it; what is drawn depends on the seed and the data alone.
 * @throws InputError where a metric has the name of another, or the feature network cannot be opened or take such pictures
 */
export async function createEvaluator(
  model: Model,
  data: Dataset,
  { seed, points = POINTS, sets = SETS, settle = 0, features, metrics: own, ...compileOptions }: EvaluatorOptions,
): Promise<Evaluator> {
  const { game, layout } = model;
  const { sampleShape, conditionShape } = game;
  const { device } = compileOptions;
  const applying = metricsWith(own)
    .filter(isMetric)
    .filter(({ applies }) => applies({ game, data }));
  const rng = createRng(seed ^ EVALUATION_STREAM);
  const size = sizeOf(sampleShape);
  const heldOut = data.heldOut ?? data;
  const n = Math.min({ images: IMAGES, table: ROWS, points }[data.kind], heldOut.size, data.size);
  const measurable = measuresExactly({ game, data });
  const groups = measurable ? sets : 1;
  const shown = data.modes ? Math.max(n, COVERAGE_SAMPLES) : n;
  const generated = Math.max(shown, groups * n);
  const different = (from: Dataset) => from.distinct?.(rng, n) ?? from.batch(rng, n);
  const several = (from: Dataset, count: number) => Array.from({ length: count }, () => different(from));
  const asked = conditionShape ? data.batch(rng, generated).condition : undefined;
  const latents = drawSamplerInputs(game, generated, rng, asked);
  const inTurn = classesInTurn(data, generated, MOST_ROWS);
  const pictured = inTurn && withCondition(latents, askedInTurn(inTurn));
  const training = data.batch(rng, n);
  const unseen = [different(heldOut), ...several(heldOut, groups - 1)] as const;
  // A fake is asked for what the held-out sample beside it has, as in training.
  for (const [set, { condition = [] }] of unseen.entries()) asked?.set(condition, set * condition.length);
  const epsilon = { shape: [n, 1], data: rng.uniforms(n) };
  const others = measurable && data.heldOut ? several(data, groups) : null;
  const reals: RealSamples = { size, training, heldOut: unseen, others };
  const comparer =
    features && data.kind === "images"
      ? await createPictureComparer(await features(), data, { game, seed, chunk: generated })
      : null;
  const sampler = await samplerOf(model, generated, device);
  const made: Promise<{ release(): Promise<void> } | null>[] = [];
  const keep = <T extends { release(): Promise<void> } | null>(making: Promise<T>) => {
    made.push(making);
    return making;
  };
  const prober = once(() => keep(probeOf(model, n, device)));
  const settler = once(() => keep(createSettler(model, data, { most: settle, seed, ...compileOptions })));

  async function probe(state: State<Held>, real: Batch, fake: Batch): Promise<Probe> {
    const program = await prober();
    const results = await program.run(state, { real: judged(real), fake: judged(fake), epsilon });
    const { criticLoss, generatorLoss, value } = results;
    return { ...results, criticLoss: mean(criticLoss), generatorLoss: mean(generatorLoss), value: mean(value) };
  }

  /** Samples as a probe takes them. */
  function judged({ sample, condition }: Batch) {
    const x = { shape: [n, ...sampleShape], data: sample };
    return conditionShape && condition ? { x, condition: { shape: [n, ...conditionShape], data: condition } } : { x };
  }

  /** What a critic says of all held-out samples. */
  async function read(state: State<Held>, fakesOf: (set: number) => Batch) {
    const readings = [];
    for (const [set, real] of unseen.entries()) readings.push(await probe(state, real, fakesOf(set)));
    return {
      estimate: mean(readings.map(({ value }) => value)),
      slope: mean(readings.map(({ slope }) => mean(slope))),
    };
  }

  return {
    async measure(state, iteration, seconds) {
      const make = async (inputs: typeof latents) => {
        const { samples } = await sampler.run(state, inputs);
        if (samples.every(Number.isFinite)) return samples;
        throw new Divergence(iteration, "generator's output", causeIn(game));
      };
      const all = await make(latents);
      const samples = all.slice(0, shown * size);
      const fakesOf = (set: number): Batch => {
        const part = (values: Float32Array) =>
          values.slice((set * n * values.length) / generated, ((set + 1) * n * values.length) / generated);
        return { sample: part(all), condition: asked && part(asked) };
      };
      const measurement: Measurement = {
        ...{ iteration, game, data, seed, reals, samples },
        model: { game, layout, state: await readHeld(state) },
        fakes: unseen.map((_, set) => fakesOf(set)),
        onTraining: once(() => probe(state, training, fakesOf(0))),
        onHeldOut: once(() => probe(state, unseen[0], fakesOf(0))),
        pictures: once(async () => (await comparer?.compare(make)) ?? null),
        settled: once(async () => (await settler())?.settle(state, (copy) => read(copy, fakesOf)) ?? null),
      };
      const figures: Record<string, Figures[string]> = {};
      for (const metric of applying) {
        const figure = checked(metric, await metric.measure(measurement));
        if (figure !== null) figures[metric.name] = figure;
      }
      const seen = pictured ? (await make(pictured)).slice(0, shown * size) : samples;
      return { samples: seen, evaluation: { iteration, seconds, figures } };
    },
    async release() {
      await Promise.all([sampler.release(), comparer?.release(), ...made.map(async (one) => (await one)?.release())]);
    },
  };
}

/** What samples are made of, asked for something else. */
function withCondition(inputs: SamplerInputs<TensorData>, data: Float32Array): SamplerInputs<TensorData> {
  return { ...inputs, ...(inputs.condition && { condition: { shape: inputs.condition.shape, data } }) };
}

/** @throws InputError where a metric, perhaps a user's own, measured what is no figure */
function checked({ name }: Metric, figure: number | Range | null): number | Range | null {
  const ends = Array.isArray(figure) ? figure : [];
  const isRange = ends.length === 2 && ends.every((end) => typeof end === "number");
  if (figure === null || typeof figure === "number" || isRange) return figure;
  throw new InputError(
    `The metric "${name}" measured ${String(figure)}: return a number, [smallest, largest], or null where it does not apply.`,
  );
}

/** A function that is called when its result is first asked for, and not again. */
function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | undefined;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}
