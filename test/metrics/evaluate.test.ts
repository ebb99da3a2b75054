import { expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { feedbackOf } from "../../src/game/judging.js";
import type { Model } from "../../src/game/model.js";
import { startGame } from "../../src/game/start.js";
import { createEvaluator } from "../../src/metrics/evaluate.js";
import { feedback as meanFeedback, starvedShare } from "../../src/metrics/feedback.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { gameOf } from "../../src/training/trainer.js";

const data = grid();

/** A discriminator before training, with all its weights times `factor`: the larger, the surer it is. */
function sureOf(factor: number): Model {
  const game = gameOf(trainOptions(resolveConfig({ data: "grid", loss: "bce", width: 16, depth: 1 }, data), data));
  const { state, layout } = startGame(game, createRng(0));
  const { shape, data: weights } = state.critic.parameters;
  const parameters = { shape, data: Float32Array.from(weights, (weight) => factor * weight) };
  return { game, layout, state: { ...state, critic: { ...state.critic, parameters } } };
}

it.each([0, 1, 5])("counts the fakes that get next to nothing to learn from: weights times %i", async (factor) => {
  const model = sureOf(factor);
  const evaluator = await createEvaluator(model, data, { seed: 0 });
  const { evaluation, samples } = await evaluator.measure(model.state, 0, 0);
  await evaluator.release();
  const program = await feedbackOf(model, 1000);
  const x = { shape: [1000, 2], data: samples.slice(0, 2000) };
  const { feedback } = await program.run(model.state, { x, real: x });
  await program.release();
  const starving = feedback.filter((norm) => norm < 1e-3).length / 1000;
  expect(starvedShare.of(evaluation)).toBe(starving);
  if (factor === 0) expect(starving).toBe(1);
  if (factor === 1) expect(starving).toBe(0);
  if (factor === 5) {
    // Many starve, and the mean is a hundred times as much as they get.
    expect(starving).toBeGreaterThan(0.1);
    expect(starving).toBeLessThan(0.9);
    expect(meanFeedback.of(evaluation)).toBeGreaterThan(0.1);
  }
});
