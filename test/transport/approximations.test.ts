import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { emd } from "../../src/transport/emd.js";
import { exactTransportSync } from "../../src/transport/exact.js";
import { oneDimensionalDistance, oneDimensionalPlan } from "../../src/transport/oneDimensional.js";
import type { PointSet } from "../../src/transport/pointSet.js";
import { sinkhorn, sinkhornDivergence, sinkhornDivergenceSync, sinkhornSync } from "../../src/transport/sinkhorn.js";
import { slicedDistance, slicedDistanceSync } from "../../src/transport/sliced.js";
import { typicalCost } from "../../src/transport/typicalCost.js";

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
    expect(oneDimensionalDistance(a, b)).toBeCloseTo(emd(a, b), 12);
    const weighted = { ...a, weights: weights.map((w) => w / 4) };
    const total = weighted.weights.reduce((sum, w) => sum + w, 0);
    const other = { ...b, weights: new Float64Array(1100).fill(total / 1100) };
    const exact = exactTransportSync({ a: weighted, b: other, cost: "squaredEuclidean" });
    expect(oneDimensionalDistance(weighted, other, 2)).toBeCloseTo(Math.sqrt(exact.cost), 11);
  });
  it.each([false, true])("has the plan of the network simplex, weighted: %s", (weighted) => {
    const given = (count: number, shift: number) => {
      const points = Float64Array.from({ length: count }, (_, i) => ((i * 7919) % 101) + shift);
      return { points, dimension: 1, weights: weighted ? points.map((_, i) => ((i % 5) * 20) / count) : undefined };
    };
    const [a, b] = [given(30, 0), given(45, 0.5)];
    const plan = oneDimensionalPlan(a, b);
    const { cost } = exactTransportSync({ a, b });
    const moved = plan.mass.reduce(
      (sum, mass, k) => sum + mass * Math.abs(a.points[plan.source[k]!]! - b.points[plan.target[k]!]!),
      0,
    );
    expect(moved).toBeCloseTo(cost, 11);
    for (const [set, places] of [[a, plan.source] as const, [b, plan.target] as const]) {
      const left = set.weights?.slice() ?? new Float64Array(set.points.length).fill(1 / set.points.length);
      plan.mass.forEach((mass, k) => {
        left[places[k]!]! -= mass;
      });
      for (const rest of left) expect(rest).toBeCloseTo(0, 12);
    }
    expect(Math.min(...plan.mass)).toBeGreaterThan(1e-3);
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
    expect(sliced.maximum).toBeLessThanOrEqual(emd(a, b));
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
    const exact = emd(a, b);
    const errors = [1, 0.3, 0.1, 0.03].map(
      (epsilon) => sinkhornSync(a, b, { epsilon, tolerance: 1e-4 }).cost / exact - 1,
    );
    expect(errors).toEqual(errors.toSorted((p, q) => q - p));
    expect(errors.at(-1)).toBeLessThan(0.02);
    expect(errors.at(-1)).toBeGreaterThan(0);
  });
  it.each([1e-3, 1e-4])(
    "ending at a tolerance of %d errs by about that in cost, and its square in value",
    (tolerance) => {
      const [a, b] = [cloud(1, 200, 2), cloud(2, 200, 2, 0.5)];
      const best = { epsilon: 0.05, tolerance: 1e-10, maxIterations: 100_000 };
      const [solution, reference] = [sinkhornSync(a, b, { epsilon: 0.05, tolerance }), sinkhornSync(a, b, best)];
      expect(Math.abs(solution.cost / reference.cost - 1)).toBeLessThan(3 * tolerance);
      expect(Math.abs(solution.value / reference.value - 1)).toBeLessThan(10 * tolerance ** 2);
      const divergence = sinkhornDivergenceSync(a, b, { epsilon: 0.05, tolerance }).value;
      expect(Math.abs(divergence / sinkhornDivergenceSync(a, b, best).value - 1)).toBeLessThan(10 * tolerance ** 2);
    },
  );
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

describe("in turns with other work", () => {
  const [a, b] = [cloud(1, 300, 2), cloud(2, 250, 2, 0.5)];
  it("gives the same answers, lets timers run and reports progress", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const epsilons: number[] = [];
    const options = { epsilon: 0.1, tolerance: 1e-4 };
    const onProgress = ({ epsilon }: { epsilon: number }) => epsilons.push(epsilon);
    expect(await sinkhorn(a, b, { ...options, onProgress })).toEqual(sinkhornSync(a, b, options));
    expect(await sinkhornDivergence(a, b, options)).toEqual(sinkhornDivergenceSync(a, b, options));
    const done: number[] = [];
    expect(await slicedDistance(a, b, { onProgress: (progress) => done.push(progress.done) })).toEqual(
      slicedDistanceSync(a, b),
    );
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
    expect(epsilons).toEqual(epsilons.toSorted((p, q) => q - p));
    expect(epsilons.at(-1)).toBe(0.1);
    expect(done).toEqual(Array.from({ length: 50 }, (_, k) => k + 1));
  });
  it("stops at a signal, before and during the work", async () => {
    await expect(slicedDistance(a, b, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const options = { epsilon: 1e-4, tolerance: 1e-12 };
    for (const solve of [sinkhorn, sinkhornDivergence]) {
      const controller = new AbortController();
      const running = solve(a, b, { ...options, signal: controller.signal, onProgress: () => controller.abort() });
      await expect(running).rejects.toThrow(/abort/i);
    }
  });
});

describe("a typical cost", () => {
  it("is the mean over all pairs, weighted", () => {
    const a = { ...cloud(1, 7, 3), weights: [0, 1, 2, 3, 4, 5, 6] };
    const b = { ...cloud(2, 5, 3, 2), weights: [5, 4, 3, 3, 6] };
    let mean = 0;
    for (let i = 0; i < 7; i++)
      for (let j = 0; j < 5; j++) {
        const square = [0, 1, 2].reduce((sum, k) => sum + (a.points[3 * i + k]! - b.points[3 * j + k]!) ** 2, 0);
        mean += ((a.weights[i]! * b.weights[j]!) / 21 ** 2) * square;
      }
    expect(typicalCost(a, b, "squaredEuclidean")).toBeCloseTo(mean, 12);
    expect(typicalCost(a, b)).toBeCloseTo(Math.sqrt(mean), 12);
  });
});
