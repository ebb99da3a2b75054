import { configureRuntime } from "../../../src/engine/runtime/browser.js";
import { startGame } from "../../../src/game/start.js";
import { createEvaluator, type Evaluator } from "../../../src/metrics/evaluate.js";
import type { Evaluation } from "../../../src/metrics/metric.js";
import { settledEstimate } from "../../../src/metrics/settled.js";
import { createRng } from "../../../src/random.js";
import { gameOf } from "../../../src/training/trainer.js";
import { settles } from "../settings/pairing.js";
import type { Side } from "../settings/settings.js";
import { openData } from "./data.js";
import { EVALUATED } from "./evaluated.js";
import { sideOptions } from "./options.js";
import { RUNTIME_FILES } from "./runtimeFiles.js";
import type { SettleAnswer, SettleQuestion } from "./settleProtocol.js";

/** Most updates of one copy: some seconds of one core. */
const MOST_UPDATES = 400;

// One thread: the others train.
configureRuntime({ threads: 1, ...RUNTIME_FILES });

/** What was compiled for the last settings: evaluations of a run ask for the same again and again. */
let prepared: { readonly key: string; readonly evaluators: Map<Side, Evaluator> } = { key: "", evaluators: new Map() };

async function evaluatorOf({ settings, own, sides }: SettleQuestion, side: Side): Promise<Evaluator> {
  const key = JSON.stringify([settings, own?.name, own?.points.length]);
  if (key !== prepared.key) {
    await Promise.all([...prepared.evaluators.values()].map((evaluator) => evaluator.release()));
    prepared = { key, evaluators: new Map() };
  }
  const known = prepared.evaluators.get(side);
  if (known) return known;
  const { seed } = settings;
  const data = await openData(settings.data, own);
  const game = gameOf(sideOptions(settings, side, data));
  const { layout } = startGame(game, createRng(seed));
  const model = { game, layout, state: sides[side].state };
  const evaluator = await createEvaluator(model, data, { seed, device: "cpu", ...EVALUATED, settle: MOST_UPDATES });
  prepared.evaluators.set(side, evaluator);
  return evaluator;
}

async function settled(question: SettleQuestion, side: Side): Promise<Evaluation | null> {
  if (!settles(question.settings[side])) return null;
  const { state, iteration, seconds } = question.sides[side];
  const evaluator = await evaluatorOf(question, side);
  const { evaluation } = await evaluator.measure(state, iteration, seconds);
  return settledEstimate.of(evaluation) === null ? null : evaluation;
}

async function answer(question: SettleQuestion): Promise<SettleAnswer> {
  try {
    const left = await settled(question, "left");
    return { sides: { left, right: await settled(question, "right") } };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

self.addEventListener("message", async ({ data }: MessageEvent<SettleQuestion>) => {
  self.postMessage(await answer(data));
});
