export { findRuns, hasRuns, openFile } from "./known.js";
export { Runs } from "./Runs.js";
