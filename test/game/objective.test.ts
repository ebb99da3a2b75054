import { describe, expect, it } from "vitest";
import { ring } from "../../src/data/points.js";
import { add, leavesOf, mean, mul, reshape, square, type TensorData } from "../../src/engine/index.js";
import { Divergence } from "../../src/game/divergence.js";
import type { Term } from "../../src/game/game.js";
import { generateSamples } from "../../src/game/sampling.js";
import { mlp } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { createTrainer } from "../../src/training/trainer.js";
import { reached, small, tinyGame } from "./tinyGame.js";

describe("a critic of packs", () => {
  const packs = mlp({ input: 4 * 2, output: 1, hidden: [8] });

  it("is trained on as many samples together, and judges what makes whole packs", async () => {
    const { state } = await reached(2, tinyGame({ ...small, critic: packs }, { pack: 4, batch: 10 }));
    expect(leavesOf<TensorData>(state).every(([, { data }]) => data.every(Number.isFinite))).toBe(true);
  });

  it("is the same for packs of one as a critic of samples", async () => {
    const one = await reached(2, tinyGame(small, { pack: 1 }));
    expect(await reached(2, tinyGame(small))).toEqual(one);
  });
});

describe("a term of the user's own", () => {
  /** Draws the fakes' mean to (1, 1), strongly. */
  const toOne = (weight: number): Term => ({
    name: "centre",
    player: "generator",
    of: ({ fake }) => mul(weight, mean(square(add(mean(reshape(fake.x, [-1, 2]), 0), -1)))),
  });

  it("is minimised beside the loss", async () => {
    const centre = async (terms: readonly Term[]) => {
      const from = tinyGame(small, { data: ring(), terms, batch: 64 });
      const trainer = await createTrainer(from);
      for (let i = 0; i < 100; i++) await trainer.iterate();
      const { state } = await trainer.snapshot();
      const samples = await generateSamples({ game: trainer.game, layout: trainer.layout, state }, 500, createRng(0));
      await trainer.release();
      return samples.reduce((sum, x) => sum + x, 0) / samples.length;
    };
    expect(Math.abs((await centre([toOne(10)])) - 1)).toBeLessThan(0.3);
    expect(Math.abs((await centre([])) - 1)).toBeGreaterThan(0.6);
  });

  it("is named where it is not finite", async () => {
    const run = reached(1, tinyGame(small, { terms: [toOne(Number.POSITIVE_INFINITY)] }));
    await expect(run).rejects.toThrow(Divergence);
    await expect(run).rejects.toThrow(/^The generator's centre was not finite at iteration 1: /);
  });
});
