import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { bootstrapInterval } from "../../src/transport/bootstrap.js";
import { oneDimensionalDistance } from "../../src/transport/oneDimensional.js";
import type { PointSet } from "../../src/transport/pointSet.js";

const cloud = (seed: number, count: number, shift: number) => ({
  points: Float64Array.from(createRng(seed).normals(count), (x) => x + shift),
  dimension: 1,
});
const origin: PointSet = { points: Float64Array.of(0), dimension: 1 };

describe("a bootstrap interval", () => {
  // From positive numbers to 0, W1 is their mean, and the bootstrap of a mean is known.
  it("of a mean has the standard error of a mean, and the interval of a normal distribution", async () => {
    const a = cloud(1, 200, 10);
    const mean = a.points.reduce((sum, x) => sum + x, 0) / 200;
    const error = Math.sqrt(a.points.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / 200;
    const found = await bootstrapInterval(a, origin, oneDimensionalDistance, { resamples: 4000 });
    expect(found.standardError / error).toBeCloseTo(1, 1);
    expect(Math.abs(found.mean - mean)).toBeLessThan(0.1 * error);
    expect((found.low - mean) / error).toBeCloseTo(-1.96, 0);
    expect((found.high - mean) / error).toBeCloseTo(1.96, 0);
  });

  it("draws points with their weights: of a weighted mean it has the error of a ratio", async () => {
    const weights = createRng(2)
      .uniforms(300)
      .map((x) => (x < 0.3 ? 0 : x ** 3));
    const a = { ...cloud(1, 300, 10), weights };
    const total = weights.reduce((sum, w) => sum + w, 0);
    const mean = a.points.reduce((sum, x, i) => sum + weights[i]! * x, 0) / total;
    const error = Math.sqrt(a.points.reduce((sum, x, i) => sum + (weights[i]! * (x - mean)) ** 2, 0)) / total;
    const b = { ...origin, weights: [total] };
    const found = await bootstrapInterval(a, b, oneDimensionalDistance, { resamples: 2000 });
    expect(found.standardError / error).toBeCloseTo(1, 1);
    expect(Math.abs(found.mean - mean)).toBeLessThan(0.1 * error);
  });

  it("lies between quantiles as numpy interpolates them", async () => {
    const values = [3, 1, 5, 2, 4];
    let k = 0;
    const distance = () => values[k++]!;
    const found = await bootstrapInterval(origin, origin, distance, { resamples: 5, confidence: 0.9 });
    // np.quantile([1, 2, 3, 4, 5], [0.05, 0.95])
    expect(found.low).toBeCloseTo(1.2, 14);
    expect(found.high).toBeCloseTo(4.8, 14);
    expect(found).toMatchObject({ mean: 3, standardError: Math.sqrt(2.5), confidence: 0.9 });
    expect([...found.distances]).toEqual(values);
  });

  it("repeats for a seed and differs for another", async () => {
    const [a, b] = [cloud(1, 50, 0), cloud(2, 60, 1)];
    const of = (seed: number) => bootstrapInterval(a, b, oneDimensionalDistance, { resamples: 20, seed });
    expect(await of(7)).toEqual(await of(7));
    expect((await of(7)).distances).not.toEqual((await of(8)).distances);
  });

  it("is too high, which its mean shows: between equal sets it does not hold the distance 0", async () => {
    const a = cloud(1, 50, 0);
    const { low, mean } = await bootstrapInterval(a, a, oneDimensionalDistance, { resamples: 50 });
    expect(low).toBeGreaterThan(0);
    expect(mean).toBeGreaterThan(low);
  });

  it("gives each pair of resamples as many points as the sets have, with shares of 1", async () => {
    const a: PointSet = { points: Float64Array.of(1, 2, 3, 4), dimension: 2 };
    const b: PointSet = { points: Float64Array.of(5, 6, 7, 8, 9, 10), dimension: 2 };
    const seen = new Set<string>();
    const distance = (x: PointSet, y: PointSet) => {
      for (const [set, count] of [[x, 2] as const, [y, 3] as const]) {
        const weights = Array.from(set.weights!);
        expect(weights.reduce((sum, w) => sum + w)).toBeCloseTo(1, 14);
        for (const weight of weights) expect(weight * count).toBeCloseTo(Math.round(weight * count), 12);
        expect(set.points).toHaveLength(2 * weights.length);
      }
      seen.add(`${x.points}`);
      return 0;
    };
    await bootstrapInterval(a, b, distance, { resamples: 100 });
    expect([...seen].sort()).toEqual(["1,2", "1,2,3,4", "3,4"]);
  });

  it("draws again where nothing that was drawn has mass", async () => {
    const a = { points: Float64Array.of(1, 2, 3), dimension: 1, weights: [0, 1, 0] };
    const { low, high } = await bootstrapInterval(a, origin, oneDimensionalDistance, { resamples: 50 });
    expect([low, high]).toEqual([2, 2]);
  });

  it("reports progress and stops at a signal", async () => {
    const controller = new AbortController();
    const wait = () => new Promise<number>((resolve) => setTimeout(resolve, 10, 1));
    const seen: number[] = [];
    const running = bootstrapInterval(origin, origin, wait, {
      resamples: 1000,
      signal: controller.signal,
      onProgress: ({ done }) => {
        seen.push(done);
        if (done === 3) controller.abort();
      },
    });
    await expect(running).rejects.toThrow(/abort/i);
    expect(seen.slice(0, 3)).toEqual([1, 2, 3]);
    expect(seen.length).toBeLessThan(20);
  });

  it.each([
    [{ resamples: 1 }, /from 2 to 1000000/],
    [{ resamples: 2.5 }, /from 2 to 1000000/],
    [{ resamples: 10, confidence: 1 }, /confidence is 1/],
    [{ resamples: 10, confidence: Number.NaN }, /confidence is NaN/],
  ])("refuses %o", async (options, message) => {
    const running = bootstrapInterval(origin, origin, oneDimensionalDistance, options);
    await expect(running).rejects.toThrow(InputError);
    await expect(running).rejects.toThrow(message);
  });
});
