import { expect, it } from "vitest";
import { fromArray } from "../../src/data/memory.js";
import { grid } from "../../src/data/points.js";
import { concat, lengthOf, reshape, slice } from "../../src/engine/index.js";
import { feedbackOf } from "../../src/game/judging.js";
import type { Model } from "../../src/game/model.js";
import { startGame } from "../../src/game/start.js";
import { createEvaluator } from "../../src/metrics/evaluate.js";
import { feedback as meanFeedback, starvedShare } from "../../src/metrics/feedback.js";
import type { Network } from "../../src/networks/network.js";
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

it("shows images with classes in turn, from the same latents each time", async () => {
  const rng = createRng(4);
  const bytes = Uint8Array.from({ length: 240 * 16 }, () => rng.integer(256));
  const labels = Array.from({ length: 240 }, (_, i) => ["cats", "dogs", "birds"][i % 3] ?? "");
  const images = fromArray({ shape: [240, 4, 4], data: bytes }, { labels });
  const settings = { data: "array", loss: "w-gp", network: "mlp", width: 8, depth: 1 } as const;
  const options = trainOptions(resolveConfig(settings, images), images);
  // Of each image the first three pixels say what was asked for.
  const asked: Network = {
    init: (rng) => options.generator.network.init(rng),
    apply(parameters, x, context) {
      const { condition } = context;
      if (!condition) throw new Error("a condition is needed");
      const made = reshape(options.generator.network.apply(parameters, x, context), [lengthOf(x.shape, 0), 16]);
      return reshape(concat([condition, slice(made, [0, 3], [lengthOf(x.shape, 0), 16])], 1), [-1, 4, 4, 1]);
    },
  };
  const game = gameOf({ ...options, generator: { ...options.generator, network: asked } });
  const { state, layout } = startGame(game, createRng(0));
  const evaluator = await createEvaluator({ game, layout, state }, images, { seed: 0 });
  const [first, again] = [await evaluator.measure(state, 0, 0), await evaluator.measure(state, 1, 0)];
  await evaluator.release();
  expect(again.samples).toEqual(first.samples);
  expect(first.samples).toHaveLength(24 * 16);
  for (let i = 0; i < 24; i++) {
    const inTurn = [0, 1, 2].map((place) => (place === i % 3 ? 1 : 0));
    expect([...first.samples.subarray(16 * i, 16 * i + 3)]).toEqual(inTurn);
  }
});
