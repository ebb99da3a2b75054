import { describe, expect, it } from "vitest";
import { decode } from "../../src/data/codecs/index.js";
import { disjointRegions, line, moons, spiral, swissRoll } from "../../src/data/points.js";
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

describe("line", () => {
  const dataset = line();
  const samples = dataset.batch(createRng(1), COUNT).sample;
  const original = decode(dataset.codec, samples);

  it("lies on the diagonal from (-1, -1) to (1, 1), and reaches both ends", () => {
    const along = original.filter((_, i) => i % 2 === 0);
    for (let i = 0; i < samples.length; i += 2) expect(samples[i]).toBe(samples[i + 1]);
    const [least, most] = [Math.min(...along), Math.max(...along)];
    expect(least).toBeGreaterThanOrEqual(-1);
    expect(most).toBeLessThanOrEqual(1);
    expect(most - least).toBeGreaterThan(1.999);
  });

  it("has mean 0 and the unit variance of an even spread", () => {
    const { mean, variance } = moments(samples, 2);
    expect(Math.abs(mean[0]!)).toBeLessThan(5 / Math.sqrt(COUNT));
    expect(variance[0]).toBeCloseTo(1, 1);
  });
});

describe("spiral", () => {
  const dataset = spiral();
  const samples = dataset.batch(createRng(1), COUNT).sample;
  const original = decode(dataset.codec, samples);

  it("has mean 0, and the mean square of t = 3 pi sqrt(u) with the noise's variance twice", () => {
    const { mean, variance } = moments(original, 2);
    for (const axis of [0, 1]) expect(Math.abs(mean[axis]!)).toBeLessThan((5 * 4.7) / Math.sqrt(COUNT));
    const expected = (3 * Math.PI) ** 2 / 2 + 2 * 0.25 ** 2;
    expect((variance[0]! + variance[1]!) / expected).toBeCloseTo(1, 2);
  });

  it("lies on two arms to within its noise of 0.25, half on each", () => {
    // Along an arm the radius equals the angle, up to whole turns; the other arm is half a turn away.
    let first = 0;
    const misses = Float32Array.from({ length: COUNT }, (_, i) => {
      const [x, y] = [original[2 * i]!, original[2 * i + 1]!];
      const halfTurns = (Math.hypot(x, y) - Math.atan2(y, x)) / Math.PI;
      const nearest = Math.round(halfTurns);
      if (nearest % 2 === 0) first++;
      return (halfTurns - nearest) * Math.PI;
    });
    expect(Math.abs(first / COUNT - 0.5)).toBeLessThan(0.02);
    // Near the middle the angle of a point says little of where it was drawn.
    const outer = misses.filter((_, i) => Math.hypot(original[2 * i]!, original[2 * i + 1]!) > Math.PI);
    expect(Math.sqrt(moments(outer, 1).variance[0]!)).toBeCloseTo(0.25, 1);
  });

  it("is about of unit variance for training", () => {
    for (const variance of moments(samples, 2).variance) {
      expect(variance).toBeGreaterThan(0.9);
      expect(variance).toBeLessThan(1.1);
    }
  });
});

describe("disjoint regions", () => {
  const dataset = disjointRegions();
  const samples = dataset.batch(createRng(1), COUNT).sample;
  const original = decode(dataset.codec, samples);
  const radii = Float32Array.from({ length: COUNT }, (_, i) => Math.hypot(original[2 * i]!, original[2 * i + 1]!));
  const disc = radii.filter((radius) => radius <= 0.5 + 1e-6);
  const ring = radii.filter((radius) => radius >= 1.5 - 1e-6 && radius <= 2 + 1e-6);

  it("has half of its points in each region, and none between them", () => {
    expect(disc.length + ring.length).toBe(COUNT);
    expect(Math.abs(disc.length / COUNT - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / COUNT));
  });

  it("is uniform over each: the mean squares of the radii are those of a disc and a ring", () => {
    const meanSquare = (some: Float32Array) => some.reduce((sum, radius) => sum + radius ** 2, 0) / some.length;
    expect(meanSquare(disc)).toBeCloseTo(0.5 ** 2 / 2, 2);
    expect(meanSquare(ring)).toBeCloseTo((1.5 ** 2 + 2 ** 2) / 2, 1);
  });

  it("is centred and of about unit variance for training", () => {
    const { mean, variance } = moments(samples, 2);
    for (const axis of [0, 1]) {
      expect(Math.abs(mean[axis]!)).toBeLessThan(5 / Math.sqrt(COUNT));
      expect(variance[axis]).toBeCloseTo(1.625 / 2 / 0.9 ** 2, 1);
    }
  });
});
