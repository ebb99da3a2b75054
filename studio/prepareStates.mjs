// Trains the states that the Studio's lessons begin with, into studio/src/lessons/prepared, and prints what they have come to:
//   node studio/prepareStates.mjs
// The same seeds give the same states on the same kind of machine. How a seed was found, by what the left side comes to under each:
//   node studio/prepareStates.mjs --search 45
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openModules } from "./modulesInNode.mjs";

const { values } = parseArgs({ options: { search: { type: "string" } } });
const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const { load, close } = await openModules();
const { PREPARED } = await load("studio/src/lessons/prepared/states.ts");
const { encodePrepared } = await load("studio/src/lessons/prepared/file.ts");
const { sideOptions } = await load("studio/src/session/options.ts");
const { EVALUATED } = await load("studio/src/session/evaluated.ts");
const { pointDatasets } = await load("src/data/points.ts");
const { createTrainer } = await load("src/training/trainer.ts");
const { createEvaluator } = await load("src/metrics/evaluate.ts");

async function trained({ settings, iteration }, side, label = side) {
  const data = pointDatasets.get(settings.data).open();
  const trainer = await createTrainer(sideOptions(settings, side, data));
  while (trainer.iteration < iteration) await trainer.iterate();
  const position = await trainer.snapshot();
  const { state } = position;
  const { game, layout } = trainer;
  const evaluator = await createEvaluator({ game, layout, state }, data, { seed: settings.seed, ...EVALUATED });
  const { evaluation } = await evaluator.measure(state, iteration, 0);
  await Promise.all([trainer.release(), evaluator.release()]);
  const { modesCaptured, modesTotal, highQualityShare, debiasedEmd } = evaluation.figures;
  const share = `${(100 * highQualityShare).toFixed(0)} % of the fakes of high quality`;
  console.log(`  ${label}: ${modesCaptured} of ${modesTotal} modes, ${share}, distance ${debiasedEmd.toFixed(3)}`);
  // Seconds differ from machine to machine, and would make another file each time.
  return { ...position, seconds: 0 };
}

async function search({ settings, iteration }, seeds) {
  for (let seed = 0; seed < seeds; seed++)
    await trained({ settings: { ...settings, seed }, iteration }, "left", `seed ${seed}`);
}

async function prepare(name, prepared) {
  console.log(`${name}, iteration ${prepared.iteration}`);
  const sides = { left: await trained(prepared, "left"), right: await trained(prepared, "right") };
  const bytes = encodePrepared(sides);
  await writeFile(at(`src/lessons/prepared/${name}.safetensors`), bytes);
  console.log(`  ${bytes.length} bytes`);
}

if (values.search) await search(PREPARED.collapsed, Number(values.search));
else for (const [name, prepared] of Object.entries(PREPARED)) await prepare(name, prepared);
await close();
