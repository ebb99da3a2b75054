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
  .filter(({ figures }) => figures.settledPearson !== undefined);
const aboveFloor = ({ history }) =>
  history.filter(
    ({ iteration, figures: { settledEstimate, debiasedEmd, emdFloor } }) =>
      iteration > 0 && settledEstimate !== undefined && debiasedEmd > emdFloor,
  );
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
for (const run of runs) {
  const { settledPearson, settledError, settledErrorLargest, estimatePearson } = run.figures;
  const errors = settledError === undefined ? ["-", "-"] : [percent(settledError), percent(settledErrorLargest)];
  const running = estimatePearson?.toFixed(2) ?? "-";
  row(run.loss, run.seed, settledPearson.toFixed(3), ...errors, aboveFloor(run).length, running);
}
const above = runs.flatMap(aboveFloor);
const near = above.filter(
  ({ figures: { settledEstimate, debiasedEmd } }) => Math.abs(settledEstimate - debiasedEmd) <= 0.25 * debiasedEmd,
);
const followed = runs.filter(({ figures }) => figures.settledPearson > 0.95);
console.log(
  `\nr above 0.95 in ${followed.length} of ${runs.length} runs; within 25 % in ${near.length} of ${above.length} evaluations above the floor.`,
);
