import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { applyMap, monotoneMap } from "../../src/synthesis/monotoneMap.js";

/** The largest distance between the distribution of values and the uniform one on [-1, 1]. */
function fromUniform(values: Float32Array): number {
  const sorted = values.toSorted();
  return sorted.reduce((most, value, i) => Math.max(most, Math.abs((value + 1) / 2 - (i + 0.5) / sorted.length)), 0);
}

describe("the map that makes values uniform", () => {
  it("is their distribution function: fresh values of a skewed law become uniform, in the same order", () => {
    const rng = createRng(1);
    const draw = () => rng.normals(20_000).map((value) => Math.tanh(value - 1));
    const map = monotoneMap(draw());
    const fresh = draw();
    const mapped = applyMap(map, fresh, rng);
    expect(fromUniform(mapped)).toBeLessThan(0.02);
    const order = [...fresh.keys()].sort((i, j) => fresh[i]! - fresh[j]!);
    order.slice(1).forEach((i, k) => {
      expect(mapped[i]!).toBeGreaterThanOrEqual(mapped[order[k]!]!);
    });
  });

  it("equals the closed form x -> 2 F(x) - 1", () => {
    const squares = Float32Array.from({ length: 5001 }, (_, i) => 2 * (i / 5000) ** 2 - 1);
    const map = monotoneMap(squares);
    const mapped = applyMap(map, Float32Array.of(-1, -0.5, 0, 0.5, 1), createRng(0));
    const exact = [-1, -0.5, 0, 0.5, 1].map((x) => 2 * Math.sqrt((x + 1) / 2) - 1);
    mapped.forEach((value, i) => {
      expect(value).toBeCloseTo(exact[i]!, 2);
    });
  });

  it("changes nothing where values are uniform already, or where there are none", () => {
    const even = Float32Array.from({ length: 1000 }, (_, i) => (2 * i + 1) / 1000 - 1);
    const mapped = applyMap(monotoneMap(even), even, createRng(0));
    mapped.forEach((value, i) => {
      expect(value).toBeCloseTo(even[i]!, 2);
    });
    const some = Float32Array.of(-1, -0.25, 0.5, 1);
    expect([...applyMap(monotoneMap(new Float32Array(0)), some, createRng(0))]).toEqual([...some]);
  });

  it("spreads values that are one number over the share that they have", () => {
    const rng = createRng(2);
    const half = Float32Array.from({ length: 8000 }, (_, i) => (i % 2 ? 1 : 2 * rng.uniform() - 1));
    const mapped = applyMap(monotoneMap(half), half, rng);
    expect(fromUniform(mapped)).toBeLessThan(0.02);
    const level = new Float32Array(4000).fill(0.3);
    expect(fromUniform(applyMap(monotoneMap(level), level, rng))).toBeLessThan(0.03);
    const ends = Float32Array.from({ length: 4000 }, (_, i) => (i % 4 ? -1 : 1));
    expect(fromUniform(applyMap(monotoneMap(ends), ends, rng))).toBeLessThan(0.03);
  });

  it("of a few values still takes fresh ones apart, and stays in [-1, 1]", () => {
    const map = monotoneMap(Float32Array.of(0.1, -0.4, 0.2, 7));
    const fresh = Float32Array.of(-1.5, -0.9, -0.4, 0, 0.15, 0.6, 0.9, 1.5);
    const mapped = applyMap(map, fresh, createRng(3));
    expect(Math.min(...mapped)).toBe(-1);
    expect(Math.max(...mapped)).toBeLessThanOrEqual(1);
    mapped.slice(1).forEach((value, i) => {
      expect(value).toBeGreaterThan(mapped[i]!);
    });
  });

  it("is plain data", () => {
    const map = monotoneMap(createRng(4).uniforms(100), 9);
    expect(map.knots.length).toBeLessThanOrEqual(11);
    expect(JSON.parse(JSON.stringify(map))).toEqual(map);
  });
});
