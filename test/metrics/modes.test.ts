import { expect, it } from "vitest";
import { modeCoverage } from "../../src/metrics/modes.js";
import { createRng } from "../../src/random.js";

const grid = {
  centers: [-4, -2, 0, 2, 4].flatMap((x) => [-4, -2, 0, 2, 4].map((y) => [x, y])),
  deviation: 0.05,
};

function draw(count: number, centerOf: (i: number) => readonly number[]): Float32Array {
  const rng = createRng(3);
  return Float32Array.from({ length: 2 * count }, (_, i) => centerOf(i >> 1)[i & 1]! + grid.deviation * rng.normal());
}

it("the true distribution has all 25 modes and a share of 1 - exp(-9/2) within 3 deviations", () => {
  const coverage = modeCoverage(
    draw(25_000, (i) => grid.centers[i % 25]!),
    grid,
  );
  expect(coverage).toMatchObject({ captured: 25, total: 25 });
  expect(coverage.highQualityShare).toBeCloseTo(1 - Math.exp(-4.5), 2);
  expect(coverage.perMode.reduce((sum, hits) => sum + hits)).toBe(Math.round(coverage.highQualityShare * 25_000));
});

it("a collapsed generator has one mode of high quality", () => {
  const coverage = modeCoverage(
    draw(2_500, () => grid.centers[7]!),
    grid,
  );
  expect(coverage.captured).toBe(1);
  expect(coverage.highQualityShare).toBeGreaterThan(0.98);
  expect([...coverage.perMode].filter((hits) => hits > 0)).toEqual([coverage.perMode[7]]);
});

it("counts a sample at its nearest mode when it is within 3 deviations, by the Euclidean distance", () => {
  const modes = {
    centers: [
      [0, 0],
      [10, 0],
      [1, 0],
    ],
    deviation: 1,
  };
  const samples = Float32Array.of(0.4, 0, 13, 0, 13.01, 0, 10, -3, 12.2, 2.2, 0.6, 0);
  const { perMode, captured, highQualityShare } = modeCoverage(samples, modes);
  expect([...perMode]).toEqual([1, 2, 1]);
  expect(captured).toBe(3);
  expect(highQualityShare).toBeCloseTo(4 / 6);
});

it("a sample that is not finite is near no mode, and counts in the share", () => {
  const samples = Float32Array.of(0, 0, Number.NaN, 0, Infinity, 0, 0, -Infinity);
  expect(modeCoverage(samples, grid)).toMatchObject({ captured: 1, highQualityShare: 0.25 });
});

it("works on a line", () => {
  const modes = { centers: [[-1], [1]], deviation: 0.1 };
  expect(modeCoverage(Float32Array.of(-1.2, 0.5), modes)).toMatchObject({ captured: 1, highQualityShare: 0.5 });
});

it("refuses what is no set of points", () => {
  expect(() => modeCoverage(new Float32Array(3), grid)).toThrow(RangeError);
  expect(() => modeCoverage(new Float32Array(), grid)).toThrow(RangeError);
});

it("refuses modes that are no places with a deviation", () => {
  const samples = new Float32Array(4);
  expect(() => modeCoverage(samples, { ...grid, deviation: Number.NaN })).toThrow(/NaN is not a deviation/);
  expect(() => modeCoverage(samples, { ...grid, deviation: -1 })).toThrow(RangeError);
  const one = (center: readonly number[]) => ({ centers: [[0, 0], center], deviation: 1 });
  expect(() => modeCoverage(samples, one([0, Infinity]))).toThrow(/number 2 of center 2 is Infinity/);
  expect(() => modeCoverage(samples, one([0]))).toThrow(/center 2 has 1 numbers where the first has 2/);
});
