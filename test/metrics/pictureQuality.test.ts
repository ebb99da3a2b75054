import { describe, expect, it } from "vitest";
import type { Dataset } from "../../src/data/dataset.js";
import { imageDataset } from "../../src/data/openImages.js";
import { startGame } from "../../src/game/start.js";
import { createEvaluator } from "../../src/metrics/evaluate.js";
import type { FeatureNetwork, FeatureSet } from "../../src/metrics/images/index.js";
import { nearestAmong } from "../../src/metrics/images/nearest.js";
import type { Figures } from "../../src/metrics/metric.js";
import { nearCopyShare, spreadOf } from "../../src/metrics/pictureQuality.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { gameOf } from "../../src/training/trainer.js";

const randomFeatures = (seed: number, count: number, dimension: number): FeatureSet => {
  const rng = createRng(seed);
  return { values: Float32Array.from(rng.normals(count * dimension)), count, dimension };
};
const squareOf = (a: FeatureSet, i: number, b: FeatureSet, j: number) => {
  let sum = 0;
  for (let k = 0; k < a.dimension; k++)
    sum += ((a.values[i * a.dimension + k] ?? 0) - (b.values[j * b.dimension + k] ?? 0)) ** 2;
  return sum;
};
describe("the nearest of other samples", () => {
  it.each([
    [1, 1, 1],
    [7, 300, 3],
    [300, 7, 5],
  ])("is that of all comparisons: %i among %i of %i numbers", async (count, others, dimension) => {
    const [a, b] = [randomFeatures(1, count, dimension), randomFeatures(2, others, dimension)];
    // A copy far from 0, where products in float32 cannot tell the two apart.
    const far = { ...b, values: b.values.map((value) => value + 1000) };
    for (const [x, y] of [
      [a, b],
      [far, far],
    ] as const) {
      const { places, distances } = await nearestAmong(x, y);
      for (let i = 0; i < x.count; i++) {
        const all = Array.from({ length: y.count }, (_, j) => squareOf(x, i, y, j));
        const least = Math.min(...all);
        expect(places[i]).toBe(all.indexOf(least));
        expect(distances[i]).toBeCloseTo(Math.sqrt(least), 12);
      }
    }
  });
});

describe("near copies", () => {
  const [heldOut, training] = [randomFeatures(3, 200, 4), randomFeatures(4, 1000, 4)];
  const real = { heldOut, among: training, training };

  it("are about 5 % of what is drawn as the data is, and all of what equals training pictures", async () => {
    expect(await nearCopyShare({ real, fakes: heldOut })).toBeCloseTo(0.05, 12);
    expect(await nearCopyShare({ real, fakes: randomFeatures(5, 2000, 4) })).toBeCloseTo(0.05, 1);
    const copies = { ...training, values: training.values.subarray(0, 80), count: 20 };
    expect(await nearCopyShare({ real, fakes: copies })).toBe(1);
    expect(await nearCopyShare({ real: { ...real, training: null }, fakes: copies })).toBeNull();
  });
});

it("the spread of samples is the root mean square of all their distances", () => {
  const samples = randomFeatures(6, 9, 5);
  let sum = 0;
  for (let i = 0; i < 9; i++) for (let j = 0; j < 9; j++) sum += squareOf(samples, i, samples, j);
  expect(spreadOf(samples.values, 5)).toBeCloseTo(Math.sqrt(sum / (9 * 8)), 6);
  expect(spreadOf(samples.values.subarray(0, 5), 5)).toBe(0);
});

/** Pictures of a bright rectangle each. */
function rectangles(count: number): Dataset {
  const rng = createRng(7);
  const bytes = new Uint8Array(count * 28 * 28);
  for (let i = 0; i < count; i++) {
    const [top, left, height, width] = [rng.integer(14), rng.integer(14), 4 + rng.integer(10), 4 + rng.integer(10)];
    for (let y = top; y < top + height; y++)
      bytes.fill(200, (i * 28 + y) * 28 + left, (i * 28 + y) * 28 + left + width);
  }
  return imageDataset("rectangles", { shape: [28, 28, 1], bytes, warnings: [] }, { warnings: [] }, {});
}

/** A network whose features are the means of the picture's quarters; tells how many pictures it saw, and whether it was released. */
function quarters() {
  const seen = { pictures: 0, released: 0 };
  const network: FeatureNetwork = {
    name: "quarters",
    format: { layout: "nhwc", range: "-1..1", channels: 1, height: 28, width: 28, batch: undefined },
    output: "means",
    async features({ bytes }) {
      const count = bytes.length / 784;
      seen.pictures += count;
      const values = new Float32Array(count * 4);
      for (let i = 0; i < bytes.length; i++) {
        const [y, x] = [Math.floor((i % 784) / 28), i % 28];
        const quarter = 2 * Math.floor(y / 14) + Math.floor(x / 14);
        const place = Math.floor(i / 784) * 4 + quarter;
        values[place] = (values[place] ?? 0) + (bytes[i] ?? 0) / 196;
      }
      return { values, count, dimension: 4 };
    },
    async release() {
      seen.released++;
    },
  };
  return { network, seen };
}

async function evaluated(data: Dataset, features?: () => Promise<FeatureNetwork>): Promise<readonly Figures[]> {
  const settings = { data: data.name, loss: "w-gp", network: "dcgan", width: 4, latent: 8 };
  const game = gameOf(trainOptions(resolveConfig(settings, data), data));
  const { state, layout } = startGame(game, createRng(0));
  const evaluator = await createEvaluator({ game, layout, state }, data, { seed: 1, features });
  const measured = [await evaluator.measure(state, 0, 0), await evaluator.measure(state, 1, 0)];
  await evaluator.release();
  return measured.map(({ evaluation }) => evaluation.figures);
}

describe("an evaluation of pictures", () => {
  const data = rectangles(300);

  it("compares held-out pictures with fakes, and with as many training pictures, by features", async () => {
    const { network, seen } = quarters();
    const [figures, again] = await evaluated(data, async () => network);
    // Of the real ones each is seen once, beside the one that it is tried with; of the fakes as many as are held out at each evaluation.
    expect(seen).toEqual({ pictures: 1 + 30 + 270 + 2 * 30, released: 1 });
    expect(again).toEqual(figures);
    const names = ["frechetDistance", "kernelDistance", "precision", "recall", "density", "coverage"];
    for (const name of names) {
      expect(typeof figures?.[name]).toBe("number");
      expect(typeof figures?.[`${name}Floor`]).toBe("number");
    }
    expect(Number(figures?.frechetDistance)).toBeGreaterThan(10 * Number(figures?.frechetDistanceFloor));
    expect(Number(figures?.coverageFloor)).toBeGreaterThan(0.7);
    expect(figures?.coverage).toBe(0);
    expect(figures?.nearCopies).toBe(0);
  });

  it("has the other figures, and no more, without features", async () => {
    const [bare] = await evaluated(data);
    const [figures] = await evaluated(data, async () => quarters().network);
    const others = Object.entries(figures ?? {}).filter(([name]) => Object.hasOwn(bare ?? {}, name));
    expect(Object.fromEntries(others)).toEqual(bare);
    expect(bare).not.toHaveProperty("frechetDistance");
    expect(Number(bare?.pictureSpread)).toBeGreaterThan(0);
  });

  it("has no floor where nothing is held out, and no such figures of fewer than six pictures", async () => {
    const [few] = await evaluated(rectangles(12), async () => quarters().network);
    expect(few).toHaveProperty("frechetDistance");
    expect(few).not.toHaveProperty("frechetDistanceFloor");
    expect(few).not.toHaveProperty("nearCopies");
    const [fewer] = await evaluated(rectangles(5), async () => quarters().network);
    expect(fewer).not.toHaveProperty("frechetDistance");
  });

  it("releases a network that cannot take the pictures", async () => {
    const { network, seen } = quarters();
    const features = async () => Promise.reject(new Error("no such pictures"));
    await expect(evaluated(data, async () => ({ ...network, features }))).rejects.toThrow("no such pictures");
    expect(seen.released).toBe(1);
  });
});
