import { judge } from "../../../src/judge/judge.js";
import { questions } from "../../../src/judge/results.js";
import { pageOf } from "../../../src/report/judge/page.js";
import { tableOf } from "../../../src/runs/askedOfTable.js";
import { madeTable, type PartedTable } from "./makeTable.js";
import type { Progress } from "./protocol.js";
import type { TrainedTable } from "./trainTable.js";

/** Rows that are made for a report, at most, and rows that its slower questions use, as `judge` takes them. */
const MOST_MADE = 10_000;
const ROWS = 2000;
/** Resamples of its intervals. */
const RESAMPLES = 40;

/** The page that `monge judge` writes of new rows of a run, as many as it was trained on: one HTML file. */
export async function judgedPage(
  run: TrainedTable,
  { training, heldOut }: PartedTable,
  onProgress: (progress: Progress) => void,
): Promise<Blob> {
  const { schema } = tableOf(run);
  const count = Math.min(training.rows, MOST_MADE);
  const made = await madeTable(run, { count, seed: 0, where: [] }, (done) =>
    onProgress({ doing: "sampling", done, of: count }),
  );
  const tables = {
    real: training,
    synthetic: { ...made, name: `synthetic rows of ${training.name}` },
    holdout: heldOut,
  };
  const results = await judge(tables, {
    rows: ROWS,
    bootstrap: RESAMPLES,
    onProgress: ({ question, done }) =>
      onProgress({
        doing: "judging",
        done: Math.round(100 * (questions.indexOf(question) + done)),
        of: 100 * questions.length,
      }),
  });
  return new Blob([pageOf(results, { ...tables, schema })], { type: "text/html" });
}
