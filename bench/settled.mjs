// How well settled critics follow the exact distance, from the results of comparisons: a table in Markdown, a row for each run.
//   monge compare --losses w-gp --seeds 0,1,2,3,4,5,6,7,8,9 --json > settled.json && node bench/settled.mjs settled.json
import { readFileSync } from "node:fs";

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("Give one or more results.json of monge compare.");
  process.exit(2);
}
const runs = files
  .flatMap((file) => JSON.parse(readFileSync(file, "utf8")).runs)
  .filter(({ settledCorrelation }) => settledCorrelation !== null);
const percent = (share) => `${Math.round(100 * share)} %`;
const row = (...cells) => console.log(`| ${cells.join(" | ")} |`);

row(
  "loss",
  "seed",
  "settled, debiased: r",
  "error, mean",
  "error, largest",
  "evaluations above the floor",
  "running, EMD: r",
);
row(...Array(7).fill("---"));
for (const { loss, seed, settledCorrelation, settledError, estimateCorrelation } of runs) {
  const { mean, largest, n } = settledError ?? { n: 0 };
  const errors = n === 0 ? ["-", "-"] : [percent(mean), percent(largest)];
  const running = estimateCorrelation?.pearson.toFixed(2) ?? "-";
  row(loss, seed, settledCorrelation.pearson.toFixed(3), ...errors, n, running);
}
const above = runs.flatMap(({ history }) =>
  history.filter(
    ({ iteration, settledEstimate, debiasedEmd, emdFloor }) =>
      iteration > 0 && settledEstimate !== null && debiasedEmd !== null && debiasedEmd > emdFloor,
  ),
);
const near = above.filter(
  ({ settledEstimate, debiasedEmd }) => Math.abs(settledEstimate - debiasedEmd) <= 0.25 * debiasedEmd,
);
const followed = runs.filter(({ settledCorrelation }) => settledCorrelation.pearson > 0.95);
console.log(
  `\nr above 0.95 in ${followed.length} of ${runs.length} runs; within 25 % in ${near.length} of ${above.length} evaluations above the floor.`,
);
