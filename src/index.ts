/** `monge` in Node. */

export { datasets } from "./data/catalogue.js";
export type { ImageLabelOptions } from "./data/imageLabels.js";
export type { ImageOptions } from "./data/images.js";
export { type OpenOptions, openDataset } from "./data/open.js";
export { openImages } from "./data/openImages.js";
export { comparablePoints, type PairOptions } from "./data/pointPair.js";
export { type FilePoints, type ReadPointOptions, readPoints } from "./data/pointSets.js";
export { type MnistOptions, mnist } from "./data/sets/mnist.js";
export { stackedMnist } from "./data/sets/stackedMnist.js";
export * from "./everywhere.js";
export type { OneDimensionalFigure } from "./figures/oneDimensional.js";
export type { Surface } from "./figures/surfaces.js";
export { type ComparedTables, type JudgeOptions, type JudgeProgress, judge } from "./judge/judge.js";
export type { JudgeResults } from "./judge/results.js";
export { loggers } from "./logging/catalogue.js";
export type { LogEnding, LoggedRun, Logger, LoggerEntry, Scalars } from "./logging/logger.js";
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
export { type StackedModes, stackedModes } from "./metrics/stackedModes.js";
export { benchmarkModes, type ModesOptions, type ModesResults } from "./protocols/modes/index.js";
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
export { judgePage } from "./report/judge/judgePage.js";
export type { JudgedRows } from "./report/judge/page.js";
export { writeReport } from "./report/report.js";
export { loadResults } from "./report/resultsFile.js";
export { type CompareOptions, type CompareProgress, type ComparisonStanding, compare } from "./runs/compare.js";
export { type Asked, type OpenRun, openRun } from "./runs/openRun.js";
export { type JudgedPaths, type JudgedTables, type OpenTablesOptions, openTables } from "./runs/openTables.js";
export type { ProjectedSample } from "./runs/projectSample.js";
export type { Comparison, Results, RunPictures, RunResult } from "./runs/results.js";
export { resumeRun } from "./runs/resumeRun.js";
export { type NewRunOptions, newRun, type Run } from "./runs/run.js";
export type { SavedRun } from "./runs/runRecord.js";
export type { RowsAsked } from "./runs/sampleTables.js";
export type { CheckpointChoice } from "./runs/savedRun.js";
export { type LogOptions, type TrainRunOptions, trainRun } from "./runs/trainRun.js";
export type { WayAsked } from "./runs/wayStops.js";
export { type TimedRun, withinTime } from "./runs/withinTime.js";
export type { TableSchema } from "./tables/schema.js";
export type {
  CategoryColumn,
  Column as TableColumn,
  NumberColumn,
  Table,
} from "./tables/table.js";
export { exactTransportInThread } from "./transport/exactInThread.js";
