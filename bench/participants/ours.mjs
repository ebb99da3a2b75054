// Monge. It also sets the task of a row: first values and inputs for all participants, and the results that they are compared with.
import { writeFileSync } from "node:fs";
import { CRITIC_STEPS, STEPS, trainerOptions } from "./oursOptions.mjs";
import { repeated, serve } from "./serve.mjs";

function prefixed(prefix, tensors) {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

/** On compiled modules, since inputs are drawn and values named by functions that the package does not export. */
async function setUp({ row, problem, results }) {
  const monge = await import("../../dist/index.js");
  const { createTrainer, encodeSafetensors, restoreRng } = monge;
  const { drawInputs } = await import("../../dist/game/inputs.js");
  const { namedTensors } = await import("../../dist/game/tensorNames.js");
  const options = trainerOptions(row, monge);
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

/** With the package as it is shipped. */
async function start({ row }) {
  const monge = await import("../../lib/index.js");
  const trainer = await monge.createTrainer(trainerOptions(row, monge));
  return { answer: { losses: [await lossesOf(trainer)] }, run: repeated(trainer.iterate) };
}

async function lossesOf(trainer) {
  const { criticLoss, generatorLoss } = await trainer.iterate();
  return [criticLoss, generatorLoss];
}

await serve({ setUp, start });
