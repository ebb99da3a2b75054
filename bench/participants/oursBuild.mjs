// Makes a row's step ready to run, and says how long that takes and how much work it is: node oursBuild.mjs ROW-AS-JSON
import { createSession, targetOf } from "../../dist/engine/runtime/node.js";
import { buildStep, initialState, stepSpecs } from "../../dist/game/step.js";
import { createRng, traceModel } from "../../dist/index.js";
import { flopsOf } from "../flops.mjs";
import { CRITIC_STEPS, trainerOptions, trainerThreads } from "./oursOptions.mjs";

const options = trainerOptions(JSON.parse(process.argv[2]));
const { state, layout } = initialState(options, createRng(options.seed));
const target = await targetOf();
const started = performance.now();
const step = buildStep(options, layout, Object.keys(state), CRITIC_STEPS, true);
const model = traceModel(step, stepSpecs(options, state, CRITIC_STEPS, true), { target });
const traced = performance.now();
const session = await createSession(model, trainerThreads);
const ready = performance.now();
await session.release();
const seconds = { trace: (traced - started) / 1000, session: (ready - traced) / 1000 };
console.log(JSON.stringify({ ...seconds, flops: await flopsOf(model) }));
