import { describe, expect, it } from "vitest";
import { decode } from "../../src/data/codecs/index.js";
import { moons, swissRoll } from "../../src/data/points.js";
import { createRng } from "../../src/random.js";
import { moments } from "./moments.js";

const COUNT = 40_000;

describe("swiss roll", () => {
  const dataset = swissRoll();
  const samples = dataset.batch(createRng(1), COUNT).sample;
  const original = decode(dataset.codec, samples);
  const radii = Float32Array.from({ length: COUNT }, (_, i) => Math.hypot(original[2 * i]!, original[2 * i + 1]!));

  it("has the moments of t cos t and t sin t over [1.5 pi, 4.5 pi]", () => {
    // The integrals of t cos t and t sin t are cos t + t sin t and sin t - t cos t.
    const { mean, variance } = moments(original, 2);
    const tolerance = (5 * 7) / Math.sqrt(COUNT);
    expect(Math.abs(mean[0]! - 2)).toBeLessThan(tolerance);
    expect(Math.abs(mean[1]! - 2 / (3 * Math.PI))).toBeLessThan(tolerance);
    // E t^2 = (b^3 - a^3) / (3 (b - a)), shared by the two squares, with the noise's variance twice.
    const square = mean[0]! ** 2 + mean[1]! ** 2 + variance[0]! + variance[1]!;
    const expected = ((4.5 * Math.PI) ** 3 - (1.5 * Math.PI) ** 3) / (9 * Math.PI) + 2 * 0.25 ** 2;
    expect(square / expected).toBeCloseTo(1, 2);
  });

  it("lies on the spiral to within its noise of 0.25", () => {
    // Along the spiral the radius equals the angle, up to whole turns.
    const misses = radii.map((radius, i) => {
      const turns = (radius - Math.atan2(original[2 * i + 1]!, original[2 * i]!)) / (2 * Math.PI);
      return (turns - Math.round(turns)) * 2 * Math.PI;
    });
    const { mean, variance } = moments(misses, 1);
    expect(Math.abs(mean[0]!)).toBeLessThan(0.01);
    expect(Math.sqrt(variance[0]!)).toBeCloseTo(0.25, 1);
  });

  it("is about of unit variance for training", () => {
    for (const variance of moments(samples, 2).variance) {
      expect(variance).toBeGreaterThan(0.7);
      expect(variance).toBeLessThan(1.1);
    }
    expect(original[0]! / samples[0]!).toBeCloseTo(7.5, 4);
  });
});

describe("moons", () => {
  const dataset = moons();
  const samples = dataset.batch(createRng(1), COUNT).sample;
  const original = decode(dataset.codec, samples);

  it("has the moments of two half circles", () => {
    const { mean, variance } = moments(original, 2);
    expect(mean[0]).toBeCloseTo(0.5, 1);
    expect(mean[1]).toBeCloseTo(0.25, 1);
    // Along x: 1/2 within a moon and 1/4 between the two. Along y: 1/2 - 4/pi^2 within, a quarter of (4/pi - 1/2)^2 between.
    expect(variance[0]).toBeCloseTo(0.75 + 0.05 ** 2, 1);
    expect(variance[1]).toBeCloseTo(0.5 - 4 / Math.PI ** 2 + (4 / Math.PI - 0.5) ** 2 / 4 + 0.05 ** 2, 1);
  });

  it("lies on the two arcs to within its noise of 0.05, half on each", () => {
    const misses: number[] = [];
    let upper = 0;
    for (let i = 0; i < COUNT; i++) {
      const [x, y] = [original[2 * i]!, original[2 * i + 1]!];
      const fromUpper = Math.hypot(x, y) - 1;
      const fromLower = Math.hypot(x - 1, y - 0.5) - 1;
      if (Math.abs(fromUpper) < Math.abs(fromLower)) upper++;
      misses.push(Math.abs(fromUpper) < Math.abs(fromLower) ? fromUpper : fromLower);
    }
    expect(Math.abs(upper / COUNT - 0.5)).toBeLessThan(0.01);
    expect(Math.sqrt(moments(Float32Array.from(misses), 1).variance[0]!)).toBeCloseTo(0.05, 2);
  });

  it("is centred and of unit variance on average for training", () => {
    const { mean, variance } = moments(samples, 2);
    for (const axis of [0, 1]) expect(Math.abs(mean[axis]!)).toBeLessThan(0.03);
    expect((variance[0]! + variance[1]!) / 2).toBeCloseTo(1, 1);
  });
});
