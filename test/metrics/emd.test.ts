import { describe, expect, it } from "vitest";
import { emdBetween } from "../../src/metrics/emd.js";
import { createRng } from "../../src/random.js";

/** The definition itself: the best of all n! pairings. */
function bestPairing(a: Float32Array, b: Float32Array, dimension: number): number {
  const n = a.length / dimension;
  const cost = (i: number, j: number) =>
    Math.hypot(...Array.from({ length: dimension }, (_, axis) => a[i * dimension + axis]! - b[j * dimension + axis]!));
  const best = (i: number, free: readonly number[]): number =>
    i === n
      ? 0
      : Math.min(
          ...free.map(
            (j) =>
              cost(i, j) +
              best(
                i + 1,
                free.filter((other) => other !== j),
              ),
          ),
        );
  return best(0, [...Array(n).keys()]) / n;
}

describe("emdBetween", () => {
  it.each([1, 2, 3, 5])("is the best of all pairings in %d dimensions", (dimension) => {
    const rng = createRng(dimension);
    for (let n = 1; n <= 6; n++) {
      const [a, b] = [rng.normals(n * dimension), rng.normals(n * dimension)];
      expect(emdBetween(a, b, dimension)).toBeCloseTo(bestPairing(a, b, dimension), 12);
    }
  });

  it("is the best of all pairings where points repeat and costs tie", () => {
    const rng = createRng(9);
    for (let trial = 0; trial < 20; trial++) {
      const corners = () => Float32Array.from({ length: 12 }, () => rng.integer(2));
      const [a, b] = [corners(), corners()];
      expect(emdBetween(a, b, 2)).toBeCloseTo(bestPairing(a, b, 2), 12);
    }
  });

  it("of 200 points on a slanted line equals the sorted pairing on the line", () => {
    const rng = createRng(4);
    const [a, b] = [rng.normals(200), rng.normals(200).map((x) => 0.5 * x + 1)];
    const slanted = (line: Float32Array) =>
      Float32Array.from({ length: 400 }, (_, i) => line[i >> 1]! * (i & 1 ? 4 : 3));
    expect(emdBetween(slanted(a), slanted(b), 2)).toBeCloseTo(5 * emdBetween(a, b, 1), 5);
  });

  it("is 0 between a set and its shuffle, symmetric, and the length of a shift", () => {
    const rng = createRng(5);
    const [a, b] = [rng.normals(200), rng.normals(200)];
    const reversed = Float32Array.from({ length: 200 }, (_, i) => a[198 - (i & ~1) + (i & 1)]!);
    expect(emdBetween(a, reversed, 2)).toBe(0);
    expect(emdBetween(a, b, 2)).toBeCloseTo(emdBetween(b, a, 2), 12);
    expect(
      emdBetween(
        a,
        a.map((x, i) => x + (i & 1 ? 4 : 3)),
        2,
      ),
    ).toBeCloseTo(5, 6);
  });

  it("leaves its arguments as they are", () => {
    const a = Float32Array.of(3, 1, 2);
    emdBetween(a, Float32Array.of(0, 0, 0), 1);
    expect([...a]).toEqual([3, 1, 2]);
  });

  it.each([1, 2])("is NaN where a coordinate is not finite (dimension %d)", (dimension) => {
    const zeros = new Float32Array(4);
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      expect(emdBetween(Float32Array.of(0, bad, 0, 0), zeros, dimension)).toBeNaN();
      expect(emdBetween(zeros, Float32Array.of(0, 0, bad, 0), dimension)).toBeNaN();
    }
  });

  it.each([
    [2, 4, 1],
    [3, 3, 2],
    [0, 0, 2],
  ])("refuses %d and %d numbers in dimension %d", (lengthA, lengthB, dimension) => {
    expect(() => emdBetween(new Float32Array(lengthA), new Float32Array(lengthB), dimension)).toThrow(RangeError);
  });
});
