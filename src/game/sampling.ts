import { oneHot } from "../data/labels.js";
import {
  type CompileOptions,
  compile,
  constant,
  type Device,
  type Dimension,
  type ModelInputSpec,
  sizeOf,
  symbolicDimension,
  type Tensor,
  type TensorData,
  traceModel,
} from "../engine/index.js";
import { InputError } from "../errors.js";
import { drawNoise, type Noise } from "../networks/noise.js";
import { unflattenData } from "../networks/parameters.js";
import type { Rng } from "../random.js";
import type { Game } from "./game.js";
import { inChunks } from "./inChunks.js";
import { modelProgram } from "./model.js";
import { applied, appliedWith } from "./player.js";
import type { PlayerState, State, StateLayout } from "./state.js";

/** The part of a model that makes samples. */
export interface GeneratorModel {
  readonly game: Pick<Game, "generator" | "sampleShape" | "conditionShape" | "isConditionOptional" | "latent">;
  readonly layout: Pick<StateLayout, "generator">;
  readonly state: Pick<State<TensorData>, "generator">;
}

/** What samples are made of. */
export type SamplerInputs<T> = {
  /** `[n, latent]`, standard normal. */
  readonly latent: T;
  /** `[n, ...condition]`, of a model that has conditions. */
  readonly condition?: T;
  /** What the generator asks for in use, `[n, ...shape]` each; absent where that is nothing. */
  readonly noise?: Readonly<Record<string, T>>;
};

/** Samples that are made at a time, points and images: enough to be fast, few enough to need little memory. */
const POINTS = 1000;
const IMAGES = 200;

/**
 * `SamplerInputs` to `samples` `[n, ...sample]`, by the moving average of the generator where there is one. Its program takes the state with
 * each call, so that it serves a model in training; of one that stays as it is, `fixedSampler` makes samples faster.
 */
export async function samplerOf(model: GeneratorModel, n: number, device: Device = "cpu") {
  const inputs: SamplerInputs<{ readonly shape: readonly number[] }> = samplerSpecs(model.game, n);
  const state = { generator: valuesInUse(model.state.generator) };
  const program = await compile(
    ({ state, inputs }) => ({ samples: generate(model, state.generator, inputs) }),
    { state, inputs },
    { device },
  );
  return modelProgram(program);
}

/** Makes samples with a state that stays as it is. */
export interface FixedSampler {
  /** `[n, ...sample]`, flat. */
  run(inputs: SamplerInputs<TensorData>): Promise<Float32Array>;
  release(): Promise<void>;
}

/** As `samplerOf`, with the state of the model inside: its weights are laid out once, and what is 0 takes no time. */
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
 * @param condition what is asked of all of them, `[...condition]`. Default: nothing where it is optional, else categories drawn with `rng`,
 * each equally likely
 */
export function drawConditions(
  { conditionShape, isConditionOptional = false }: GeneratorModel["game"],
  n: number,
  rng: Rng,
  condition?: Float32Array,
): Float32Array | undefined {
  if (!conditionShape) return undefined;
  const length = sizeOf(conditionShape);
  const rows = new Float32Array(n * length);
  if (isConditionOptional && !condition) return rows;
  for (let i = 0; i < n; i++) rows.set(condition ?? oneHot([rng.integer(length)], length), i * length);
  return rows;
}

/**
 * `count` fakes of a model, drawn with `rng`: flat, `[count, ...sample]`.
 * @param condition what is asked of all of them, `[...condition]`, of a model that has conditions. Default: categories drawn, each equally likely,
 * @throws InputError where they are not finite
 */
export async function generateSamples(
  model: GeneratorModel,
  count: number,
  rng: Rng,
  { condition, device }: { readonly condition?: Float32Array; readonly device?: Device } = {},
): Promise<Float32Array> {
  const { game } = model;
  const size = sizeOf(game.sampleShape);
  const chunk = Math.min(count, game.sampleShape.length === 1 ? POINTS : IMAGES);
  const sampler = await fixedSampler(model, chunk, { ...(device && { device }) });
  const samples = await inChunks({ rows: count, width: size, chunk }, async () => {
    const inputs = drawSamplerInputs(game, chunk, rng, drawConditions(game, chunk, rng, condition));
    return await sampler.run(inputs);
  });
  await sampler.release();
  return finiteSamples(samples);
}

/** @throws InputError where samples are not finite */
export function finiteSamples(samples: Float32Array): Float32Array {
  // 0 unless one of them is not: faster than asking each by a function.
  let zero = 0;
  for (const value of samples) zero += value * 0;
  if (zero === 0) return samples;
  throw new InputError("The generator makes samples that are not finite: its training diverged. Train it anew.");
}

/**
 * The generator as an ONNX file: `latent` `[batch, latent]`, with `condition` `[batch, ...condition]` where it has one and what it asks for
 * in use as `noise.NAME`, to `samples` `[batch, ...sample]`. Its parameters are stored inside.
 */
export function generatorModel(model: GeneratorModel, metadata: Readonly<Record<string, string>>): Uint8Array {
  const specs: SamplerInputs<ModelInputSpec> = samplerSpecs(model.game, symbolicDimension("batch"));
  return traceModel((inputs) => ({ samples: generateFixed(model, inputs) }), specs, { metadata });
}

/** What of a player's state its network is used with. */
function valuesInUse<T>({ parameters, average, buffers }: PlayerState<T>) {
  return { parameters: average ?? parameters, buffers };
}

function generate(
  { game, layout }: Pick<GeneratorModel, "game" | "layout">,
  values: Pick<PlayerState<Tensor>, "parameters" | "buffers">,
  { latent, condition, noise }: SamplerInputs<Tensor>,
): Tensor {
  return applied(game.generator, layout.generator, values, { training: false }).apply(latent, { condition, noise });
}

/** As `generate`, with the state of the model as constants. */
function generateFixed(
  { game, layout, state }: GeneratorModel,
  { latent, condition, noise }: SamplerInputs<Tensor>,
): Tensor {
  const { parameters, buffers } = valuesInUse(state.generator);
  const constants = (tensors: Readonly<Record<string, TensorData>>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, constant(tensor)]));
  const weights = constants(unflattenData(parameters, layout.generator));
  const network = appliedWith(game.generator, weights, constants(buffers), { training: false });
  return network.apply(latent, { condition, noise });
}

function samplerSpecs<N extends Dimension>(game: GeneratorModel["game"], n: N) {
  const { latent, conditionShape } = game;
  const noise = mapNoise(game, ({ shape }) => ({ shape: [n, ...shape] }));
  return {
    latent: { shape: [n, latent] },
    ...(conditionShape && { condition: { shape: [n, ...conditionShape] } }),
    ...(noise && { noise }),
  };
}

/** Something for each kind of noise that the generator asks for where samples are made; `undefined` where it asks for none. */
function mapNoise<T>({ generator }: GeneratorModel["game"], make: (noise: Noise) => T): Record<string, T> | undefined {
  const asked = Object.entries(generator.network.noise ?? {}).filter(([, { inUse }]) => inUse);
  if (asked.length === 0) return undefined;
  return Object.fromEntries(asked.map(([name, noise]) => [name, make(noise)]));
}
