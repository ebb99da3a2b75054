import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/errors.js";
import type { FeatureSet, StageProgress } from "../../../src/metrics/images/featureSet.js";
import { frechetDistance } from "../../../src/metrics/images/frechet.js";
import { kernelDistance } from "../../../src/metrics/images/kernelDistance.js";
import { manifoldMetrics } from "../../../src/metrics/images/manifold.js";
import { createRng } from "../../../src/random.js";

interface Case {
  readonly name: string;
  readonly real: number[][];
  readonly fake: number[][];
  readonly frechet: number;
  readonly kernel?: number;
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
}
// Float64, from the papers' formulas, held against torch-fidelity and prdc: test/fixtures/metrics/images.py.
const fixture = new URL("../../fixtures/metrics/images.json", import.meta.url);
const cases = JSON.parse(await readFile(fixture, "utf8")) as readonly Case[];

const setOf = (rows: readonly (readonly number[])[]): FeatureSet => ({
  values: Float32Array.from(rows.flat()),
  count: rows.length,
  dimension: rows[0]!.length,
});
const normal = (seed: number, count: number, dimension: number): FeatureSet => ({
  values: createRng(seed).normals(count * dimension),
  count,
  dimension,
});
const scale = ({ real, fake }: Case) =>
  Math.max(...[...real, ...fake].map((row) => row.reduce((sum, x) => sum + x * x, 0) / row.length));

describe.each(cases)("of $name", (one) => {
  const [real, fake] = [setOf(one.real), setOf(one.fake)];

  it("the Frechet distance is that of a float64 eigendecomposition", async () => {
    // Where covariances have no full rank, the reference takes roots of what rounding left of 0.
    const tolerance = 2e-7 * Math.max(1, one.frechet);
    expect(Math.abs((await frechetDistance(real, fake)) - one.frechet)).toBeLessThan(tolerance);
  });

  it.runIf(one.kernel !== undefined)("the kernel distance of the whole sets is the unbiased estimator", async () => {
    const { mean, deviation } = await kernelDistance(real, fake, { subsets: 3, subsetSize: real.count });
    const tolerance = 2e-7 * (scale(one) + 1) ** 3;
    expect(Math.abs(mean - one.kernel!)).toBeLessThan(tolerance);
    expect(deviation).toBeLessThan(tolerance);
  });

  it("precision, recall, density and coverage are those of all distances in float64", async () => {
    const { precision, recall, density, coverage } = one;
    const found = await manifoldMetrics(real, fake);
    for (const [name, value] of Object.entries({ precision, recall, density, coverage }))
      expect(found[name as keyof typeof found], name).toBeCloseTo(value, 12);
  });
});

describe("the Frechet distance", () => {
  it("of a set and itself is 0, of a moved set the square of the way", async () => {
    const x = normal(1, 400, 16);
    expect(await frechetDistance(x, x)).toBeLessThan(1e-12);
    const moved = { ...x, values: x.values.map((value, i) => value + (i % 16 === 3 ? 4 : 0)) };
    expect(await frechetDistance(x, moved)).toBeCloseTo(16, 5);
  });

  it("of sets that lie in a line, or in a point, is that of their lengths and means", async () => {
    // Of 40 columns that are multiples of one, reflections leave what is too small to be squared.
    const along = (factor: number) => ({
      values: Float32Array.from({ length: 200 * 40 }, (_, i) => factor * (Math.floor(i / 40) % 5) * (1 + (i % 40) / 7)),
      count: 200,
      dimension: 40,
    });
    const squares = Array.from({ length: 40 }, (_, k) => (1 + k / 7) ** 2).reduce((sum, x) => sum + x, 0);
    const secondMoment = (4 + (2 * 200) / 199) * squares;
    for (const factor of [0, 1e-3, 3])
      expect((await frechetDistance(along(1), along(factor))) / (secondMoment * (1 - factor) ** 2)).toBeCloseTo(1, 5);
  });

  it("does not depend on which set is named first", async () => {
    const [x, y] = [normal(1, 90, 12), normal(2, 7, 12)];
    expect(await frechetDistance(x, y)).toBeCloseTo(await frechetDistance(y, x), 10);
  });

  it("can be stopped, and tells how far it is", async () => {
    const stages: StageProgress[] = [];
    const [x, y] = [normal(1, 60, 20), normal(2, 60, 20)];
    await frechetDistance(x, y, { onProgress: (stage) => stages.push(stage) });
    expect(stages.at(-1)).toEqual({ name: "Frechet distance", done: 60, total: 60 });
    await expect(frechetDistance(x, y, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe("the kernel distance", () => {
  it("over subsets has the whole sets' estimate for its expectation", async () => {
    const [x, y] = [normal(1, 40, 3), normal(2, 40, 3)];
    const whole = await kernelDistance(x, y, { subsets: 1, subsetSize: 40 });
    const { mean, deviation, subsets } = await kernelDistance(x, y, { subsets: 2000, subsetSize: 8 });
    expect(Math.abs(mean - whole.mean)).toBeLessThan((4 * deviation) / Math.sqrt(subsets));
  });

  it("is below 0 about as often as above where the sets come from one distribution", async () => {
    const means: number[] = [];
    for (let seed = 0; seed < 30; seed++) {
      const sets = [normal(100 + seed, 50, 4), normal(200 + seed, 50, 4)] as const;
      means.push((await kernelDistance(...sets, { subsets: 1, subsetSize: 50 })).mean);
    }
    const below = means.filter((mean) => mean < 0).length;
    expect(below).toBeGreaterThan(5);
    expect(below).toBeLessThan(28);
  });

  it("is the same for the same seed, and takes half of a small set for its subsets", async () => {
    const [x, y] = [normal(1, 30, 3), normal(2, 41, 3)];
    const first = await kernelDistance(x, y, { seed: 5 });
    expect(first).toMatchObject({ subsets: 100, subsetSize: 15 });
    expect(await kernelDistance(x, y, { seed: 5 })).toEqual(first);
    expect((await kernelDistance(x, y, { seed: 6 })).mean).not.toBe(first.mean);
  });
});

describe("features far from 0", () => {
  // Whole multiples of 1/64, which float32 holds beside every one of the means.
  const rows = (seed: number, count: number, dimension: number, mean: number, shift: number) => {
    const rng = createRng(seed);
    const draw = () => Array.from(rng.normals(dimension), (x) => Math.round((x + shift) * 64) / 64 + mean);
    return Array.from({ length: count }, draw);
  };
  const cases = [0, 300, -300, 1e4].flatMap((mean) => [
    { mean, count: 17, dimension: 5, shift: 0 },
    { mean, count: 33, dimension: 37, shift: 0 },
    { mean, count: 29, dimension: 3, shift: 0.5 },
  ]);

  it.each(cases)("have the kernel distance of exact arithmetic: mean $mean, $count x $dimension", async (one) => {
    const { mean, count, dimension, shift } = one;
    const [x, y] = [rows(count, count, dimension, mean, 0), rows(dimension, count, dimension, mean, shift)];
    const found = await kernelDistance(setOf(x), setOf(y), { subsets: 1, subsetSize: count });
    const exact = exactKernelDistance(x, y);
    expect(Math.abs(found.mean / exact - 1)).toBeLessThan(1e-6);
  });

  it("have the Frechet distance that they have near 0", async () => {
    for (const [count, dimension] of [
      [17, 5],
      [9, 13],
    ] as const) {
      const at = (mean: number) =>
        frechetDistance(setOf(rows(1, count, dimension, mean, 0)), setOf(rows(2, count, dimension, mean, 0.5)));
      const near = await at(0);
      for (const mean of [300, -300, 1e4]) expect(Math.abs((await at(mean)) / near - 1)).toBeLessThan(1e-9);
    }
  });

  /** The unbiased estimator over whole sets of multiples of 1/64, in whole numbers until the last division. */
  function exactKernelDistance(x: readonly number[][], y: readonly number[][]): number {
    const [m, dimension] = [BigInt(x.length), BigInt(x[0]!.length)];
    const one = 64n * 64n * dimension;
    const whole = (set: readonly number[][]) => set.map((row) => row.map((value) => BigInt(value * 64)));
    const [a, b] = [whole(x), whole(y)];
    const kernel = (u: bigint[], v: bigint[]) => (u.reduce((sum, value, k) => sum + value * v[k]!, 0n) + one) ** 3n;
    const sum = (u: bigint[][], v: bigint[][]) =>
      u.reduce((total, p) => v.reduce((part, q) => (p === q ? part : part + kernel(p, q)), total), 0n);
    const numerator = (sum(a, a) + sum(b, b)) * m - 2n * sum(a, b) * (m - 1n);
    const digits = 20;
    return Number((numerator * 10n ** BigInt(digits)) / (m * m * (m - 1n) * one ** 3n)) / 10 ** digits;
  }
});

describe("precision, recall, density and coverage", () => {
  it("of two samples of one distribution: density about 1, the others near 1", async () => {
    const found = await manifoldMetrics(normal(1, 1000, 4), normal(2, 1000, 4));
    expect(found.density).toBeGreaterThan(0.9);
    expect(found.density).toBeLessThan(1.1);
    // 1 - (1/2)^5, equation 9 of Naeem et al. for equally many of each.
    expect(found.coverage).toBeCloseTo(1 - 0.5 ** 5, 1);
  });

  it("tell a set that leaves out a mode from one that adds one", async () => {
    const one = normal(1, 200, 3);
    const both = { ...normal(2, 400, 3) };
    for (let i = 0; i < 600; i++) both.values[i]! += 50;
    const missing = await manifoldMetrics(both, one);
    const added = await manifoldMetrics(one, both);
    expect([missing.precision, added.recall].every((share) => share > 0.9)).toBe(true);
    expect(missing.recall).toBeLessThan(0.51);
    expect(missing.coverage).toBeLessThan(0.51);
    expect(added.precision).toBeLessThan(0.51);
  });

  it("decide in float64 what float32 cannot: points far from their mean and close to each other", async () => {
    // Two heaps 20,000 apart, in each of which points are a few hundredths apart.
    const heaps = (seed: number): FeatureSet => {
      const set = normal(seed, 40, 8);
      return { ...set, values: set.values.map((x, i) => Math.fround(x / 64) + (i < 160 ? 1e4 : -1e4)) };
    };
    const [x, y] = [heaps(1), heaps(2)];
    const distance = (a: FeatureSet, i: number, b: FeatureSet, j: number) =>
      Math.hypot(...Array.from({ length: 8 }, (_, k) => a.values[i * 8 + k]! - b.values[j * 8 + k]!));
    const radius = (i: number) => Array.from({ length: 40 }, (_, j) => distance(x, i, x, j)).sort((a, b) => a - b)[5]!;
    const radii = Array.from({ length: 40 }, (_, i) => radius(i));
    const inside = radii.flatMap((r, i) => Array.from({ length: 40 }, (_, j) => Number(distance(x, i, y, j) <= r)));
    const { density } = await manifoldMetrics(x, y);
    expect(density).toBeCloseTo(inside.reduce((sum, flag) => sum + flag, 0) / 200, 12);
  });
});

describe("sets that cannot be measured are refused in one sentence", () => {
  const [x, one] = [normal(1, 10, 3), normal(1, 1, 3)];
  const withOdd = (value: number) => ({ ...x, values: x.values.map((usual, i) => (i === 7 ? value : usual)) });
  it.each([
    ["one sample", () => frechetDistance(x, one), /at least 2 samples of each set, and the fake set has 1/],
    ["one sample", () => kernelDistance(one, x), /at least 2 samples of each set, and the real set has 1/],
    ["five samples", () => manifoldMetrics(normal(1, 5, 3), x), /at least 6 samples.*real set has 5/],
    ["other dimensions", () => frechetDistance(x, normal(1, 10, 4)), /3 numbers a sample and the fake ones 4/],
    ["other lengths", () => frechetDistance({ ...x, count: 11 }, x), /30 numbers, not 11 vectors of 3/],
    ["large subsets", () => kernelDistance(x, x, { subsetSize: 11 }), /whole number from 2 to 10/],
    [
      "a feature that is none",
      () => manifoldMetrics(withOdd(Number.NaN), x),
      /real features hold NaN in row 3, column 2/,
    ],
    [
      "a feature that is none",
      () => manifoldMetrics(x, withOdd(Number.NaN)),
      /fake features hold NaN in row 3, column 2/,
    ],
    ["an endless feature", () => frechetDistance(x, withOdd(-Infinity)), /fake features hold -Infinity in row 3/],
    [
      "a feature that is none",
      () => kernelDistance(withOdd(Number.NaN), x),
      /real features hold NaN in row 3, column 2/,
    ],
    ["a huge feature", () => kernelDistance(withOdd(2e15), x), /finite numbers up to 1e\+15/],
    ["no subsets", () => kernelDistance(x, x, { subsets: 0 }), /whole number from 1/],
  ])("%s", async (_, measure, says) => {
    await expect(measure()).rejects.toThrow(InputError);
    await expect(measure()).rejects.toThrow(says);
  });
});
