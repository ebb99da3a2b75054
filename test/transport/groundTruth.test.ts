import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { emd } from "../../src/transport/emd.js";
import { funnelPair } from "../../src/transport/groundTruth.js";

const distances = (a: Float64Array, b: Float64Array, dimension: number) =>
  Float64Array.from({ length: a.length / dimension }, (_, i) => {
    let square = 0;
    for (let k = i * dimension; k < (i + 1) * dimension; k++) square += (a[k]! - b[k]!) ** 2;
    return Math.sqrt(square);
  });
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each([
  [1, 3],
  [2, 1],
  [2, 4],
  [2, 64],
  [16, 4],
  [16, 64],
  [128, 64],
])("in %d dimensions with %d funnels", (dimension, funnels) => {
  const pair = funnelPair({ dimension, funnels }, createRng(dimension + funnels));
  const { real, fake } = pair.sample(createRng(5), 2000);

  it("the critic falls by the distance along every pair, so plan and critic are optimal", () => {
    const [scoresReal, scoresFake] = [pair.critic(real), pair.critic(fake)];
    distances(real, fake, dimension).forEach((distance, i) => {
      expect(Math.abs(scoresReal[i]! - scoresFake[i]! - distance)).toBeLessThan(1e-6);
    });
  });

  it("points stay in the box and move", () => {
    for (const points of [real, fake]) expect(points.every((x) => Math.abs(x) <= 2.5 + 1e-9)).toBe(true);
    expect(mean(distances(real, fake, dimension))).toBeGreaterThan(0.05);
  });

  it("the gradient is a unit vector that the critic rises along", () => {
    const [step, gradient, before] = [1e-6, pair.gradient(real), pair.critic(real)];
    const after = pair.critic(real.map((x, i) => x - step * gradient[i]!));
    const norms = distances(gradient, new Float64Array(gradient.length), dimension);
    norms.forEach((norm, i) => {
      expect(norm).toBeCloseTo(1, 12);
      // Towards the centre no other funnel comes in the way.
      expect((before[i]! - after[i]!) / step).toBeCloseTo(1, 6);
    });
  });
});

it("the exact solver finds the same plan on a batch", () => {
  const pair = funnelPair({ dimension: 4, funnels: 8 }, createRng(3));
  const { real, fake } = pair.sample(createRng(4), 400);
  expect(emd({ points: real, dimension: 4 }, { points: fake, dimension: 4 })).toBeCloseTo(
    mean(distances(real, fake, 4)),
    12,
  );
});

it("the distances are those of the published table", () => {
  const published = [
    [2, 4, 0.82],
    [2, 64, 0.23],
    [16, 4, 1.94],
    [16, 64, 1.55],
    [64, 16, 1.36],
    [128, 64, 1.04],
  ] as const;
  for (const [dimension, funnels, distance] of published) {
    const means = [0, 1, 2, 3, 4, 5, 6, 7].map((seed) => {
      const { real, fake } = funnelPair({ dimension, funnels }, createRng(seed)).sample(createRng(100 + seed), 500);
      return mean(distances(real, fake, dimension));
    });
    // One draw of the funnels made each number of the table, so it lies among ours.
    expect(distance).toBeGreaterThan(0.95 * Math.min(...means));
    expect(distance).toBeLessThan(1.05 * Math.max(...means));
  }
});

it("repeats for a seed and refuses what makes no pair", () => {
  const draw = () => funnelPair({ dimension: 3, funnels: 5 }, createRng(1)).sample(createRng(2), 10);
  expect(draw()).toEqual(draw());
  expect(() => funnelPair({ dimension: 0, funnels: 4 }, createRng(0))).toThrow(InputError);
  expect(() => funnelPair({ dimension: 2, funnels: 1.5 }, createRng(0))).toThrow(/number of funnels is 1.5/);
  expect(() => funnelPair({ dimension: 2, funnels: 4, power: -1 }, createRng(0))).toThrow(/power is -1/);
});
