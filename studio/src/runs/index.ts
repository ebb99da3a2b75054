export { findRuns, namedRuns, openFile } from "./known.js";
export { Runs } from "./Runs.js";
