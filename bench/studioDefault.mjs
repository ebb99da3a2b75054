// What the Studio's default settings show, over seeds: a table in Markdown, a row for each choice of settings.
//   node bench/studioDefault.mjs [--seeds 10] [--iterations 1200] [--each] [SETTINGS ...]
//
// SETTINGS are parameters of the page's address, such as "lambda=10&criticRate=0.001"; without any it is the page as it opens. Each run is
// trained with what the page trains with, and evaluated every 25 iterations on what the page evaluates on.
import { parseArgs } from "node:util";
import { openModules } from "../studio/modulesInNode.mjs";
import { mean, median } from "./statistics.mjs";

const EVERY = 25;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: "string", default: "10" },
    iterations: { type: "string", default: "1200" },
    each: { type: "boolean", default: false },
  },
});
const [seeds, iterations] = [Number(values.seeds), Number(values.iterations)];
if (![seeds, iterations].every((count) => Number.isInteger(count) && count > 0)) {
  console.error("Give --seeds and --iterations whole numbers above 0.");
  process.exit(2);
}
const queries = positionals.length > 0 ? positionals : [""];

const { load, close } = await openModules();
const { fromUrl } = await load("studio/src/settings/url.ts");
const { sideOptions } = await load("studio/src/session/options.ts");
const { EVALUATED } = await load("studio/src/session/evaluated.ts");
const { around } = await load("src/figures/surfaces.ts");
const { createRng } = await load("src/random.ts");
const { pointDatasets } = await load("src/data/points.ts");
const { createTrainer } = await load("src/training/trainer.ts");
const { createEvaluator } = await load("src/metrics/evaluate.ts");
const { pearsonCorrelation } = await load("src/metrics/correlation.ts");
const { countOutside } = await load("src/report/figures/plane.ts");

/** One side of one seed: its evaluations, and the share of its fakes that lie outside of the picture at each. */
async function history(settings, side) {
  const data = pointDatasets.get(settings.data).open();
  const frame = around(data.batch(createRng(0), 1000).sample);
  const trainer = await createTrainer(sideOptions(settings, side, data));
  const { game, layout, state } = trainer;
  const evaluator = await createEvaluator({ game, layout, state }, data, { seed: settings.seed, ...EVALUATED });
  const found = [];
  for (let iteration = 0; iteration <= iterations; iteration += EVERY) {
    while (trainer.iteration < iteration) await trainer.iterate();
    const { evaluation, samples } = await evaluator.measure(trainer.state, iteration, 0);
    found.push({ iteration, ...evaluation.figures, outside: countOutside(samples, 2, frame) / (samples.length / 2) });
  }
  await Promise.all([trainer.release(), evaluator.release()]);
  return found;
}

const later = (found) => found.slice(Math.ceil(found.length / 2));

/** What one seed shows. */
async function figures(settings) {
  const [left, right] = [await history(settings, "left"), await history(settings, "right")];
  const all = right.findIndex((_, i) => right.slice(i, i + 3).every((one) => one.modesCaptured === one.modesTotal));
  const estimated = right.slice(1);
  const gap = (one) => Math.abs(one.heldOutEstimate - one.debiasedEmd);
  return {
    "left: modes": mean(later(left).map((one) => one.modesCaptured)),
    "left: high quality": mean(later(left).map((one) => one.highQualityShare)),
    "left: starved": mean(later(left).map((one) => one.starvedShare)),
    "left: outside": mean(later(left).map((one) => one.outside)),
    "left: distance": mean(later(left).map((one) => one.debiasedEmd)),
    "right: modes": mean(later(right).map((one) => one.modesCaptured)),
    "right: all from": all < 0 ? Number.NaN : right[all].iteration,
    "right: high quality": mean(later(right).map((one) => one.highQualityShare)),
    "right: distance": mean(later(right).map((one) => one.debiasedEmd)),
    "right: slope": mean(estimated.map((one) => one.slopeMean)),
    "right: steepest": Math.max(...estimated.map((one) => one.slopeMean)),
    "right: gap": mean(estimated.map(gap)),
    "right: r": pearsonCorrelation(
      estimated.map((one) => one.heldOutEstimate),
      estimated.map((one) => one.debiasedEmd),
    ),
  };
}

const short = (value) => (Number.isNaN(value) ? "never" : String(Number(value.toPrecision(3))));
const row = (cells) => console.log(`| ${cells.join(" | ")} |`);
let headed = false;
for (const query of queries) {
  const { linked, notes } = fromUrl(`?${query}`);
  if (notes.length > 0) throw new Error(`The page cannot be set to "${query}": ${JSON.stringify(notes)}.`);
  const found = [];
  for (let seed = 0; seed < seeds; seed++) {
    found.push(await figures({ ...linked.settings, seed }));
    if (!headed) {
      row(["settings", ...Object.keys(found[0])]);
      row(["---", ...Object.keys(found[0]).map(() => "---")]);
      headed = true;
    }
    if (values.each) row([`seed ${seed}`, ...Object.values(found.at(-1)).map(short)]);
  }
  const over = (name) => {
    const numbers = found.map((one) => one[name]);
    const known = numbers.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    const middle = known.length === 0 ? Number.NaN : median(known);
    const missing = numbers.length - known.length;
    return `${short(middle)} (${known
      .map(short)
      .filter((_, i) => i === 0 || i === known.length - 1)
      .join(" to ")}${missing > 0 ? `, ${missing} never` : ""})`;
  };
  row([query === "" ? "as it opens" : `\`${query}\``, ...Object.keys(found[0]).map(over)]);
}
await close();
