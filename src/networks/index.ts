export { networks } from "./catalogue.js";
export { type ConeCriticOptions, coneCritic } from "./cones.js";
export {
  type DcganCriticOptions,
  type DcganGeneratorOptions,
  type DcganOptions,
  dcganCritic,
  dcganGenerator,
} from "./dcgan.js";
export { diffAugment } from "./diffAugment.js";
export { dropout } from "./dropout.js";
export { fullSort, groupSort } from "./groupSort.js";
export {
  type Fans,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  type Initialiser,
  normal,
  scaled,
  zeros,
} from "./initialisers.js";
export { conv, convTranspose, dense, type KernelOptions, type LayerOptions } from "./layers.js";
export { minibatchDeviation } from "./minibatchDeviation.js";
export { type Activation, type MlpOptions, mlp } from "./mlp.js";
export {
  type ApplyContext,
  defineNetwork,
  type InitialValues,
  type Network,
  type NetworkEntry,
  type NetworkTask,
  type Normalisation,
  type ParameterSet,
  type TrainingLoad,
} from "./network.js";
export type { Noise } from "./noise.js";
export { batchNorm, layerNorm, pixelNorm } from "./normalisation.js";
export {
  type ResnetCriticOptions,
  type ResnetGeneratorOptions,
  type ResnetOptions,
  resnetCritic,
  resnetGenerator,
} from "./resnet.js";
export { type Stage, sequential } from "./sequential.js";
