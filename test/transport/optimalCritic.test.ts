import { expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { emd } from "../../src/transport/emd.js";
import { extendPotential, optimalCritic } from "../../src/transport/optimalCritic.js";

const rng = createRng(7);
const dimension = 3;
const real = { points: rng.normals(120 * dimension), dimension };
const fake = { points: rng.normals(90 * dimension).map((x) => 0.5 * x + 0.7), dimension };
const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

it("attains the Earth mover's distance of the batch", () => {
  const { critic, emd: distance } = optimalCritic(real, fake);
  expect(distance).toBe(emd(real, fake));
  expect(mean(critic(real.points)) - mean(critic(fake.points))).toBeCloseTo(distance, 12);
});

it("attains it under weights, zero weights included", () => {
  const weights = Array.from({ length: 120 }, (_, i) => i % 4);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { critic, emd: distance } = optimalCritic({ ...real, weights: weights.map((weight) => weight / total) }, fake);
  const reals = critic(real.points).reduce((sum, score, i) => sum + (score * weights[i]!) / total, 0);
  expect(reals - mean(critic(fake.points))).toBeCloseTo(distance, 12);
});

it("is 1-Lipschitz everywhere, and somewhere as steep as that", () => {
  const { critic } = optimalCritic(real, fake);
  const count = 400;
  const points = Float64Array.from(rng.normals(count * dimension), (x) => 3 * x);
  const steps = Float64Array.from(rng.normals(count * dimension), (x, i) => x * 10 ** -(Math.floor(i / dimension) % 5));
  const before = critic(points);
  const after = critic(points.map((x, i) => x + steps[i]!));
  let steepest = 0;
  for (let i = 0; i < count; i++) {
    const slope = Math.abs(after[i]! - before[i]!) / Math.hypot(...steps.subarray(dimension * i, dimension * (i + 1)));
    expect(slope).toBeLessThanOrEqual(1 + 1e-9);
    steepest = Math.max(steepest, slope);
  }
  expect(steepest).toBeGreaterThan(0.95);
});

it("refuses potentials that are not one for each point", () => {
  expect(() => extendPotential(fake, new Float64Array(3))).toThrow(InputError);
});
