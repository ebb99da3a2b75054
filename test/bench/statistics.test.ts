import { expect, it } from "vitest";
import { fittedExponent, median, summary } from "../../bench/statistics.mjs";

it("the median is the middle of an odd count and the mean of the two in the middle of an even one, in any order", () => {
  expect(median([10, 9, 100])).toBe(10);
  expect(median([100, 4, 9, 6])).toBe(7.5);
  expect(median([3])).toBe(3);
});

it("a summary leaves its values as they are", () => {
  const times = [3, 1, 2];
  expect(summary(times)).toEqual({ median: 2, min: 1 });
  expect(times).toEqual([3, 1, 2]);
});

it("the exponent of an exact power law is found, whatever its factor", () => {
  const cost = (size: number) => 7 * size ** 1.5;
  expect(fittedExponent([64, 100, 512].map((size) => [size, cost(size)] as const))).toBeCloseTo(1.5, 10);
});

it("the exponent is the least-squares slope in logarithms: equal errors above and below the ends cancel", () => {
  const points = [
    [1, 1],
    [10, 1000],
    [100, 100],
  ] as const;
  expect(fittedExponent(points)).toBeCloseTo(1, 10);
});
