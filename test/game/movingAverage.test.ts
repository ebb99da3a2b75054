import { describe, expect, it } from "vitest";
import type { TensorData } from "../../src/engine/index.js";
import { drawSamplerInputs, fixedSampler, samplerOf } from "../../src/game/sampling.js";
import { mlp } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { createTrainer } from "../../src/training/trainer.js";
import { reached, small, tinyGame } from "./tinyGame.js";

/** A game whose generator has an average of this decay. */
function averaged(average: number | null) {
  const game = tinyGame({ ...small, generator: mlp({ input: 2, output: 2, hidden: [4] }) }, { criticSteps: 1 });
  return { ...game, generator: { ...game.generator, average } };
}

/** The parameters of the generator after each of some iterations, and its average. */
async function path(iterations: number, average: number) {
  const parameters: TensorData[] = [];
  const averages: (TensorData | undefined)[] = [];
  let position = await reached(0, averaged(average));
  for (let i = 0; i <= iterations; i++) {
    const { generator } = position.state;
    parameters.push(generator.parameters);
    averages.push(generator.average);
    position = await reached(1, averaged(average), position);
  }
  return { parameters, averages };
}

describe("the moving average of a generator", () => {
  it("warms up: after t updates its decay is (1 + t) / (10 + t), as long as that is less", async () => {
    const { parameters, averages } = await path(6, 0.25);
    let expected = Float64Array.from(parameters[0]?.data ?? []);
    expect(averages[0]?.data).toEqual(parameters[0]?.data);
    for (let t = 0; t < 6; t++) {
      const decay = Math.min(0.25, (1 + t) / (10 + t));
      expected = expected.map((x, i) => decay * x + (1 - decay) * (parameters[t + 1]?.data[i] ?? Number.NaN));
      const found = averages[t + 1]?.data ?? [];
      for (const [i, x] of expected.entries()) expect(found[i]).toBeCloseTo(x, 6);
    }
  });

  it("is what samples are made by, of a state in training as of one that stays as it is", async () => {
    const game = averaged(0.9);
    const trainer = await createTrainer(game);
    for (let i = 0; i < 3; i++) await trainer.iterate();
    const { state } = await trainer.snapshot();
    const model = { game: trainer.game, layout: trainer.layout, state };
    await trainer.release();
    const inputs = drawSamplerInputs(model.game, 5, createRng(1));
    const [inTraining, fixed] = await Promise.all([samplerOf(model, 5), fixedSampler(model, 5)]);
    const { samples } = await inTraining.run(state, inputs);
    expect(samples).toEqual(await fixed.run(inputs));
    const { average, ...raw } = state.generator;
    const { samples: withoutAverage } = await inTraining.run({ generator: raw }, inputs);
    expect(samples).not.toEqual(withoutAverage);
    await Promise.all([inTraining.release(), fixed.release()]);
  });

  it("does not change what is trained, and is none where there is no decay", async () => {
    const [with_, without] = await Promise.all([reached(3, averaged(0.9)), reached(3, averaged(null))]);
    expect(with_.state.generator.parameters).toEqual(without.state.generator.parameters);
    expect(without.state.generator.average).toBeUndefined();
  });
});
