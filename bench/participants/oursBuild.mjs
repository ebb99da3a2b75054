// Makes a row's step ready to run, and says how long that takes and how much work it is: node oursBuild.mjs ROW-AS-JSON

import { traceModel } from "../../dist/engine/index.js";
import { createSession, targetOf } from "../../dist/engine/runtime/node.js";
import { startGame } from "../../dist/game/start.js";
import { buildStep, stepArguments } from "../../dist/game/step.js";
import * as monge from "../../dist/index.js";
import { gameOf } from "../../dist/training/trainer.js";
import { flopsOf } from "../flops.mjs";
import { CRITIC_STEPS, trainerOptions, trainerThreads } from "./oursOptions.mjs";

const options = trainerOptions(JSON.parse(process.argv[2]), monge);
const game = gameOf(options);
const { state, layout } = startGame(game, monge.createRng(options.seed));
const size = { batch: options.batch, criticSteps: CRITIC_STEPS, withGenerator: true };
const target = await targetOf();
const started = performance.now();
const model = traceModel(buildStep(game, layout, size), stepArguments(game, state, size), { target });
const traced = performance.now();
const session = await createSession(model, trainerThreads);
const ready = performance.now();
await session.release();
const seconds = { trace: (traced - started) / 1000, session: (ready - traced) / 1000 };
console.log(JSON.stringify({ ...seconds, flops: await flopsOf(model) }));
