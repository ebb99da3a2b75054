export { findRuns, openFile } from "./known.js";
export { Runs } from "./Runs.js";
