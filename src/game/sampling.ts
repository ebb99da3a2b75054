import { oneHot } from "../data/labels.js";
import { type CompileOptions, compile, type Device, type Held, sizeOf, type TensorData } from "../engine/index.js";
import { InputError } from "../errors.js";
import { drawNoise } from "../networks/noise.js";
import type { Rng } from "../random.js";
import {
  type GeneratorModel,
  generate,
  generateFixed,
  mapNoise,
  type SamplerInputs,
  samplerSpecs,
  valuesInUse,
} from "./generator.js";
import { inChunks } from "./inChunks.js";
import { type ModelProgram, modelProgram } from "./model.js";
import type { State } from "./state.js";
import { truncation } from "./truncation.js";

/** Samples that are made at a time, points and images: enough to be fast, few enough to need little memory. */
const POINTS = 1000;
const IMAGES = 200;

/**
 * `SamplerInputs` to `samples` `[n, ...sample]`, by the moving average of the generator where there is one. The state goes in with each call,
 * so that it serves a model in training; of one that stays as it is, `fixedSampler` makes samples faster.
 * @param model the shapes and names of a generator
 * @param n samples in one call
 * @param device where it runs. Default: "cpu"
 */
export async function samplerOf(
  model: GeneratorModel,
  n: number,
  device: Device = "cpu",
): Promise<ModelProgram<GeneratorState<Held>, SamplerInputs<TensorData>, "samples">> {
  const inputs: SamplerInputs<{ readonly shape: readonly number[] }> = samplerSpecs(model.game, n);
  const compiled = await compile(
    ({ state, inputs }) => ({ samples: generate(model, state, inputs) }),
    { state: valuesInUse(model.state.generator), inputs },
    { device },
  );
  const program = modelProgram(compiled);
  return {
    run: ({ generator }, inputs) => program.run(valuesInUse(generator), inputs),
    release: () => program.release(),
  };
}

type GeneratorState<T> = Pick<State<T>, "generator">;

/** Makes samples with a state that stays as it is. */
export interface FixedSampler {
  /**
   * `[n, ...sample]`, flat.
   * @param inputs as `drawSamplerInputs` draws them
   */
  run(inputs: SamplerInputs<TensorData>): Promise<Float32Array>;
  /** Frees the session. It cannot be used afterwards. */
  release(): Promise<void>;
}

/**
 * As `samplerOf`, with the state of the model inside: its weights are laid out once, and what is 0 takes no time.
 * @param model the generator with its trained values
 * @param n samples in one call
 * @param options where it runs. Default: on the CPU
 */
export async function fixedSampler(
  model: GeneratorModel,
  n: number,
  options: Pick<CompileOptions, "device" | "threads"> = {},
): Promise<FixedSampler> {
  const inputs: SamplerInputs<{ readonly shape: readonly number[] }> = samplerSpecs(model.game, n);
  const compiled = await compile(
    ({ inputs }) => ({ samples: generateFixed(model, inputs) }),
    { state: {}, inputs },
    options,
  );
  const program = modelProgram(compiled);
  return {
    run: async (inputs) => (await program.run({}, inputs)).samples,
    release: () => program.release(),
  };
}

/**
 * Draws what `n` samples are made of.
 * @param game the shapes of what the generator takes
 * @param n how many samples
 * @param rng draws them, and moves on as far as that takes
 * @param condition what is asked of each, `[n, ...condition]`, of a model that has conditions
 */
export function drawSamplerInputs(
  game: GeneratorModel["game"],
  n: number,
  rng: Rng,
  condition?: Float32Array,
): SamplerInputs<TensorData> {
  const latent = { shape: [n, game.latent], data: rng.normals(n * game.latent) };
  const noise = mapNoise(game, (noise) => {
    const shape = [n, ...noise.shape];
    return { shape, data: drawNoise(noise, rng, sizeOf(shape)) };
  });
  const { conditionShape } = game;
  return {
    latent,
    ...(conditionShape && condition && { condition: { shape: [n, ...conditionShape], data: condition } }),
    ...(noise && { noise }),
  };
}

/**
 * What `n` samples of a model with conditions are asked for, `[n, ...condition]`; `undefined` for one without.
 * @param condition what is asked of all of them, `[...condition]`, or of each, `[n, ...condition]`. Default: nothing where it is optional, else
 * categories drawn with `rng`, each equally likely
 */
export function drawConditions(
  { conditionShape, isConditionOptional = false }: GeneratorModel["game"],
  n: number,
  rng: Rng,
  condition?: Float32Array,
): Float32Array | undefined {
  if (!conditionShape) return undefined;
  const length = sizeOf(conditionShape);
  if (condition?.length === n * length) return condition;
  const rows = new Float32Array(n * length);
  if (isConditionOptional && !condition) return rows;
  for (let i = 0; i < n; i++) rows.set(condition ?? oneHot([rng.integer(length)], length), i * length);
  return rows;
}

/** What samples are asked for, and made of. */
export interface SampleOptions {
  /**
   * What is asked of all samples, `[...condition]`, or of each, `[count, ...condition]`, of a model that has conditions. Default: categories
   * drawn, each equally likely.
   */
  readonly condition?: Float32Array | undefined;
  /** `[count, latent]`, flat, instead of drawn ones; what else is drawn stays the same. Default: standard normal numbers. */
  readonly latents?: Float32Array | undefined;
  /**
   * The largest magnitude of a drawn latent's components, above 0: those beyond it are drawn again (`truncation`). The smaller, the more typical
   * and the less varied are samples. Default: none.
   */
  readonly truncation?: number | undefined;
  /** Where it runs. Default: "cpu". */
  readonly device?: Device | undefined;
}

/**
 * `count` fakes of a model, drawn with `rng`: flat, `[count, ...sample]`.
 * @param model the generator with its trained values
 * @param count how many samples
 * @param rng draws latents and categories, and moves on as far as that takes
 * @param options conditions, latents, truncation and the device
 * @throws InputError where they are not finite
 */
export async function generateSamples(
  model: GeneratorModel,
  count: number,
  rng: Rng,
  options: SampleOptions = {},
): Promise<Float32Array> {
  const { game } = model;
  const chunk = chunkOf(game, count);
  const sampler = await fixedSampler(model, chunk, { ...(options.device && { device: options.device }) });
  const draw = drawnChunks(game, count, rng, options);
  try {
    const rows = { rows: count, width: sizeOf(game.sampleShape), chunk };
    return finiteSamples(await inChunks(rows, (start) => sampler.run(draw(start))));
  } finally {
    await sampler.release();
  }
}

/**
 * The latents of the samples that `generateSamples` makes, given the same and `rng` in the same state: `[count, latent]`, flat.
 * @param game the shapes of what the generator takes
 * @param count how many samples
 * @param rng in the state that `generateSamples` gets it in
 * @param options those that `generateSamples` gets
 */
export async function drawLatents(
  game: GeneratorModel["game"],
  count: number,
  rng: Rng,
  options: SampleOptions = {},
): Promise<Float32Array> {
  const draw = drawnChunks(game, count, rng, options);
  const rows = { rows: count, width: game.latent, chunk: chunkOf(game, count) };
  return await inChunks(rows, async (start) => draw(start).latent.data);
}

function chunkOf({ sampleShape }: GeneratorModel["game"], count: number): number {
  return Math.min(count, sampleShape.length === 1 ? POINTS : IMAGES);
}

/** Draws what the chunk of samples from one on is made of; to be called for one chunk after the other. */
function drawnChunks(
  game: GeneratorModel["game"],
  count: number,
  rng: Rng,
  { condition, latents, truncation: limit }: SampleOptions,
): (start: number) => SamplerInputs<TensorData> {
  const { conditionShape } = game;
  const chunk = chunkOf(game, count);
  const truncated = limit === undefined ? undefined : truncation(limit, rng);
  const size = conditionShape ? sizeOf(conditionShape) : 0;
  const isForEach = condition !== undefined && condition.length > size;
  return (start) => {
    const asked = isForEach ? rowsFrom(condition, start, chunk, size) : condition;
    const inputs = drawSamplerInputs(game, chunk, rng, drawConditions(game, chunk, rng, asked));
    const { shape, data } = inputs.latent;
    const drawn = truncated?.(data) ?? data;
    return { ...inputs, latent: { shape, data: latents ? rowsFrom(latents, start, chunk, game.latent) : drawn } };
  };
}

/** `count` rows of flat numbers from row `start` on; zeros beyond the last. */
function rowsFrom(rows: Float32Array, start: number, count: number, width: number): Float32Array {
  const taken = new Float32Array(count * width);
  taken.set(rows.subarray(start * width, (start + count) * width));
  return taken;
}

/** @throws InputError where samples are not finite */
export function finiteSamples(samples: Float32Array): Float32Array {
  // 0 unless one of them is not: faster than asking each by a function.
  let zero = 0;
  for (const value of samples) zero += value * 0;
  if (zero === 0) return samples;
  throw new InputError("The generator makes samples that are not finite: its training diverged. Train it again.");
}
