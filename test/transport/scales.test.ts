import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { atOnce } from "../../src/parallel/turns.js";
import { createRng } from "../../src/random.js";
import { coarseToFine } from "../../src/transport/coarseToFine.js";
import { pointCosts } from "../../src/transport/costs.js";
import { exactTransportSync } from "../../src/transport/exact.js";
import { exactPivots } from "../../src/transport/exactPivots.js";
import type { ExactTransport } from "../../src/transport/exactSteps.js";
import { oneDimensionalDistance, oneDimensionalPlan } from "../../src/transport/oneDimensional.js";
import { optimalCritic } from "../../src/transport/optimalCritic.js";
import { sinkhornDivergenceSync, sinkhornSync } from "../../src/transport/sinkhorn.js";
import { slicedDistanceSync } from "../../src/transport/sliced.js";
import { typicalCost } from "../../src/transport/typicalCost.js";

const line = (points: readonly number[], weights?: readonly number[]) => ({
  points: Float64Array.from(points),
  dimension: 1,
  weights,
});
const normals = (seed: number, count: number) => Array.from(createRng(seed).normals(count), Number);
const orders = [
  [1, "euclidean"],
  [2, "squaredEuclidean"],
] as const;

function expectRelative(found: number, expected: number, tolerance = 1e-9): void {
  if (expected === 0) expect(found).toBe(0);
  else expect(Math.abs(found / expected - 1)).toBeLessThan(tolerance);
}

function expectCertified({ certificate }: ExactTransport): void {
  expect(certificate.dualityGap).toBeGreaterThanOrEqual(0);
  expect(certificate.dualityGap).toBeLessThan(1e-9);
  expect(certificate.marginalError).toBeLessThan(1e-12);
}

/** What a plan pays where `counts` says so. */
function paid(
  { plan }: ExactTransport,
  a: readonly number[],
  b: readonly number[],
  p: number,
  counts: (x: number) => boolean,
) {
  let cost = 0;
  plan.mass.forEach((mass, k) => {
    const [x, y] = [a[plan.source[k]!]!, b[plan.target[k]!]!];
    if (counts(x)) cost += mass * Math.abs(x - y) ** p;
  });
  return cost;
}

/** `W_p^p` of as many numbers on each side, for a total mass of 1, from the definition. */
function sortedPower(a: readonly number[], b: readonly number[], p: number): number {
  const [x, y] = [a, b].map((values) => values.toSorted((s, t) => s - t));
  return x!.reduce((sum, value, i) => sum + Math.abs(value - y![i]!) ** p, 0) / a.length;
}

describe.each(orders)("exact transport on a line for p = %d equals the closed form", (p, cost) => {
  const agree = (a: readonly number[], b: readonly number[]) => {
    const solution = exactTransportSync({ a: line(a), b: line(b), cost });
    expectCertified(solution);
    expectRelative(solution.distance, oneDimensionalDistance(line(a), line(b), p));
    return solution;
  };

  it("with one far value among small ones", () => {
    const { distance } = agree([19, 18, 5, 1e9], [2, 10, 12, 1e9]);
    expectRelative(distance, (sortedPower([19, 18, 5], [2, 10, 12], p) * (3 / 4)) ** (1 / p));
  });

  it.each([1e6, 1e7, 1e9, 1e12, -999999])("with a tenth of the points at %d", (far) => {
    const [a, b] = [normals(1, 100), normals(2, 100)];
    const farAway = Array<number>(10).fill(far);
    const { distance } = agree([...a, ...farAway], [...b, ...farAway]);
    expectRelative(distance, ((sortedPower(a, b, p) * 100) / 110) ** (1 / p));
  });

  it.each([1e6, 1e9])("in the near part and in the far one, where both have a cost: far at %d", (far) => {
    const [a, b, farA, farB] = [normals(1, 80), normals(2, 80), normals(3, 20), normals(4, 20)];
    const spread = (values: number[]) => values.map((x) => far + x * far * 0.01);
    const [allA, allB] = [
      [...a, ...spread(farA)],
      [...b, ...spread(farB)],
    ];
    const solution = agree(allA, allB);
    expectRelative(
      paid(solution, allA, allB, p, (x) => Math.abs(x) < 100),
      0.8 * sortedPower(a, b, p),
    );
    expectRelative(
      paid(solution, allA, allB, p, (x) => Math.abs(x) > 100),
      0.2 * sortedPower(spread(farA), spread(farB), p),
    );
  });

  it("in the near part, where mass must come from far away to it", () => {
    const [a, b] = [normals(1, 40), normals(2, 45)];
    const [allA, allB] = [
      [...a, ...Array<number>(10).fill(1e8)],
      [...b, ...Array<number>(5).fill(1e8)],
    ];
    const solution = agree(allA, allB);
    const { source, target } = solution.plan;
    const taken = [...target].filter((_, k) => allA[source[k]!]! < 1e8).map((j) => allB[j]!);
    expect(taken).toHaveLength(40);
    expectRelative(
      paid(solution, allA, allB, p, (x) => x < 1e8),
      0.8 * sortedPower(a, taken, p),
    );
  });

  it.each([1, 2, 3, 4, 5, 6])("with scales from 1e-200 to 1e200 in one set, seed %d", (seed) => {
    const mixed = (some: number) => {
      const powers = createRng(some).uniforms(24);
      return normals(some, 24).map((x, i) => x * 10 ** (400 * powers[i]! - 200));
    };
    agree(mixed(seed), mixed(seed + 100));
  });

  it.each([1, 2, 3, 4])("with clusters at powers of 1000, seed %d", (seed) => {
    const clusters = (some: number) =>
      normals(some, 40).map((x, i) => (i % 5 === 0 ? x : 1000 ** (i % 5) + x * 10 ** (i % 5)));
    agree(clusters(seed), clusters(seed + 100));
  });

  it.each([
    [1.7e9, 1],
    [1.7e12, 50],
  ])("of times around %d", (epoch, scale) => {
    const [a, b] = [1, 2].map((seed) => normals(seed, 150).map((x) => Math.round(scale * 100 * x)));
    const { distance } = agree(
      a!.map((x) => epoch + x),
      b!.map((x) => epoch + x),
    );
    expectRelative(distance, sortedPower(a!, b!, p) ** (1 / p), 1e-14);
  });

  it.each([1e160, 1e-200, 1e300, 1e-310])("of points of size %d", (size) => {
    const [a, b] = [normals(1, 60), normals(2, 60)];
    const { distance } = agree(
      a.map((x) => x * size),
      b.map((x) => x * size),
    );
    expectRelative(distance / size, sortedPower(a, b, p) ** (1 / p), size < 1e-300 ? 1e-6 : 1e-9);
  });

  it("of equal points far from 0, of duplicates, and where some far points have no mass", () => {
    expect(agree(Array(30).fill(1e12), Array(20).fill(1e12)).distance).toBe(0);
    agree(
      Array.from({ length: 60 }, (_, i) => [0, 1, 1e9][i % 3]!),
      Array.from({ length: 40 }, (_, i) => [0.5, 1e9 + 1][i % 2]!),
    );
    const solution = exactTransportSync({ a: line([0, 1, 1e15], [1, 1, 0]), b: line([1e15, 3, 5], [0, 1, 1]), cost });
    expectCertified(solution);
    expectRelative(solution.distance, p === 1 ? 7 : Math.sqrt(25 / 1));
  });
});

it.each(orders)("ordinary points need no pivots without rounding, p = %d", (_p, kind) => {
  const points = (seed: number) => Float64Array.from(normals(seed, 600));
  const costs = pointCosts(points(1), points(2), 2, kind);
  const ones = new Float64Array(300).fill(1);
  const ended = atOnce(coarseToFine(costs, ones, ones));
  let { pivots } = ended;
  const { violation } = atOnce(exactPivots(costs, ended), (progress) => {
    pivots = progress.pivots;
  });
  expect(pivots).toBe(ended.pivots);
  expect(violation).toBeLessThan(1e-9);
});

it("the cost of squares is out of range where the distance is not", () => {
  const solution = exactTransportSync({ a: line([0]), b: line([1e200]), cost: "squaredEuclidean" });
  expect(solution).toMatchObject({ distance: 1e200, cost: Infinity });
  expect(exactTransportSync({ a: line([0]), b: line([1e-200]), cost: "squaredEuclidean" }).distance).toBe(1e-200);
});

describe("in the plane", () => {
  const cloud = (seed: number, count: number) => normals(seed, 2 * count);
  it.each(orders)("a far cluster leaves the near one as it is alone, p = %d", (_p, cost) => {
    const near = exactTransportSync({
      a: { points: Float64Array.from(cloud(1, 100)), dimension: 2 },
      b: { points: Float64Array.from(cloud(2, 100)), dimension: 2 },
      cost,
    });
    const far = Array<number>(2 * 10).fill(3e8);
    const both = exactTransportSync({
      a: { points: Float64Array.from([...cloud(1, 100), ...far]), dimension: 2 },
      b: { points: Float64Array.from([...cloud(2, 100), ...far]), dimension: 2 },
      cost,
    });
    expectCertified(both);
    expectRelative(both.cost, (near.cost * 100) / 110);
  });

  it.each([
    [2 ** 600, "euclidean"],
    [2 ** 600, "squaredEuclidean"],
    [2 ** -700, "euclidean"],
    [2 ** -700, "squaredEuclidean"],
  ] as const)("scaling all points by %d scales the distance", (scale, cost) => {
    const sets = (factor: number) => ({
      a: { points: Float64Array.from(cloud(1, 50), (x) => x * factor), dimension: 2 },
      b: { points: Float64Array.from(cloud(2, 70), (x) => x * factor), dimension: 2 },
    });
    const { distance } = exactTransportSync({ ...sets(1), cost });
    expectRelative(exactTransportSync({ ...sets(scale), cost }).distance, scale * distance, 1e-15);
  });

  it("the best critic attains the distance of points of 1e200", () => {
    const [real, fake] = [3, 4].map((seed) => ({
      points: Float64Array.from(cloud(seed, 20), (x) => x * 1e200),
      dimension: 2,
    }));
    const { critic, emd } = optimalCritic(real!, fake!);
    const mean = (scores: Float64Array) => scores.reduce((sum, score) => sum + score / scores.length, 0);
    expectRelative(mean(critic(real!.points)) - mean(critic(fake!.points)), emd);
  });

  it("lengths whose squares vanish beside others are still right for W1, and refused for W2", () => {
    const a = { points: Float64Array.of(1e-200, 0, 1e200, 0), dimension: 2 };
    const b = { points: Float64Array.of(0, 1e-200, 1e200, 0), dimension: 2 };
    expectRelative(exactTransportSync({ a, b }).cost, Math.SQRT2 * 0.5e-200);
    expect(() => exactTransportSync({ a, b, cost: "squaredEuclidean" })).toThrow(InputError);
    expect(() => exactTransportSync({ a, b, cost: "squaredEuclidean" })).toThrow(/squares of both.*--p 1/);
  });
});

describe("a matrix with huge entries has the optimum of all permutations, in whole numbers", () => {
  const permutations = (items: readonly number[]): number[][] =>
    items.length <= 1
      ? [[...items]]
      : items.flatMap((x, i) => permutations(items.toSpliced(i, 1)).map((rest) => [x, ...rest]));

  const cases = [1e6, 1e30, 1e100, 1e300].flatMap((huge) => [1, 2, 3, 4].map((seed) => [huge, seed] as const));
  it.each(cases)("entries of %d, seed %d", (huge, seed) => {
    const n = 4 + (seed % 3);
    const rng = createRng(seed);
    const costs = Float64Array.from({ length: n * n }, () =>
      rng.uniform() < 0.5 ? huge * (1 + rng.integer(3)) : rng.integer(1000),
    );
    const best = permutations(Array.from({ length: n }, (_, i) => i))
      .map((to) => to.reduce((sum, j, i) => sum + BigInt(costs[i * n + j]!), 0n))
      .reduce((least, sum) => (sum < least ? sum : least));
    const solution = exactTransportSync({ costs, rows: n, columns: n });
    expectCertified(solution);
    expectRelative(solution.cost, Number(best) / n, 1e-14);
    // Each part too: entries that are not huge are the cheapest that go with as many huge ones.
    const chosen = [...solution.plan.source].reduce(
      (sum, i, k) => sum + BigInt(costs[i * n + solution.plan.target[k]!]!),
      0n,
    );
    expect(chosen).toBe(best);
  });

  it.each([1, 2, 3, 4, 5])("of either sign, seed %d", (seed) => {
    const n = 5;
    const rng = createRng(seed);
    const costs = Float64Array.from(
      { length: n * n },
      () => (rng.integer(2000) - 1000) * (rng.uniform() < 0.3 ? 1e25 : 1),
    );
    const best = permutations([0, 1, 2, 3, 4])
      .map((to) => to.reduce((sum, j, i) => sum + BigInt(costs[i * n + j]!), 0n))
      .reduce((least, sum) => (sum < least ? sum : least));
    const { plan } = exactTransportSync({ costs, rows: n, columns: n });
    expect([...plan.source].reduce((sum, i, k) => sum + BigInt(costs[i * n + plan.target[k]!]!), 0n)).toBe(best);
  });

  it("of 1e-320 or 1.7e308 alone", () => {
    const solved = (...costs: number[]) =>
      exactTransportSync({ costs: Float64Array.from(costs), rows: 2, columns: 2 }).cost;
    expectRelative(solved(3e-320, 1e-320, 1e-320, 3e-320), 1e-320, 1e-3);
    expectRelative(solved(1.7e308, 1.2e308, 1.2e308, 1.7e308), 1.2e308);
    expectRelative(solved(1.7e308, 1e-3, 2e-3, 1.7e308), 1.5e-3);
  });
});

describe("weights", () => {
  it("that are counts or decimals keep their ratios beside far points", () => {
    const a = line([0, 1, 1e9, 1e9 + 1], [0.2, 0.3, 0.4, 0.1]);
    const b = line(
      [2, 1e9],
      [5, 5].map((count) => count / 10),
    );
    const solution = exactTransportSync({ a, b, cost: "squaredEuclidean" });
    expectRelative(solution.cost, 0.2 * 4 + 0.3 * 1 + 0.1 * 1);
    expect(solution.certificate).toMatchObject({ weightError: 0, weightless: 0 });
    expectRelative(oneDimensionalDistance(a, b, 2) ** 2, 1.2);
  });
  it("too small to be moved are counted", () => {
    const { certificate, cost } = exactTransportSync({
      a: line([0, 1, 2], [1e-300, 1, Math.PI]),
      b: line([0, 1], [1, Math.PI]),
    });
    expect(certificate).toMatchObject({ weightless: 1 });
    expectRelative(cost, 1 + Math.PI, 1e-14);
  });
});

describe("W_p for any order and scale", () => {
  it("of two points is their distance", () => {
    for (const p of [1, 2, 3.5, 300, 1e5])
      for (const scale of [1e-200, 1e-3, 1, 1e200]) {
        const [a, b] = [line([scale]), line([3 * scale])];
        expectRelative(oneDimensionalDistance(a, b, p), 2 * scale, 1e-12);
        expectRelative(slicedDistanceSync(a, b, { p, directions: 3 }).distance, 2 * scale, 1e-12);
      }
    expectRelative(oneDimensionalDistance(line([0.001]), line([0.003]), 300), 0.002, 1e-14);
  });
  it("tends to the largest distance, and is homogeneous", () => {
    const [a, b] = [line([0, 1, 5], [1, 2, 1]), line([2, 3], [2, 2])];
    expectRelative(oneDimensionalDistance(a, b, 1e6), 2, 1e-4);
    for (const scale of [1e-200, 1e200]) {
      const times = (values: Float64Array) => line([...values].map((x) => x * scale));
      const [x, y] = [line(normals(1, 30)), line(normals(2, 40))];
      for (const p of [1, 2, 40])
        for (const measure of [
          oneDimensionalDistance,
          (s: typeof x, t: typeof y, order: number) => slicedDistanceSync(s, t, { p: order, directions: 5 }).maximum,
        ])
          expectRelative(measure(times(x.points), times(y.points), p), scale * measure(x, y, p), 1e-12);
    }
  });
  it("of a direction stands beside the mean of all", () => {
    const [a, b] = [1, 2].map((seed) => ({ points: Float64Array.from(normals(seed, 60)), dimension: 3 }));
    const { distances, maximum, distance } = slicedDistanceSync(a!, b!, { p: 2, directions: 9 });
    expect(Math.max(...distances)).toBe(maximum);
    expectRelative(distance ** 2, distances.reduce((sum, d) => sum + d * d, 0) / 9, 1e-14);
  });
  it("leaves no crumb of rounding at a far point", () => {
    const thirds = line([...normals(1, 29), 1e15]);
    const more = line([...normals(2, 58), 1e15, 1e15]);
    expect(oneDimensionalDistance(thirds, more, 2)).toBeLessThan(2);
    expect(oneDimensionalPlan(thirds, more).mass.length).toBe(60);
  });
  it("is refused where float64 cannot hold it", () => {
    expect(() => oneDimensionalDistance(line([-1.7e308]), line([1.7e308]))).toThrow(/beyond the range of float64/);
    expect(() => exactTransportSync({ a: line([-1.7e308]), b: line([1.7e308]) })).toThrow(
      /beyond the range of float64/,
    );
  });
});

describe("Sinkhorn", () => {
  it.each([1e-200, 1e-100, 1e100, 1e200])("scales with points of %d and epsilon", (size) => {
    const sets = (scale: number) => [1, 2].map((seed) => line(normals(seed, 30).map((x) => x * scale)));
    const [a, b] = sets(1);
    const [c, d] = sets(size);
    const epsilon = 0.1;
    for (const solve of [sinkhornSync, sinkhornDivergenceSync])
      expectRelative(solve(c!, d!, { epsilon: epsilon * size }).value, size * solve(a!, b!, { epsilon }).value, 1e-6);
    expectRelative(typicalCost(c!, d!), size * typicalCost(a!, b!), 1e-12);
  });
  it("refuses an epsilon that float64 cannot hold beside the costs", () => {
    const [a, b] = [line([0, 1]), line([2, 4])];
    expect(() => sinkhornSync(a, b, { epsilon: 1e-290 })).toThrow(/epsilon is 1e-290.*too small/);
    expect(() => sinkhornSync(a, b, { epsilon: 1e20 })).toThrow(/epsilon is 100000000000000000000.*hides/);
    expect(() => typicalCost(line([1e160]), line([0]), "squaredEuclidean")).toThrow(/square of that is beyond/);
    expect(() => typicalCost(line([1e-200]), line([0]), "squaredEuclidean")).toThrow(InputError);
  });
  it("tells what it cannot tell from 0", () => {
    const far = normals(3, 20).map((x) => x * 1e15);
    const [a, b] = [1, 2].map((seed) => line([...normals(seed, 20), ...far]));
    const { value, resolution } = sinkhornDivergenceSync(a!, b!, { epsilon: 1e13, tolerance: 1e-3 });
    expect(value).toBeLessThan(resolution);
    expect(resolution).toBeGreaterThan(1);
    const near = sinkhornDivergenceSync(line(normals(1, 20)), line(normals(2, 20)), { epsilon: 0.1 });
    expect(near.resolution).toBeLessThan(1e-6 * near.value);
  });
});
