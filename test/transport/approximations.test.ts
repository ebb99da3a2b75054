import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { emd, exactTransportSync } from "../../src/transport/exact.js";
import { oneDimensionalDistance } from "../../src/transport/oneDimensional.js";
import type { PointSet } from "../../src/transport/pointSet.js";
import { sinkhornDivergenceSync, sinkhornSync } from "../../src/transport/sinkhorn.js";
import { slicedDistanceSync } from "../../src/transport/sliced.js";

interface Sets {
  readonly a: number[];
  readonly b: number[];
  readonly sourceWeights: number[];
  readonly targetWeights: number[];
}
interface Fixture {
  readonly lines: (Sets & { readonly distances: Record<string, number> })[];
  readonly sliced: (Sets & {
    readonly dimension: number;
    readonly directions: number[];
    readonly distances: Record<string, number>;
    readonly maxima: Record<string, number>;
  })[];
  readonly sinkhorn: (Sets & {
    readonly dimension: number;
    readonly metric: "euclidean" | "squaredEuclidean";
    readonly epsilon: number;
    readonly cost: number;
    readonly value: number;
    readonly divergence: number;
    readonly exact: number;
  })[];
}
const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/transport/approximations.json", import.meta.url), "utf8"),
) as Fixture;

const sets = (c: Sets, dimension = 1) => ({
  a: { points: Float64Array.from(c.a), dimension, weights: c.sourceWeights },
  b: { points: Float64Array.from(c.b), dimension, weights: c.targetWeights },
});
const cloud = (seed: number, count: number, dimension: number, shift = 0): PointSet => ({
  points: Float64Array.from(createRng(seed).normals(count * dimension), (x) => x + shift),
  dimension,
});

describe("one-dimensional distance", () => {
  it.each(fixture.lines)("equals POT's for every order", (c) => {
    const { a, b } = sets(c);
    for (const [p, distance] of Object.entries(c.distances))
      expect(oneDimensionalDistance(a, b, Number(p))).toBeCloseTo(distance, 11);
  });
  it("equals the network simplex on thousands of points, weighted and not", () => {
    const weights = createRng(9).uniforms(1500);
    const [a, b] = [cloud(1, 1500, 1), cloud(2, 1100, 1, 1)];
    expect(oneDimensionalDistance(a, b)).toBeCloseTo(emd(a.points, b.points, 1), 12);
    const weighted = { ...a, weights: weights.map((w) => w / 4) };
    const total = weighted.weights.reduce((sum, w) => sum + w, 0);
    const other = { ...b, weights: new Float64Array(1100).fill(total / 1100) };
    const exact = exactTransportSync({ a: weighted, b: other, cost: "squaredEuclidean" });
    expect(oneDimensionalDistance(weighted, other, 2)).toBeCloseTo(Math.sqrt(exact.cost), 11);
  });
  it("is zero between equal sets and symmetric", () => {
    const [a, b] = [cloud(1, 40, 1), cloud(2, 50, 1)];
    expect(oneDimensionalDistance(a, a, 3)).toBe(0);
    expect(oneDimensionalDistance(a, b, 3)).toBeCloseTo(oneDimensionalDistance(b, a, 3), 14);
  });
  it("refuses points of more dimensions and orders below 1", () => {
    expect(() => oneDimensionalDistance(cloud(1, 4, 2), cloud(1, 4, 2))).toThrow(InputError);
    expect(() => oneDimensionalDistance(cloud(1, 4, 1), cloud(1, 4, 1), 0.5)).toThrow(/order p is 0.5/);
    expect(() => oneDimensionalDistance(cloud(1, 4, 1), cloud(1, 4, 1), Number.NaN)).toThrow(InputError);
  });
});

describe("sliced distance", () => {
  it.each(fixture.sliced)("equals POT's along the same directions", (c) => {
    const { a, b } = sets(c, c.dimension);
    for (const [p, distance] of Object.entries(c.distances)) {
      const sliced = slicedDistanceSync(a, b, { p: Number(p), directions: Float64Array.from(c.directions) });
      expect(sliced.distance).toBeCloseTo(distance, 11);
      expect(sliced.maximum).toBeCloseTo(c.maxima[p]!, 11);
    }
  });
  it("takes the fast way of equal uniform sets to the same value", () => {
    const [a, b] = [cloud(1, 60, 3), cloud(2, 60, 3, 0.5)];
    const weights = new Float64Array(60).fill(1 / 60);
    for (const p of [1, 2, 3])
      expect(slicedDistanceSync(a, b, { p }).distance).toBeCloseTo(
        slicedDistanceSync({ ...a, weights }, { ...b, weights }, { p }).distance,
        12,
      );
  });
  it("repeats for a seed, differs for another, and never exceeds the exact distance", () => {
    const [a, b] = [cloud(1, 100, 5), cloud(2, 100, 5, 0.3)];
    const sliced = slicedDistanceSync(a, b, { p: 1, seed: 3, directions: 300 });
    expect(slicedDistanceSync(a, b, { p: 1, seed: 3, directions: 300 })).toEqual(sliced);
    expect(slicedDistanceSync(a, b, { p: 1, seed: 4, directions: 300 }).distance).not.toBe(sliced.distance);
    expect(sliced.distance).toBeLessThan(sliced.maximum);
    expect(sliced.maximum).toBeLessThanOrEqual(emd(a.points, b.points, 5));
  });
  it("of a shift is its length times the mean of |cos|, and at most its length", () => {
    const a = cloud(1, 50, 2);
    const b = { ...a, points: a.points.map((x, i) => (i % 2 ? x : x + 3)) };
    const { distance, maximum, maximumDirection } = slicedDistanceSync(a, b, { p: 1, directions: 4000 });
    expect(distance).toBeCloseTo((3 * 2) / Math.PI, 1);
    expect(maximum).toBeCloseTo(3, 4);
    expect(Math.abs(maximumDirection[0]!)).toBeCloseTo(1, 4);
  });
  it("refuses directions that do not fit", () => {
    const a = cloud(1, 5, 3);
    expect(() => slicedDistanceSync(a, a, { directions: 0 })).toThrow(InputError);
    expect(() => slicedDistanceSync(a, a, { directions: Float64Array.of(1, 0) })).toThrow(/unit vectors of 3/);
  });
});

describe("Sinkhorn", () => {
  it.each(fixture.sinkhorn.map((c) => [c.metric, c.epsilon, c.a.length, c] as const))(
    "%s, epsilon %d, equals the iteration to rounding (%d coordinates)",
    (_metric, _epsilon, _length, c) => {
      const { a, b } = sets(c, c.dimension);
      const options = { epsilon: c.epsilon, cost: c.metric, tolerance: 1e-11, maxIterations: 100_000 };
      const solution = sinkhornSync(a, b, options);
      expect(solution.converged).toBe(true);
      expect(solution.cost).toBeCloseTo(c.cost, 8);
      expect(solution.value).toBeCloseTo(c.value, 9);
      expect(sinkhornDivergenceSync(a, b, options).value).toBeCloseTo(c.divergence, 8);
      // Between the exact cost and the bound that entropy gives.
      expect(solution.cost).toBeGreaterThan(c.exact - 1e-9);
      expect(solution.value - c.exact).toBeLessThan(c.epsilon * Math.log(Math.min(c.a.length, c.b.length)));
    },
  );
  it("comes closer to the exact cost as epsilon falls", () => {
    const [a, b] = [cloud(1, 100, 2), cloud(2, 80, 2, 0.5)];
    const exact = emd(a.points, b.points, 2);
    const errors = [1, 0.3, 0.1, 0.03].map(
      (epsilon) => sinkhornSync(a, b, { epsilon, tolerance: 1e-4 }).cost / exact - 1,
    );
    expect(errors).toEqual(errors.toSorted((p, q) => q - p));
    expect(errors.at(-1)).toBeLessThan(0.02);
    expect(errors.at(-1)).toBeGreaterThan(0);
  });
  it("debiased is zero between equal sets, where the plain value is not, and symmetric", () => {
    const [a, b] = [cloud(1, 50, 2), cloud(2, 60, 2, 0.5)];
    const options = { epsilon: 0.2, tolerance: 1e-10 };
    expect(sinkhornDivergenceSync(a, a, options).value).toBeCloseTo(0, 12);
    expect(sinkhornSync(a, a, options).value).toBeGreaterThan(0.05);
    expect(sinkhornDivergenceSync(a, b, options).value).toBeCloseTo(sinkhornDivergenceSync(b, a, options).value, 8);
  });
  it("survives an epsilon at which exponentials underflow", () => {
    const a = { points: Float64Array.of(0, 1000, 5000), dimension: 1 };
    const b = { points: Float64Array.of(1, 1002, 5003), dimension: 1 };
    const solution = sinkhornSync(a, b, { epsilon: 0.01 });
    expect(solution.converged).toBe(true);
    expect(solution.cost).toBeCloseTo(2, 10);
  });
  it("says when it has not converged and refuses an epsilon that is not positive", () => {
    const a = cloud(1, 30, 2);
    expect(sinkhornSync(a, cloud(2, 30, 2), { epsilon: 0.01, maxIterations: 1, tolerance: 1e-12 }).converged).toBe(
      false,
    );
    expect(() => sinkhornSync(a, a, { epsilon: 0 })).toThrow(/epsilon is 0/);
  });
});
