export { chosenRun, findRuns, namedRuns, openFile, showNamedRun } from "./known.js";
export { Runs } from "./Runs.js";
