export type { Dataset } from "./data/dataset.js";
export * from "./data/index.js";
export * from "./engine/index.js";
export { InputError } from "./errors.js";
export { generatorModel, type Model, samplerOf, scorerOf } from "./game/model.js";
export { type Pairing, pairingByName, pairingNames } from "./game/pairings.js";
export * from "./lipschitz/index.js";
export * from "./losses/index.js";
export { generateSamples } from "./metrics/evaluate.js";
export {
  type FeatureNetwork,
  type FeatureNetworkOptions,
  type FeatureSet,
  frechetDistance,
  type ImageMetrics,
  type ImageMetricsOptions,
  imageMetrics,
  type KernelDistance,
  type KernelDistanceOptions,
  kernelDistance,
  type ManifoldMetrics,
  manifoldMetrics,
  openFeatureNetwork,
  type StageProgress,
} from "./metrics/images/index.js";
export { loadMnistClassifier, type MnistClassifier } from "./metrics/mnistClassifier/index.js";
export { type ModeCoverage, modeCoverage } from "./metrics/modes.js";
export { type StackedModes, stackedModes } from "./metrics/stackedModes.js";
export {
  type Activation,
  type ApplyContext,
  batchNorm,
  type ConeCriticOptions,
  coneCritic,
  conv,
  convTranspose,
  type DcganGeneratorOptions,
  type DcganOptions,
  dcganCritic,
  dcganGenerator,
  dense,
  fullSort,
  glorotNormal,
  glorotUniform,
  groupSort,
  heNormal,
  heUniform,
  type Initialiser,
  type InitialValues,
  layerNorm,
  type MlpOptions,
  mlp,
  type Network,
  type Normalisation,
  normal,
  type ParameterSet,
  type Stage,
  sequential,
} from "./networks/index.js";
export {
  adam,
  adamw,
  constant as constantSchedule,
  cosine as cosineDecay,
  type LearningRate,
  linearDecay,
  type Optimizer,
  rmsprop,
  type Schedule,
  sgd,
} from "./optimizers/index.js";
export { exactTransportInThread } from "./parallel/exactTransport.js";
export { benchmarkModes, judgeSavedRun, type ModesOptions, type ModesResults } from "./protocols/modes/index.js";
export {
  type Candidate as VerifyCandidate,
  type Cell as VerifyCell,
  candidates as verifyCandidates,
  type VerifyEntry,
  type VerifyOptions,
  type VerifyProgress,
  type VerifyResults,
  verify,
} from "./protocols/verify/index.js";
export { createRng, type Rng, restoreRng } from "./random.js";
export { type CompareOptions, type CompareProgress, type ComparisonStanding, compare } from "./runs/compare.js";
export { type RunConfig, type RunSettings, resolveConfig, runConfigSchema } from "./runs/config.js";
export type {
  Comparison,
  Evaluation,
  OneDimensionalFigure,
  Results,
  RunPictures,
  RunResult,
  Surface,
} from "./runs/results.js";
export { newRun, type Run, resumeRun, trainRun } from "./runs/run.js";
export { openRun, type SavedRun } from "./runs/savedRun.js";
export { trainOptions } from "./runs/trainOptions.js";
export { type Progress, type TrainEvent, type TrainOptions, train } from "./training/train.js";
export * from "./transport/index.js";
