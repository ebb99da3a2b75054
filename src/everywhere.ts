/** The part of the library that runs in Node and in browsers. */
export type { Catalogue, Described } from "./catalogue.js";
export {
  type Codec,
  type Column,
  columnsOf,
  type DecodeOptions,
  decode,
  encode,
} from "./data/codecs/index.js";
export type { Batch, ConditionField, DataKind, Dataset, Field, Fields } from "./data/dataset.js";
export type { DatasetEntry, SyntheticEntry } from "./data/entry.js";
export type { LabelOptions } from "./data/labels.js";
export { fromArray, fromRows, type MemoryOptions } from "./data/memory.js";
export type { FlatNumbers, NestedNumbers } from "./data/nested.js";
export {
  disjointRegions,
  gaussian,
  grid,
  line,
  moons,
  ring,
  spiral,
  swissRoll,
  twoGaussians,
  unequalModes,
} from "./data/points.js";
export { conditionWhere } from "./data/where.js";
export * as engine from "./engine/index.js";
export { InputError } from "./errors.js";
export { type Alone, type AloneOptions, type CriticAloneOptions, trainAlone, trainCriticAlone } from "./game/alone.js";
export type { BatchShare } from "./game/batchShare.js";
export type { Batch as GameBatch, Game, Samples, Term } from "./game/game.js";
export { type GeneratorModel, generatorModel } from "./game/generator.js";
export { type InterpolateOptions, interpolate, type Stop } from "./game/interpolate.js";
export { scorerOf } from "./game/judging.js";
export type { Model } from "./game/model.js";
export { type Pairing, pairingNames } from "./game/pairings.js";
export type { Player } from "./game/player.js";
export { type Projection, type ProjectOptions, project } from "./game/project.js";
export {
  drawLatents,
  drawSamplerInputs,
  type FixedSampler,
  fixedSampler,
  generateSamples,
  type SampleOptions,
  samplerOf,
} from "./game/sampling.js";
export * from "./lipschitz/index.js";
export * from "./losses/index.js";
export { metrics } from "./metrics/catalogue.js";
export type { Measurement } from "./metrics/measurement.js";
export {
  type Evaluation,
  type Figures,
  type Metric,
  type MetricFacts,
  metric,
  type OwnMetric,
  type Range as FigureRange,
  rangeMetric,
  type Summary,
  shared,
  summary,
} from "./metrics/metric.js";
export { type ModeCoverage, modeCoverage } from "./metrics/modes.js";
export {
  type Activation,
  type ApplyContext,
  batchNorm,
  type ConeCriticOptions,
  coneCritic,
  conv,
  convTranspose,
  type DcganCriticOptions,
  type DcganGeneratorOptions,
  type DcganOptions,
  dcganCritic,
  dcganGenerator,
  defineNetwork,
  dense,
  diffAugment,
  dropout,
  fullSort,
  glorotNormal,
  glorotUniform,
  groupSort,
  heNormal,
  heUniform,
  type Initialiser,
  type InitialValues,
  type KernelOptions,
  type LayerOptions,
  layerNorm,
  type MlpOptions,
  minibatchDeviation,
  mlp,
  type Network,
  type NetworkEntry,
  type NetworkTask,
  type Noise,
  type Normalisation,
  networks,
  normal,
  type ParameterSet,
  pixelNorm,
  type ResnetCriticOptions,
  type ResnetGeneratorOptions,
  type ResnetOptions,
  resnetCritic,
  resnetGenerator,
  type Stage,
  scaled,
  sequential,
} from "./networks/index.js";
export {
  type AdamOptions,
  type AdamWOptions,
  adam,
  adamw,
  constant as constantSchedule,
  cosine as cosineDecay,
  type DecayOptions,
  defineOptimizer,
  defineSchedule,
  type FlatCosineOptions,
  flatCosine,
  type LearningRate,
  linearDecay,
  type Optimizer,
  type OptimizerEntry,
  optimizers,
  type RmspropOptions,
  rmsprop,
  type Schedule,
  type ScheduleEntry,
  type SgdOptions,
  schedules,
  sgd,
} from "./optimizers/index.js";
export type { TurnOptions } from "./parallel/turns.js";
export { createRng, type Rng, restoreRng } from "./random.js";
export { type RunConfig, type RunSettings, resolveConfig } from "./runs/config.js";
export { decodeSafetensors, encodeSafetensors, type Safetensors } from "./runs/safetensors.js";
export { trainOptions } from "./runs/trainOptions.js";
export { patience, type StopRule, stopWhen } from "./training/stopRules.js";
export { type Progress, type TrainEvent, type TrainOptions, train } from "./training/train.js";
export { createTrainer, type Losses, type Trainer, type TrainerOptions } from "./training/trainer.js";
export type { TrainingRanks } from "./training/trainingRanks.js";
export * as transport from "./transport/index.js";
