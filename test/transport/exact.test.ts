import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { emd } from "../../src/transport/emd.js";
import { exactTransport, exactTransportSync, type TransportProblem } from "../../src/transport/exact.js";
import type { ExactTransport } from "../../src/transport/exactSteps.js";

interface PointCase {
  readonly dimension: number;
  readonly a: number[];
  readonly b: number[];
  readonly sourceWeights: number[];
  readonly targetWeights: number[];
  readonly uniform: boolean;
  readonly euclidean: number;
  readonly squaredEuclidean: number;
}
const fixture = JSON.parse(readFileSync(new URL("../fixtures/transport/exact.json", import.meta.url), "utf8")) as {
  points: PointCase[];
  matrix: { rows: number; columns: number; costs: number[]; cost: number };
};

const cloud = (seed: number, count: number, dimension: number, shift = 0) =>
  createRng(seed)
    .normals(count * dimension)
    .map((x) => x + shift);
const line = (...x: number[]) => ({ points: Float64Array.from(x), dimension: 1 });

function expectCertified(solution: ExactTransport): void {
  expect(solution.certificate.dualityGap).toBeLessThan(1e-9);
  expect(solution.certificate.marginalError).toBeLessThan(1e-9);
}

describe("against POT and linear programming", () => {
  it.each(fixture.points.map((c) => [c.a.length / c.dimension, c.b.length / c.dimension, c.dimension, c] as const))(
    "%d and %d points in %d dimensions",
    (_n, _m, dimension, c) => {
      const a = { points: Float64Array.from(c.a), dimension, ...(c.uniform ? {} : { weights: c.sourceWeights }) };
      const b = { points: Float64Array.from(c.b), dimension, ...(c.uniform ? {} : { weights: c.targetWeights }) };
      for (const cost of ["euclidean", "squaredEuclidean"] as const) {
        const solution = exactTransportSync({ a, b, cost });
        expectCertified(solution);
        expect(solution.cost).toBeCloseTo(c[cost], 9);
      }
    },
  );

  it("a matrix with costs of both signs", () => {
    const { rows, columns, costs, cost } = fixture.matrix;
    const solution = exactTransportSync({ costs: Float64Array.from(costs), rows, columns });
    expectCertified(solution);
    expect(solution.cost).toBeCloseTo(cost, 10);
  });
});

it("gives potentials that are feasible everywhere and tight where mass moves", () => {
  const [n, m] = [150, 90];
  const a = {
    points: cloud(1, n, 2),
    dimension: 2,
    weights: createRng(3)
      .uniforms(n)
      .map((x) => (x < 0.2 ? 0 : x)),
  };
  const total = a.weights.reduce((sum, weight) => sum + weight, 0);
  const b = {
    points: cloud(2, m, 2, 1),
    dimension: 2,
    weights: new Float64Array(m).map((_, j) => (j < 3 ? 0 : total / (m - 3))),
  };
  const { plan, potentials } = exactTransportSync({ a, b });
  const distance = (i: number, j: number) =>
    Math.hypot(a.points[2 * i]! - b.points[2 * j]!, a.points[2 * i + 1]! - b.points[2 * j + 1]!);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < m; j++) expect(potentials.u[i]! + potentials.v[j]!).toBeLessThanOrEqual(distance(i, j) + 1e-12);
  plan.mass.forEach((mass, k) => {
    const [i, j] = [plan.source[k]!, plan.target[k]!];
    expect(mass).toBeGreaterThan(0);
    expect(potentials.u[i]! + potentials.v[j]!).toBeCloseTo(distance(i, j), 11);
  });
  expect(plan.mass.length).toBeLessThan(n + m);
});

describe("is a metric", () => {
  const space = (points: Float32Array) => ({ points, dimension: 3 });
  const [x, y, z] = [space(cloud(11, 80, 3)), space(cloud(12, 80, 3, 0.3)), space(cloud(13, 80, 3, -0.4))];
  it("is zero between equal sets in any order", () => {
    const reversed = Float32Array.from({ length: 80 }, (_, i) => 79 - i).reduce<number[]>(
      (points, i) => points.concat([...x.points.subarray(3 * i, 3 * i + 3)]),
      [],
    );
    expect(emd(x, x)).toBe(0);
    expect(emd(x, { points: Float64Array.from(reversed), dimension: 3 })).toBe(0);
  });
  it("is symmetric and obeys the triangle inequality", () => {
    expect(emd(x, y)).toBeCloseTo(emd(y, x), 12);
    expect(emd(x, z)).toBeLessThanOrEqual(emd(x, y) + emd(y, z) + 1e-12);
  });
});

describe("degenerate input", () => {
  it("one point to one point", () => expect(emd([[1, 2]], [[4, 6]])).toBe(5));
  it("one point to many", () => expect(emd([0], [1, 2, 6])).toBeCloseTo(3, 14));
  it("all points the same", () => {
    const solution = exactTransportSync({ a: line(...Array(50).fill(2)), b: line(...Array(30).fill(2)) });
    expectCertified(solution);
    expect(solution.cost).toBe(0);
  });
  it("many duplicates", () => {
    const solution = exactTransportSync({
      a: line(...Array.from({ length: 300 }, (_, i) => i % 3)),
      b: line(...Array.from({ length: 200 }, (_, i) => 10 + (i % 2))),
    });
    expectCertified(solution);
    expect(solution.cost).toBeCloseTo(9.5, 12);
  });
  it("points on a line, where every monotone plan is optimal", () => {
    const solution = exactTransportSync({
      a: { points: Float64Array.from({ length: 400 }, (_, i) => (i >> 1) / 7), dimension: 2 },
      b: { points: Float64Array.from({ length: 400 }, (_, i) => (i >> 1) / 7 + 3), dimension: 2 },
    });
    expectCertified(solution);
    expect(solution.cost).toBeCloseTo(3 * Math.SQRT2, 12);
  });
  it("an integer grid, full of ties", () => {
    const grid = (shift: number) =>
      Float64Array.from({ length: 2 * 400 }, (_, i) => ((i % 2 ? i >> 1 : Math.floor((i >> 1) / 20)) % 20) + shift);
    const solution = exactTransportSync({ a: { points: grid(0), dimension: 2 }, b: { points: grid(1), dimension: 2 } });
    expectCertified(solution);
    expect(solution.cost).toBeCloseTo(Math.SQRT2, 12);
  });
  it("weights that are all zero but one, and weights of very different sizes", () => {
    const one = exactTransportSync({
      a: { ...line(0, 5, 9), weights: [0, 2, 0] },
      b: { ...line(1, 6), weights: [1, 1] },
    });
    expect(one.cost).toBeCloseTo(5, 12);
    expect(one.potentials.u).toHaveLength(3);
    expectCertified(one);
    const tiny = exactTransportSync({
      a: { ...line(0, 1), weights: [1e-300, 1] },
      b: { ...line(0, 1), weights: [0.5, 0.5] },
    });
    expect(tiny.cost).toBeCloseTo(0.5, 12);
    expectCertified(tiny);
  });
  it("sets that nearly coincide", () => {
    const x = Float64Array.from(cloud(5, 200, 2));
    const solution = exactTransportSync({
      a: { points: x, dimension: 2 },
      b: { points: x.map((value) => value + 1e-9), dimension: 2 },
    });
    expectCertified(solution);
    expect(solution.cost).toBeCloseTo(Math.SQRT2 * 1e-9, 14);
  });
});

describe("errors a user can cause", () => {
  const a = line(0, 1);
  const cases: readonly (readonly [RegExp, TransportProblem])[] = [
    [/empty/, { a, b: line() }],
    [/dimensions, 1 and 2/, { a, b: { points: Float64Array.of(1, 2), dimension: 2 } }],
    [/not a multiple/, { a, b: { points: Float64Array.of(1, 2, 3), dimension: 2 } }],
    [/dimension of b is 0/, { a, b: { points: Float64Array.of(1, 2, 3), dimension: 0 } }],
    [/Point 1 of b has the coordinate NaN/, { a, b: line(0, Number.NaN) }],
    [/weight 1 is -1/, { a: { ...a, weights: [2, -1] }, b: a }],
    [/weight 0 is NaN/, { a: { ...a, weights: [Number.NaN, 1] }, b: a }],
    [/weight 0 is Infinity/, { a: { ...a, weights: [Infinity, 1] }, b: a }],
    [/sum to 0/, { a: { ...a, weights: [0, 0] }, b: a }],
    [/3 source weights for 2/, { a: { ...a, weights: [1, 1, 1] }, b: a }],
    [/sum to 2 and the target weights to 3/, { a: { ...a, weights: [1, 1] }, b: { ...a, weights: [1, 2] } }],
    [/3 entries; 2 rows of 2 columns need 4/, { costs: Float64Array.of(1, 2, 3), rows: 2, columns: 2 }],
    [/row 0, column 1 is Infinity/, { costs: Float64Array.of(1, Infinity), rows: 1, columns: 2 }],
    [/0 rows/, { costs: new Float64Array(0), rows: 0, columns: 2 }],
  ];
  it.each(cases)("%s", (message, problem) => {
    expect(() => exactTransportSync(problem)).toThrow(InputError);
    expect(() => exactTransportSync(problem)).toThrow(message);
  });
  it("a problem larger than the memory allowed, with the estimate", () => {
    expect(() => exactTransportSync({ a, b: a }, { memoryLimit: 1000 })).toThrow(/needs about .* GiB, more than/);
  });
});

it.each([
  [301, 555, 2],
  [400, 7, 3],
  [1, 260, 33],
])("computes costs on the fly where memory is short: %d and %d points in %d dimensions", (n, m, dimension) => {
  const problem = {
    a: { points: cloud(1, n, dimension), dimension },
    b: { points: cloud(2, m, dimension, 0.5), dimension },
  };
  const stored = exactTransportSync(problem);
  // Room for nothing, and for four bytes a cost.
  for (const bytes of [0, 4]) {
    const computed = exactTransportSync(problem, { memoryLimit: 2000 * (n + m) + bytes * n * m });
    expectCertified(computed);
    expect(computed.cost).toBeCloseTo(stored.cost, 13);
  }
});

it("four bytes a cost are enough where costs are beyond what float32 holds beside each other", () => {
  const points = (seed: number) =>
    Float64Array.from(cloud(seed, 120, 8), (x, k) => x * [1, 1e-150, 1e150][(k >> 3) % 3]!);
  const problem = { a: { points: points(1), dimension: 8 }, b: { points: points(2), dimension: 8 } };
  const stored = exactTransportSync(problem);
  const bounded = exactTransportSync(problem, { memoryLimit: 2000 * 240 + 4 * 120 * 120 });
  expectCertified(bounded);
  expect(bounded.cost / stored.cost).toBeCloseTo(1, 13);
});

describe("asynchronously", () => {
  // Large enough for several turns of 20 milliseconds on any machine.
  const points = (seed: number) => ({ points: cloud(seed, 1600, 2, seed === 2 ? 0.5 : 0), dimension: 2 });
  const problem = { a: points(1), b: points(2) };
  it("gives the same answer, lets timers run and reports progress", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const seen: number[] = [];
    const solution = await exactTransport(problem, { onProgress: ({ pivots }) => seen.push(pivots) });
    clearInterval(timer);
    expect(solution.cost).toBe(exactTransportSync(problem).cost);
    expect(ticks).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((p, q) => p - q));
  });
  it("stops at a signal, before and during the work", async () => {
    await expect(exactTransport(problem, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const controller = new AbortController();
    const running = exactTransport(problem, { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(running).rejects.toThrow(/abort/i);
  });
});
