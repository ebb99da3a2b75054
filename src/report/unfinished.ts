import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeFileAtomically } from "../files.js";
import type { ComparisonStanding } from "../runs/compare.js";
import { removeStatus, STATUS, saveStatus } from "../runs/runStatus.js";
import { resultsText } from "./resultsFile.js";

/** What stands for `results.json` until a comparison is finished: the same format, of the evaluations so far. */
export const UNFINISHED = "unfinished.json";

/** What a comparison that is not finished leaves in its folder. */
export const FOLLOWED: readonly string[] = [STATUS, UNFINISHED];

/**
 * Does `work`, a comparison whose report comes to stand in `directory`, and lets other processes follow it there: `unfinished.json`
 * has the evaluations so far, and `status.json` says whether it is under way. Both are there from when `work` first tells how it
 * stands; they stay where it fails or is stopped, and go when it is finished. What cannot be written is not followed, and `work`
 * goes on.
 */
export async function followable<T>(
  directory: string,
  work: (tell: (standing: ComparisonStanding) => void) => Promise<T>,
): Promise<T> {
  const unfinished = join(directory, UNFINISHED);
  let latest: ComparisonStanding | undefined;
  let writing = Promise.resolve();
  const inTurn = (write: () => Promise<void>) => {
    writing = writing.then(write).catch(() => {});
    return writing;
  };
  const tell = (standing: ComparisonStanding) => {
    const isFirst = latest === undefined;
    const { iterations, results } = standing;
    latest = standing;
    void inTurn(async () => {
      if (isFirst) {
        await rm(unfinished, { force: true });
        await saveStatus(directory, { state: "training", iterations, message: null });
      }
      // Evaluations that come thicker than they can be written are written with the last of them.
      if (standing === latest && results.runs.length > 0) await writeFileAtomically(unfinished, resultsText(results));
    });
  };
  try {
    const made = await work(tell);
    await inTurn(() => removeStatus(directory));
    await inTurn(() => rm(unfinished, { force: true }));
    return made;
  } catch (error) {
    await inTurn(async () => {
      if (latest) await saveStatus(directory, { state: "stopped", iterations: latest.iterations, message: null });
    });
    throw error;
  }
}
