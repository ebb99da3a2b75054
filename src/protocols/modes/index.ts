export { readResults } from "./folder.js";
export { benchmarkModes, type ModesOptions } from "./modes.js";
export { type ProtocolName, protocolNames, protocols, type TrialSettings } from "./protocols.js";
export { REPORTED_CAUTION, type ReportedRow, reported } from "./reported.js";
export type { Figures, ModesResults, Trial } from "./results.js";
export { judgeSavedRun } from "./savedRun.js";
export { type ModesRow, modesReport, rowsOf } from "./summary.js";
export type { ModesProgress, WorkControl } from "./trials.js";
