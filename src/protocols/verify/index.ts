export {
  type Candidate,
  candidates,
  type ExactCandidate,
  type NetworkSetting,
  type TrainedCandidate,
} from "./candidates.js";
export { type Cell, cellByName, cellName } from "./cells.js";
export { publishedCells, publishedFigures, publishedTruth } from "./published.js";
export type { TrainingLength, VerifyEntry, VerifyResults } from "./results.js";
export { type VerifyOptions, type VerifyProgress, verify } from "./verify.js";
