import { describe, expect, it } from "vitest";
import { concat } from "../../src/engine/index.js";
import { interpolate } from "../../src/game/interpolate.js";
import { drawLatents, generateSamples } from "../../src/game/sampling.js";
import type { Network } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { givenGenerator } from "./givenGenerator.js";

/** Samples that say what they are made of: the latent, and what is asked. */
const telling: Network = {
  init: () => ({ parameters: { unused: { shape: [1], data: new Float32Array(1) } } }),
  apply: (_, z, { condition }) => (condition ? concat([z, condition], 1) : concat([z], 1)),
};
const plain = givenGenerator(telling, { latent: 2, sample: [2] });
const asked = givenGenerator(telling, { latent: 2, sample: [4], categories: 2 });

const rowsOf = (samples: Float32Array, width: number) =>
  Array.from({ length: samples.length / width }, (_, i) => Array.from(samples.subarray(i * width, (i + 1) * width)));

describe("a way between stops", () => {
  it("goes along arcs, and through each stop once", async () => {
    const corners = [Float32Array.of(2, 0), Float32Array.of(0, 2), Float32Array.of(-2, 0)];
    const way = await interpolate(
      plain,
      corners.map((latent) => ({ latent })),
      { steps: 4 },
    );
    for (const [i, [x, y]] of rowsOf(way, 2).entries()) {
      expect(x).toBeCloseTo(2 * Math.cos((i * Math.PI) / 6), 5);
      expect(y).toBeCloseTo(2 * Math.sin((i * Math.PI) / 6), 5);
    }
    expect(way).toHaveLength(2 * 7);
  });

  it("leaves the latent where only the condition changes, which goes along a line", async () => {
    const latent = Float32Array.of(0.5, -1.5);
    const stops = [Float32Array.of(1, 0), Float32Array.of(0, 1)].map((condition) => ({ latent, condition }));
    const way = rowsOf(await interpolate(asked, stops, { steps: 5 }), 4);
    for (const [i, [x, y, first, second]] of way.entries()) {
      expect([x, y]).toEqual([0.5, -1.5]);
      expect([first, second]).toEqual([1 - i / 4, i / 4]);
    }
  });

  it("keeps one category where none is named", async () => {
    const stops = [Float32Array.of(1, 0), Float32Array.of(0, 1)].map((latent) => ({ latent }));
    const way = rowsOf(await interpolate(asked, stops, { steps: 3 }), 4);
    expect(new Set(way.map(([, , ...condition]) => condition.join())).size).toBe(1);
  });

  it("between latents of which one is 0 is a line", async () => {
    const way = await interpolate(plain, [{ latent: new Float32Array(2) }, { latent: Float32Array.of(2, 4) }], {
      steps: 3,
    });
    expect(Array.from(way)).toEqual([0, 0, 1, 2, 2, 4]);
  });

  it("is refused where there is none", async () => {
    const stop = { latent: new Float32Array(2) };
    await expect(interpolate(plain, [stop])).rejects.toThrow(/two stops at least/);
    await expect(interpolate(plain, [stop, stop], { steps: 1 })).rejects.toThrow(/2 at least/);
  });
});

describe("samples", () => {
  // More than are made at a time, and no whole number of such chunks.
  const count = 1003;

  it.each([undefined, 0.7])(
    "with the truncation %s are made of latents that can be had, and taken again",
    async (truncation) => {
      for (const model of [plain, asked]) {
        const samples = await generateSamples(model, count, createRng(4), { truncation });
        const latents = await drawLatents(model.game, count, createRng(4), { truncation });
        const width = samples.length / count;
        expect(rowsOf(samples, width).map((row) => row.slice(0, 2))).toEqual(rowsOf(latents, 2));
        expect(await generateSamples(model, count, createRng(4), { latents })).toEqual(samples);
      }
    },
  );

  it("are asked for what is given for all of them, or for each", async () => {
    const condition = Float32Array.from({ length: 2 * count }, (_, i) => Number(i % 4 === 0 || i % 4 === 3));
    const each = rowsOf(await generateSamples(asked, count, createRng(0), { condition }), 4);
    expect(each.flatMap(([, , ...categories]) => categories)).toEqual(Array.from(condition));
    const all = rowsOf(await generateSamples(asked, 3, createRng(0), { condition: Float32Array.of(0, 1) }), 4);
    expect(all.map(([, , ...categories]) => categories)).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });
});
