import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { pointCosts } from "../../src/transport/costs.js";
import { exactTransportSync } from "../../src/transport/exact.js";
import { weightError } from "../../src/transport/weightError.js";
import { marginals, wholeUnits } from "../../src/transport/weights.js";

interface Measure {
  readonly x: readonly number[];
  readonly weights: readonly number[];
}

const solve = (a: Measure, b: Measure) => {
  const [of, to] = [a, b].map(({ x, weights }) => ({ points: Float64Array.from(x), dimension: 1, weights }));
  return exactTransportSync({ a: of!, b: to! });
};
const massesOf = (a: Measure, b: Measure) => marginals(a.x.length, b.x.length, a.weights, b.weights);

/** W1 on the line as a fraction: the integral of the difference of the distribution functions, for whole positions and weights. */
function exactW1(a: readonly number[], weightsA: readonly bigint[], b: readonly number[], weightsB: readonly bigint[]) {
  const [totalA, totalB] = [weightsA, weightsB].map((weights) => weights.reduce((sum, weight) => sum + weight, 0n));
  const steps = [
    ...a.map((x, i) => ({ x, mass: weightsA[i]! * totalB! })),
    ...b.map((x, j) => ({ x, mass: -weightsB[j]! * totalA! })),
  ].sort((p, q) => p.x - q.x);
  let over = 0n;
  let sum = 0n;
  steps.forEach(({ x, mass }, k) => {
    over += mass;
    sum += (over < 0n ? -over : over) * BigInt((steps[k + 1]?.x ?? x) - x);
  });
  return { sum, parts: totalA! * totalB! };
}

/** By what share rounding the weights has changed the cost, from the definitions. */
function exactError(a: Measure, b: Measure): number {
  const masses = massesOf(a, b);
  const units = wholeUnits(masses.source, masses.target);
  const whole = (weight: number) => BigInt(weight * 2 ** 70);
  const moved = exactW1(a.x, Array.from(units.source, BigInt), b.x, Array.from(units.target, BigInt));
  const truth = exactW1(a.x, Array.from(masses.source, whole), b.x, Array.from(masses.target, whole));
  const change = truth.sum * moved.parts - moved.sum * truth.parts;
  return Math.abs(Number((change * 2n ** 400n) / (moved.sum * truth.parts))) * 2 ** -400;
}

/** Points of random weights near 0, whose sum is what one point far away leaves. */
function measure(seed: number, count: number, far: number, farWeight: number): Measure {
  const rng = createRng(seed);
  const raw = Array.from({ length: count }, () => rng.uniform() + 0.01);
  const sum = raw.reduce((total, weight) => total + weight, 0);
  return {
    x: [...raw.map(() => rng.integer(1000)), far],
    weights: [...raw.map((weight) => (weight / sum) * (1 - farWeight)), farWeight],
  };
}

describe("beside W1 on the line in whole numbers, the weight error", () => {
  const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
  it.each([1000, 1e9, 1e14])("is what rounding has changed where the plan is connected, far point at %d", (far) => {
    for (const seed of seeds) {
      const [a, b] = [measure(seed, 7, far, Math.PI / 70), measure(seed + 100, 5, far, Math.E / 60)];
      expect(solve(a, b).certificate.weightError / exactError(a, b)).toBeCloseTo(1, 5);
    }
  });
  it.each([1000, 1e9, 1e14])("is at least that, and of its size, where it is not, far point at %d", (far) => {
    for (const seed of seeds) {
      const [a, b] = [measure(seed, 7, far, Math.PI / 70), measure(seed + 100, 5, far, Math.PI / 70)];
      const ratio = solve(a, b).certificate.weightError / exactError(a, b);
      expect(ratio).toBeGreaterThan(1 - 1e-5);
      expect(ratio).toBeLessThan(1.1);
    }
  });
});

it("is the same for all optimal potentials", () => {
  const far = 1e12;
  const [x, y] = [Math.SQRT2 / 3, Math.PI / 70];
  const a = { x: [0, 1, far, far], weights: [x, 1 - x - y, 0.3 * y, 0.7 * y] };
  const b = { x: [0, 2, far], weights: [0.5, 0.5 - y, y] };
  const costs = pointCosts(Float64Array.from(a.x), Float64Array.from(b.x), 1, "euclidean");
  const scale = 2 ** costs.exponent;
  const masses = massesOf(a, b);
  const { plan, cost } = solve(a, b);
  const expected = exactError(a, b);
  // Those of the far part may rise and fall by about the way between the parts.
  for (const shift of [-0.999 * far, -1, 0, 1, 0.999 * far]) {
    const potentials = {
      u: Float64Array.of(0, 1, shift, shift).map((value) => value * scale),
      v: Float64Array.of(0, 0, -shift).map((value) => value * scale),
    };
    const error = weightError(costs, masses, wholeUnits(masses.source, masses.target), plan, potentials);
    expect(error / (cost * scale) / expected).toBeCloseTo(1, 9);
  }
});

it("is infinite where only the weights themselves have a cost, and 0 where they are equal", () => {
  const [a, b] = [measure(1, 5, 1e12, 0.1), measure(1, 5, 1e12, 0.1)];
  expect(solve(a, b).certificate.weightError).toBe(0);
  const other = { ...b, weights: b.weights.map((weight, i) => (i === 0 ? weight * (1 + 2 ** -52) : weight)) };
  expect(solve(a, other)).toMatchObject({ cost: 0, certificate: { weightError: Infinity } });
});
