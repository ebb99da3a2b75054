import {
  constant,
  type Dimension,
  type ModelInputSpec,
  symbolicDimension,
  type Tensor,
  type TensorData,
  traceModel,
} from "../engine/index.js";
import type { Noise } from "../networks/noise.js";
import { unflattenData } from "../networks/parameters.js";
import type { Game } from "./game.js";
import { applied, appliedWith } from "./player.js";
import type { PlayerState, State, StateLayout } from "./state.js";

/** The part of a model that makes samples. */
export interface GeneratorModel {
  /** The generator, and the shapes of what it takes and gives. */
  readonly game: Pick<Game, "generator" | "sampleShape" | "conditionShape" | "isConditionOptional" | "latent">;
  /** What the generator's parameters and buffers are called, and their shapes. */
  readonly layout: Pick<StateLayout, "generator">;
  /** The generator's trained values. */
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

/**
 * The generator as an ONNX file: `latent` `[batch, latent]`, with `condition` `[batch, ...condition]` where it has one and what it asks for
 * in use as `noise.NAME`, to `samples` `[batch, ...sample]`. Its parameters are stored inside.
 * @param model the generator with its trained values
 * @param metadata facts that the file carries, by name
 */
export function generatorModel(model: GeneratorModel, metadata: Readonly<Record<string, string>>): Uint8Array {
  const specs: SamplerInputs<ModelInputSpec> = samplerSpecs(model.game, symbolicDimension("batch"));
  return traceModel((inputs) => ({ samples: generateFixed(model, inputs) }), specs, { metadata });
}

/** What of a player's state its network is used with. */
export function valuesInUse<T>({ parameters, average, buffers }: PlayerState<T>) {
  return { parameters: average ?? parameters, buffers };
}

export function generate(
  { game, layout }: Pick<GeneratorModel, "game" | "layout">,
  values: Pick<PlayerState<Tensor>, "parameters" | "buffers">,
  { latent, condition, noise }: SamplerInputs<Tensor>,
): Tensor {
  return applied(game.generator, layout.generator, values, { training: false }).apply(latent, { condition, noise });
}

/** As `generate`, with the state of the model as constants. */
export function generateFixed(
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

/** The shapes of what `n` samples are made of. */
export function samplerSpecs<N extends Dimension>(game: GeneratorModel["game"], n: N) {
  const { latent, conditionShape } = game;
  const noise = mapNoise(game, ({ shape }) => ({ shape: [n, ...shape] }));
  return {
    latent: { shape: [n, latent] },
    ...(conditionShape && { condition: { shape: [n, ...conditionShape] } }),
    ...(noise && { noise }),
  };
}

/** Something for each kind of noise that the generator asks for where samples are made; `undefined` where it asks for none. */
export function mapNoise<T>(
  { generator }: GeneratorModel["game"],
  make: (noise: Noise) => T,
): Record<string, T> | undefined {
  const asked = Object.entries(generator.network.noise ?? {}).filter(([, { inUse }]) => inUse);
  if (asked.length === 0) return undefined;
  return Object.fromEntries(asked.map(([name, noise]) => [name, make(noise)]));
}
