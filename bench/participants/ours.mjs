// Monge. It also sets the task of a row: first values and inputs for all participants, and the results that they are compared with.
import { writeFileSync } from "node:fs";
import { namedTensors } from "../../dist/game/names.js";
import { restoreRng } from "../../dist/index.js";
import { encodeSafetensors } from "../../dist/runs/safetensors.js";
import { createTrainer } from "../../dist/training/trainer.js";
import { CRITIC_STEPS, trainerOptions } from "./oursOptions.mjs";
import { repeated, serve } from "./serve.mjs";

/** How many steps are compared; their inputs are what the other participants' timed iterations take in turn. */
const STEPS = 3;

/** The inputs that the trainer draws next: reals, latents and epsilons, in this order. */
function drawInputs({ data, batch, latent }, rng) {
  const latents = CRITIC_STEPS + 1;
  return {
    real: {
      shape: [CRITIC_STEPS, batch, ...data.fields.sample.shape],
      data: data.batch(rng, CRITIC_STEPS * batch).sample,
    },
    latent: { shape: [latents, batch, latent], data: rng.normals(latents * batch * latent) },
    epsilon: { shape: [CRITIC_STEPS, batch, 1], data: rng.uniforms(CRITIC_STEPS * batch) },
  };
}

function prefixed(prefix, tensors) {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [`${prefix}/${name}`, tensor]));
}

async function setUp({ row, problem, results }) {
  const options = trainerOptions(row);
  const trainer = await createTrainer(options);
  const start = trainer.position();
  const rng = restoreRng(start.rng);
  let tensors = prefixed("initial", namedTensors(start.state, trainer.layout));
  for (let step = 1; step <= STEPS; step++) {
    tensors = { ...tensors, ...prefixed(`input/${step}`, drawInputs(options, rng)) };
  }
  writeFileSync(problem, encodeSafetensors(tensors, { row: JSON.stringify(row) }));
  const losses = [];
  for (let step = 0; step < STEPS; step++) losses.push(await lossesOf(trainer));
  writeFileSync(results, encodeSafetensors(namedTensors(trainer.position().state, trainer.layout)));
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
