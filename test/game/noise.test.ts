import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { add, constant, matmul, mean, mul, softmax } from "../../src/engine/index.js";
import { drawInputs } from "../../src/game/inputs.js";
import { generateSamples } from "../../src/game/sampling.js";
import { dropout, type Network } from "../../src/networks/index.js";
import { drawNoise } from "../../src/networks/noise.js";
import { createRng } from "../../src/random.js";
import { gameOf } from "../../src/training/trainer.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";
import { dropping, reached, small, tinyGame } from "./tinyGame.js";

const data = grid();

describe("noise that a network asks for", () => {
  it("has its distribution", () => {
    const draw = (distribution: "uniform" | "normal" | "gumbel") =>
      Array.from(drawNoise({ shape: [], distribution }, createRng(0), 20_000));
    const average = (xs: number[]) => xs.reduce((sum, x) => sum + x, 0) / xs.length;
    expect(average(draw("uniform"))).toBeCloseTo(0.5, 1);
    expect(average(draw("normal"))).toBeCloseTo(0, 1);
    // The mean of a standard Gumbel distribution is Euler's constant, its median -log(log 2).
    expect(average(draw("gumbel"))).toBeCloseTo(0.5772, 1);
    expect(draw("gumbel").sort((a, b) => a - b)[10_000]).toBeCloseTo(0.3665, 1);
    expect(draw("gumbel").every(Number.isFinite)).toBe(true);
  });

  it("is drawn after all else, for each update anew, by the names of the layers that ask", () => {
    const size = { batch: 8, criticSteps: 2, withGenerator: true };
    const draw = (critic: Network) => {
      const from = tinyGame({ ...small, critic });
      return drawInputs(gameOf(from), size, data, createRng(3), { critic: 0, generator: 0 });
    };
    const [plain, noisy] = [draw(small.critic), draw(dropping)];
    expect({ ...noisy, noise: plain.noise }).toEqual(plain);
    expect(noisy.noise.critic["drop.mask"]!.shape).toEqual([3, 16, 8]);
    expect(new Set(noisy.noise.critic["drop.mask"]!.data).size).toBeGreaterThan(380);
  });

  it("gives bit-identical results from a position as without a stop", async () => {
    const from = tinyGame({ ...small, critic: dropping });
    const whole = await reached(4, from);
    expect(await reached(2, from, await reached(2, from))).toEqual(whole);
    expect((await reached(4, tinyGame({ ...small, critic: dropping }, { seed: 1 }))).state).not.toEqual(whole.state);
  });

  it("is there in use where it is asked for so: a softmax whose Gumbel noise draws categories", async () => {
    const drawing: Network = {
      noise: { gumbel: { shape: [3], distribution: "gumbel", inUse: true } },
      init: () => ({ parameters: { logits: values([0, Math.log(2), Math.log(5)], [1, 3]) } }),
      apply: ({ logits }, z, { noise }) => {
        const shares = softmax(mul(add(add(logits!, noise.gumbel!), mul(mean(z), 0)), 1e3), 1);
        return matmul(shares, constantMatrix());
      },
    };
    const line = { ...data, fields: { sample: { shape: [2] } } };
    const game = gameOf(tinyGame({ ...small, generator: drawing }, { data: line }));
    const { state } = await reached(0, tinyGame({ ...small, generator: drawing }, { data: line }));
    const layout = { generator: [{ name: "logits", shape: [1, 3], offset: 0 }] };
    const samples = await generateSamples({ game, layout, state }, 4000, createRng(0));
    const firsts = Array.from(samples).filter((_, i) => i % 2 === 0);
    const share = (category: number) => firsts.filter((x) => Math.round(x) === category).length / 4000;
    for (const [category, expected] of [1 / 8, 2 / 8, 5 / 8].entries()) {
      // Three deviations of a share of 4,000 draws are 0.024 at most.
      expect(Math.abs(share(category) - expected)).toBeLessThan(0.024);
    }
  });
});

/** From a category to a point: 0, 1 or 2, and 0. */
function constantMatrix() {
  return constant(values([0, 0, 1, 0, 2, 0], [3, 2]));
}

describe("dropout", () => {
  const apply = (x: number[], mask: number[], training: boolean) =>
    evaluate(
      ({ x, mask }) => ({
        y: dropout(x.shape[1] as number, 0.25).apply({}, x, {
          training,
          noise: { mask },
          buffers: {},
          update: () => {},
        }),
      }),
      { x: values(x, [1, x.length]), mask: values(mask, [1, x.length]) },
    );

  it("takes elements away in training and keeps the mean, and changes nothing in use", async () => {
    const { y } = await apply([3, 6, -9], [0.2, 0.25, 0.9], true);
    expect(y).toBeAllclose(values([0, 8, -12], [1, 3]), { relative: 1e-6 });
    expect(Array.from((await apply([3, 6, -9], [0.2, 0.25, 0.9], false)).y.data)).toEqual([3, 6, -9]);
  });

  it.each([-0.1, 1, Number.NaN])("refuses the rate %d", (rate) => {
    expect(() => dropout(2, rate)).toThrow(expect.objectContaining({ name: "InputError" }));
  });
});
