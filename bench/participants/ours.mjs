// Monge. It also sets the task of a row: first values and inputs for all participants, and the results that they are compared with.
import { writeFileSync } from "node:fs";
import { drawInputs } from "../../dist/game/inputs.js";
import { namedTensors } from "../../dist/game/tensorNames.js";
import { restoreRng } from "../../dist/index.js";
import { encodeSafetensors } from "../../dist/runs/safetensors.js";
import { createTrainer } from "../../dist/training/trainer.js";
import { CRITIC_STEPS, STEPS, trainerOptions } from "./oursOptions.mjs";
import { repeated, serve } from "./serve.mjs";

function prefixed(prefix, tensors) {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

async function setUp({ row, problem, results }) {
  const options = trainerOptions(row);
  const trainer = await createTrainer(options);
  const start = await trainer.snapshot();
  const rng = restoreRng(start.rng);
  let tensors = prefixed("initial", namedTensors(start.state, trainer.layout));
  const size = { batch: options.batch, criticSteps: CRITIC_STEPS, withGenerator: true };
  for (let step = 1; step <= STEPS; step++) {
    const { real, latent, epsilon } = drawInputs(trainer.game, size, options.data, rng, { critic: 0, generator: 0 });
    tensors = { ...tensors, ...prefixed(`input/${step}`, { real, latent, epsilon }) };
  }
  writeFileSync(problem, encodeSafetensors(tensors, { row: JSON.stringify(row) }));
  const losses = [];
  for (let step = 0; step < STEPS; step++) losses.push(await lossesOf(trainer));
  writeFileSync(results, encodeSafetensors(namedTensors((await trainer.snapshot()).state, trainer.layout)));
  return { answer: { losses }, run: repeated(trainer.iterate) };
}

async function start({ row }) {
  const trainer = await createTrainer(trainerOptions(row));
  return { answer: { losses: [await lossesOf(trainer)] }, run: repeated(trainer.iterate) };
}

async function lossesOf(trainer) {
  const { criticLoss, generatorLoss } = await trainer.iterate();
  return [criticLoss, generatorLoss];
}

await serve({ setUp, start });
