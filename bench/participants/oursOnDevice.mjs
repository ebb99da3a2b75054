// Monge on a device, which computes the problem that another process of it has set: node oursOnDevice.mjs DEVICE PRECISION
import { writeFileSync } from "node:fs";
import { PLAYERS } from "../../dist/game/state.js";
import * as monge from "../../dist/index.js";
import { unflattenData } from "../../dist/networks/parameters.js";
import { encodeSafetensors } from "../../dist/runs/safetensors.js";
import { createTrainer } from "../../dist/training/trainer.js";
import { STEPS, trainerOptions } from "./oursOptions.mjs";
import { serve } from "./serve.mjs";

const [device, precision] = process.argv.slice(2);
/** At the usual first scale of 2^16 the first updates overflow and are skipped, which those that are compared with do not. */
const LOSS_SCALE = 2 ** 8;

async function setUp({ row, results }) {
  const { generator, critic, ...others } = trainerOptions(row, monge);
  const options = { ...others, device, generator: { ...generator, precision }, critic: { ...critic, precision } };
  // The compared steps are one program, as timed iterations are on a device that gives the state back after each run.
  const compared = await begun({ ...options, iterationsAtOnce: STEPS });
  const losses = await compared.iterateUpTo(STEPS);
  if (losses.length < STEPS) throw new Error("an update was skipped, or not finite");
  const { state } = await compared.snapshot();
  const named = PLAYERS.flatMap((player) =>
    Object.entries(unflattenData(state[player].parameters, compared.layout[player])).map(([name, values]) => [
      `${player}.${name}`,
      values,
    ]),
  );
  writeFileSync(results, encodeSafetensors(Object.fromEntries(named)));
  await compared.release();
  const trainer = await begun(options);
  const { length: atOnce } = await trainer.iterateUpTo(Number.POSITIVE_INFINITY);
  const answer = {
    losses: losses.map(({ criticLoss, generatorLoss }) => [criticLoss, generatorLoss]),
    atOnce,
    ...(atOnce > 1 && { settings: `${atOnce} iterations at once` }),
  };
  return { answer, run: (iterations) => iterated(trainer, iterations) };
}

async function begun(options) {
  const fresh = await createTrainer(options);
  if (precision === "float32") return fresh;
  const position = await fresh.snapshot();
  await fresh.release();
  for (const player of PLAYERS) position.state[player].lossScale.scale.data[0] = LOSS_SCALE;
  return createTrainer(options, position);
}

async function iterated(trainer, iterations) {
  for (let left = iterations; left > 0; ) left -= (await trainer.iterateUpTo(left)).length;
}

await serve({ setUp });
