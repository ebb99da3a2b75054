import { describe, expect, it } from "vitest";
import { startPlayer } from "../../../src/game/player.js";
import { coneCritic } from "../../../src/networks/index.js";
import { flattenData } from "../../../src/networks/parameters.js";
import { candidateByName, type TrainedCandidate } from "../../../src/protocols/verify/candidates.js";
import { criticGame, probeCritic } from "../../../src/protocols/verify/criticProgram.js";
import { exactCriticFigures } from "../../../src/protocols/verify/exactCritic.js";
import { criticFigures } from "../../../src/protocols/verify/measure.js";
import { drawBatch, drawPairs, type Pairs, trueDistance } from "../../../src/protocols/verify/pairs.js";
import { publishedTruth } from "../../../src/protocols/verify/published.js";
import { cellSamples } from "../../../src/protocols/verify/samples.js";
import { createRng } from "../../../src/random.js";
import { funnelPair } from "../../../src/transport/index.js";
import "../../allclose.js";

describe("the figures of a critic", () => {
  it("are cosine 1, slope 1 and the true W1 for the true critic, as a network through the whole measurement", async () => {
    const [dimension, funnels] = [3, 5];
    const pair = funnelPair({ dimension, funnels }, createRng(5));
    const heldOut = drawPairs(pair, createRng(6), 2000);
    // The pair's own funnels, drawn again.
    const rng = createRng(5);
    const centres = Float32Array.from({ length: funnels * dimension }, () => (2 * rng.uniform() - 1) * 2.5);
    const heights = Float32Array.from({ length: funnels }, () => 0.1 * rng.normal());
    const candidate: TrainedCandidate = {
      ...(candidateByName("clip") as TrainedCandidate),
      network: () => coneCritic({ input: dimension, cones: funnels, envelope: "funnels" }),
    };
    const setting = { dimension, drawReal: () => heldOut.real, drawFake: () => heldOut.fake };
    const game = criticGame(candidate, setting, 10);
    const { state: first, layout } = startPlayer(game.critic, createRng(0));
    const parameters = flattenData(
      { centres: { shape: [funnels, dimension], data: centres }, heights: { shape: [funnels], data: heights } },
      layout,
    );
    const model = { game, layout: { critic: layout }, state: { critic: { ...first, parameters } } };
    const { estimate, gradients } = await probeCritic(model, heldOut, 1);
    const figures = criticFigures(pair, heldOut, gradients, estimate);
    // A fake or two of the 2,000 lies at its centre, as far as float32 can tell.
    expect(figures.cosine).toBeGreaterThan(0.995);
    expect(figures.slope).toBeGreaterThan(0.995);
    expect(figures.estimate).toBeCloseTo(trueDistance(heldOut, dimension), 5);
  });

  it("are cosine -1 for its opposite, about 0 for random directions, and 0 where there is no gradient", () => {
    const pair = funnelPair({ dimension: 2, funnels: 4 }, createRng(1));
    const heldOut = drawPairs(pair, createRng(2), 4096);
    const truth = pair.gradient(Float64Array.from(heldOut.fake));
    const cosine = (gradients: ArrayLike<number>) => criticFigures(pair, heldOut, gradients, 0).cosine;
    expect(cosine(truth.map((x) => -7 * x))).toBeCloseTo(-1, 12);
    expect(Math.abs(cosine(createRng(3).normals(truth.length)))).toBeLessThan(0.05);
    expect(cosine(new Float32Array(truth.length))).toBe(0);
    // Quarter turns are right angles; half of the fakes right and half at a right angle make a half.
    const halfTurned = truth.map((x, i) => (i < 4096 ? x : i % 2 === 0 ? -truth[i + 1]! : truth[i - 1]!));
    expect(cosine(halfTurned)).toBeCloseTo(0.5, 12);
  });
});

describe("the samples of a cell", () => {
  const cell = { dimension: 2, funnels: 1 };
  const samples = cellSamples(cell, 3);
  const same = (a: Pairs, b: Pairs) => Buffer.compare(Buffer.from(a.fake.buffer), Buffer.from(b.fake.buffer)) === 0;

  it("are the same for the same seed, and others for another seed and for another pool", () => {
    const again = cellSamples(cell, 3);
    expect(same(again.heldOut, samples.heldOut)).toBe(true);
    expect(same(again.pool(2), samples.pool(2))).toBe(true);
    expect(again.rng().uniform()).toBe(samples.rng().uniform());
    expect(same(cellSamples(cell, 4).heldOut, samples.heldOut)).toBe(false);
    expect(same(samples.pool(1), samples.pool(2))).toBe(false);
    expect(samples.heldOut.real).toHaveLength(2 * 4096);
  });

  it("are of a pair as far apart as the published one, where there is one", () => {
    const { heldOut } = cellSamples({ dimension: 2, funnels: 4 }, 3);
    expect(Math.abs(trueDistance(heldOut, 2) / publishedTruth("D2N4")! - 1)).toBeLessThan(0.08);
  });

  it("make batches whose reals and fakes are drawn independently of each other", () => {
    const pool = samples.pool(0);
    const batch = drawBatch(pool, 2, createRng(0), 500);
    const place = (from: Float32Array, x: number, y: number) => {
      for (let i = 0; i < from.length; i += 2) if (from[i] === x && from[i + 1] === y) return i / 2;
      return -1;
    };
    const reals = Array.from({ length: 50 }, (_, i) => place(pool.real, batch.real[2 * i]!, batch.real[2 * i + 1]!));
    const fakes = Array.from({ length: 50 }, (_, i) => place(pool.fake, batch.fake[2 * i]!, batch.fake[2 * i + 1]!));
    expect([...reals, ...fakes].every((i) => i >= 0)).toBe(true);
    expect(reals.filter((i, k) => i === fakes[k])).toEqual([]);
  });
});

describe("the exact critic of a batch", () => {
  it("knows its batch's distance and, with one funnel, the way from both sides", () => {
    const samples = cellSamples({ dimension: 2, funnels: 1 }, 0);
    for (const extension of ["reals", "fakes"] as const) {
      const { cosine, estimate, slope } = exactCriticFigures(samples, extension);
      expect(cosine, extension).toBeGreaterThan(0.9);
      expect(slope, extension).toBeGreaterThan(0.97);
      expect(Math.abs(estimate / trueDistance(samples.heldOut, 2) - 1), extension).toBeLessThan(0.1);
    }
  });

  it("is blind in more dimensions where it is extended from the reals, as was published, and less from the fakes", () => {
    const samples = cellSamples({ dimension: 16, funnels: 4 }, 0);
    const [reals, fakes] = [exactCriticFigures(samples, "reals"), exactCriticFigures(samples, "fakes")];
    expect(reals.cosine).toBeLessThan(0.3);
    expect(fakes.cosine).toBeGreaterThan(0.6);
    expect(reals.estimate).toBe(fakes.estimate);
    expect(reals.estimate).toBeGreaterThan(2 * trueDistance(samples.heldOut, 16));
  });
});
