import { describe, expect, it } from "vitest";
import { decode } from "../../src/data/codecs/index.js";
import { disjointPair, gaussian1d, overlappingPair } from "../../src/data/gaussians.js";
import { gaussian, grid, pointDatasets, ring, twoGaussians, unequalModes } from "../../src/data/points.js";
import { modeCoverage } from "../../src/metrics/modes.js";
import { createRng } from "../../src/random.js";
import { moments } from "./moments.js";

const COUNT = 40_000;

describe.each([
  { dataset: ring(), total: 8, deviation: 0.01, variance: 1 + 2 * 0.01 ** 2, nearest: 2 * Math.sin(Math.PI / 8) },
  { dataset: grid(), total: 25, deviation: 0.05, variance: (8 + 0.05 ** 2) / 2.828 ** 2, nearest: 2 },
  { dataset: twoGaussians(), total: 2, deviation: 0.25, variance: 1 + 0.25 ** 2, nearest: Math.sqrt(8) },
])("$dataset.name", ({ dataset, total, deviation, variance, nearest }) => {
  const samples = dataset.batch(createRng(1), COUNT).sample;
  const original = decode(dataset.codec, samples);
  const centers = decode(dataset.codec, Float32Array.from(dataset.modes!.centers.flat()));

  it("has its modes at the protocol's distance in the protocol's units", () => {
    expect(dataset.modes!.centers).toHaveLength(total);
    let closest = Number.POSITIVE_INFINITY;
    for (let i = 0; i < total; i++) {
      for (let j = 0; j < i; j++) {
        const distance = Math.hypot(centers[2 * i]! - centers[2 * j]!, centers[2 * i + 1]! - centers[2 * j + 1]!);
        closest = Math.min(closest, distance);
      }
    }
    expect(closest).toBeCloseTo(nearest, 5);
  });

  it("has mean 0 and the closed form's variance in training units", () => {
    const measured = moments(samples, 2);
    for (const axis of [0, 1]) {
      expect(Math.abs(measured.mean[axis]!)).toBeLessThan(5 / Math.sqrt(COUNT));
      expect(measured.variance[axis]).toBeCloseTo(variance, 1);
    }
  });

  it("gives each mode its share, and the share within 3 deviations of a normal distribution in the plane", () => {
    const { captured, perMode, highQualityShare } = modeCoverage(samples, dataset.modes!);
    expect(captured).toBe(total);
    const expected = COUNT / total;
    for (const hits of perMode) expect(Math.abs(hits - expected)).toBeLessThan(5 * Math.sqrt(expected));
    expect(highQualityShare).toBeCloseTo(1 - Math.exp(-9 / 2), 2);
  });

  it("spreads around a mode by the protocol's deviation along both axes", () => {
    const residuals = original.map((x, i) => {
      const start = i - (i % 2);
      let [residual, smallest] = [0, Number.POSITIVE_INFINITY];
      for (let mode = 0; mode < centers.length; mode += 2) {
        const distance = Math.hypot(original[start]! - centers[mode]!, original[start + 1]! - centers[mode + 1]!);
        if (distance < smallest) [residual, smallest] = [x - centers[mode + (i % 2)]!, distance];
      }
      return residual;
    });
    const { mean, variance } = moments(residuals, 2);
    for (const axis of [0, 1]) {
      expect(Math.abs(mean[axis]!)).toBeLessThan((5 * deviation) / Math.sqrt(COUNT));
      expect(Math.sqrt(variance[axis]!) / deviation).toBeCloseTo(1, 1);
    }
  });
});

it("places the ring's modes at radius 1 and the grid's on {-4, -2, 0, 2, 4}^2", () => {
  const ringCenters = ring().modes!.centers.map((center) => Math.hypot(...center) / Math.SQRT2);
  for (const radius of ringCenters) expect(radius).toBeCloseTo(1, 12);
  const gridCenters = grid().modes!.centers.map((center) => center.map((x) => Math.round(x * 2.828 * 1e9) / 1e9));
  expect(new Set(gridCenters.map(String)).size).toBe(25);
  expect(new Set(gridCenters.flat())).toEqual(new Set([-4, -2, 0, 2, 4]));
});

describe("unequal modes", () => {
  const dataset = unequalModes();
  const samples = dataset.batch(createRng(1), COUNT).sample;

  it("gives each mode half of the share of the one before it", () => {
    const { captured, perMode, highQualityShare } = modeCoverage(samples, dataset.modes!);
    expect(captured).toBe(5);
    for (const [mode, hits] of perMode.entries()) {
      const expected = (COUNT * (1 - Math.exp(-9 / 2)) * 2 ** (4 - mode)) / 31;
      expect(Math.abs(hits - expected)).toBeLessThan(5 * Math.sqrt(expected));
    }
    expect(highQualityShare).toBeCloseTo(1 - Math.exp(-9 / 2), 2);
  });

  it("lies at radius 1 in its own units, and has a mean square of 1 for training", () => {
    for (const center of dataset.modes!.centers) expect(Math.hypot(...center) * Math.SQRT1_2).toBeCloseTo(1, 12);
    const { mean, variance } = moments(samples, 2);
    expect((mean[0]! ** 2 + mean[1]! ** 2 + variance[0]! + variance[1]!) / 2).toBeCloseTo(1 + 2 * 0.05 ** 2, 2);
    const weights = [16, 8, 4, 2, 1].map((weight) => weight / 31);
    const expected = (axis: number) =>
      weights.reduce((sum, weight, mode) => sum + weight * dataset.modes!.centers[mode]![axis]!, 0);
    for (const axis of [0, 1]) expect(Math.abs(mean[axis]! - expected(axis))).toBeLessThan(5 / Math.sqrt(COUNT));
  });
});

it("one Gaussian has mean 0 and variance 1 along both axes, which are independent", () => {
  const samples = gaussian().batch(createRng(1), COUNT).sample;
  const { mean, variance } = moments(samples, 2);
  for (const axis of [0, 1]) {
    expect(Math.abs(mean[axis]!)).toBeLessThan(5 / Math.sqrt(COUNT));
    expect(Math.abs(variance[axis]! - 1)).toBeLessThan(5 * Math.sqrt(2 / COUNT));
  }
  let product = 0;
  for (let i = 0; i < samples.length; i += 2) product += samples[i]! * samples[i + 1]!;
  expect(Math.abs(product / COUNT)).toBeLessThan(5 / Math.sqrt(COUNT));
});

describe("every synthetic data set", () => {
  it.each(pointDatasets.entries)("$name is endless, repeats with the seed and holds out itself", ({ name, open }) => {
    const dataset = open();
    expect(dataset).toMatchObject({
      name,
      kind: "points",
      fields: { sample: { shape: [2] } },
      size: Number.POSITIVE_INFINITY,
    });
    const batch = dataset.batch(createRng(3), 5).sample;
    expect(batch).toHaveLength(10);
    expect(dataset.batch(createRng(3), 5).sample).toEqual(batch);
    expect(dataset.batch(createRng(4), 5).sample).not.toEqual(batch);
    expect(dataset.heldOut!.batch(createRng(3), 5).sample).toEqual(batch);
  });
});

describe("Gaussians on the line", () => {
  it("have the mean and deviation that they are given", () => {
    const samples = gaussian1d({ mean: 3, deviation: 0.5 }).batch(createRng(5), COUNT).sample;
    const { mean, variance } = moments(samples, 1);
    expect(Math.abs(mean[0]! - 3)).toBeLessThan((5 * 0.5) / Math.sqrt(COUNT));
    expect(Math.sqrt(variance[0]!)).toBeCloseTo(0.5, 2);
  });

  it.each([
    { pair: overlappingPair(), overlaps: true },
    { pair: disjointPair(), overlaps: false },
  ])("state their distance and overlap as named: $overlaps", ({ pair, overlaps }) => {
    const real = pair.real.batch(createRng(1), COUNT).sample.sort();
    const fake = pair.fake.batch(createRng(2), COUNT).sample.sort();
    // In one dimension the best transport joins equal ranks.
    const distance = real.reduce((sum, x, rank) => sum + Math.abs(x - fake[rank]!), 0) / COUNT;
    expect(distance).toBeCloseTo(pair.distance, 1);
    expect(real[0]! < fake.at(-1)!).toBe(overlaps);
  });
});
