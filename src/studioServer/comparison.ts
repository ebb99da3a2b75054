import { loadResults, UNFINISHED } from "../report/index.js";
import type { Results } from "../runs/results.js";
import { statusOf } from "../runs/runStatus.js";
import type { Standing } from "./protocol.js";
import { fileWithin, textWithin } from "./within.js";

/**
 * How the comparison in a folder of `monge compare` stands: by its `results.json`, or by what it has written so far where it is still
 * under way or was stopped. `null` where there is neither that this version can read.
 * @param root the real path of the folder
 */
export async function comparisonIn(root: string): Promise<Standing | null> {
  const status = await statusIn(root);
  if (!status) return finishedComparison(await fileWithin(root, "results.json"));
  const results = await readResults(await fileWithin(root, UNFINISHED));
  const iteration = results?.runs.reduce((sum, { iterations }) => sum + iterations, 0) ?? 0;
  const { state, iterations, message } = status;
  return { state, progress: { iteration, iterations }, settings: null, results, message };
}

/** Whether nothing is under way or was stopped in the folder. */
export async function isFinished(root: string): Promise<boolean> {
  return (await statusIn(root)) === null;
}

/** The comparison in a `results.json`; `null` where it cannot be read. */
export async function finishedComparison(path: string | null): Promise<Standing | null> {
  const results = await readResults(path);
  return results && { state: "finished", progress: null, settings: null, results, message: null };
}

async function statusIn(root: string) {
  return statusOf((await textWithin(root, "status.json")) ?? "");
}

function readResults(path: string | null): Promise<Results | null> {
  return path === null ? Promise.resolve(null) : loadResults(path).catch(() => null);
}
