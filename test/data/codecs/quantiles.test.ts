import { describe, expect, it } from "vitest";
import {
  type Quantiles,
  quantilesAt,
  quantilesOf,
  quantilesWithin,
  valueAt,
} from "../../../src/data/codecs/quantiles.js";
import { distinct } from "../../../src/data/codecs/tableRows.js";
import { createRng } from "../../../src/random.js";

const of = (values: Iterable<number>): Quantiles => {
  const { values: different, counts } = distinct(Float64Array.from(values).sort());
  return quantilesOf(different, counts);
};
const middleOf = ([low, high]: readonly [number, number]) => (low + high) / 2;

describe("quantiles of few different values", () => {
  const quantiles = of([3, 1, 1, 1, 7, 7, 3, 1]);

  it("give each value as much of [-1, 1] as rows have it", () => {
    expect(quantiles).toEqual({ isContinuous: false, values: [1, 3, 7], ends: [0, 0.5, 1] });
    expect([1, 3, 7].map((value) => quantilesAt(quantiles, value))).toEqual([
      [-1, 0],
      [0, 0.5],
      [0.5, 1],
    ]);
  });

  it("come back as the value whose part they lie in, at the ends too", () => {
    const found = [-1, -0.3, 0, 0.01, 0.5, 0.51, 1].map((quantile) => valueAt(quantiles, quantile));
    expect(found).toEqual([1, 1, 1, 3, 3, 7, 7]);
  });

  it("take what there is none of for the next larger value, or for the largest", () => {
    expect([-1e300, 2, 1e300].map((value) => quantilesAt(quantiles, value))).toEqual([
      [-1, 0],
      [0, 0.5],
      [0.5, 1],
    ]);
  });

  it("say which of them lie between two values, both included", () => {
    const within = (from: number, to: number) => quantilesWithin(quantiles, [from, to]);
    expect(within(1, 7)).toEqual([-1, 1]);
    expect(within(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual([-1, 1]);
    expect(within(3, 3)).toEqual([0, 0.5]);
    expect(within(2, 6.9)).toEqual([0, 0.5]);
    expect(within(Number.NEGATIVE_INFINITY, 2)).toEqual([-1, 0]);
    expect([within(4, 6), within(8, 9), within(-2, 0), within(7, 1), within(Number.NaN, 3)]).toEqual(
      Array(5).fill(null),
    );
  });

  it("hold one value, and values of any magnitude", () => {
    const one = of([5, 5]);
    expect([quantilesAt(one, 5), valueAt(one, -1), valueAt(one, 0.3)]).toEqual([[-1, 1], 5, 5]);
    const apart = of([-1e12, 1e-12, 2e-12, 1e12]);
    for (const value of apart.values) expect(valueAt(apart, middleOf(quantilesAt(apart, value)))).toBe(value);
  });
});

describe("quantiles of more than 2,048 different values", () => {
  const rng = createRng(5);
  // The tails of a Cauchy distribution are as heavy as they come.
  const numbers = Float64Array.from({ length: 5001 }, () => Math.tan(Math.PI * (rng.uniform() - 0.5))).sort();
  const quantiles = of(numbers);

  it("are knots, at most 2,112 of them, from -1 to 1, ascending in both", () => {
    const { isContinuous, values, ends } = quantiles;
    expect(isContinuous).toBe(true);
    expect(values.length).toBeGreaterThan(2000);
    expect(values.length).toBeLessThanOrEqual(2048 + 64);
    expect([ends[0], ends.at(-1), values[0], values.at(-1)]).toEqual([-1, 1, numbers[0], numbers.at(-1)]);
    for (const rising of [values, ends])
      expect(rising.every((x, i) => i === 0 || x > (rising[i - 1] ?? Number.NaN))).toBe(true);
  });

  it("are the ranks of the numbers, to within a knot's distance", () => {
    for (const [rank, value] of numbers.entries()) {
      const [low, high] = quantilesAt(quantiles, value);
      expect(high).toBe(low);
      expect(Math.abs(low - ((2 * rank) / 5000 - 1))).toBeLessThan(4 / 2048);
    }
  });

  it("come back as the value that they are of", () => {
    for (const value of numbers) {
      const back = valueAt(quantiles, quantilesAt(quantiles, value)[0]);
      expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
    }
  });

  it("keep the 32 numbers at either end exactly", () => {
    for (const value of [...numbers.subarray(0, 32), ...numbers.subarray(-32)])
      expect(quantiles.values).toContain(value);
  });

  it("end where the data ends, whatever is asked", () => {
    expect([-1e300, 1e300, Number.POSITIVE_INFINITY].map((value) => quantilesAt(quantiles, value))).toEqual([
      [-1, -1],
      [1, 1],
      [1, 1],
    ]);
    expect([valueAt(quantiles, -1), valueAt(quantiles, 1)]).toEqual([numbers[0], numbers.at(-1)]);
    const [low = Number.NaN, high] = quantilesWithin(quantiles, [0, Number.POSITIVE_INFINITY]) ?? [];
    expect(high).toBe(1);
    expect(low).toBeCloseTo(0, 1);
    expect(quantilesWithin(quantiles, [2e300, 3e300])).toBeNull();
  });

  it("lie as straight lines between knots of 1e-12 and 1e12", () => {
    const apart: Quantiles = { isContinuous: true, values: [1e-12, 1e12], ends: [-1, 1] };
    expect(valueAt(apart, 0)).toBe(5e11);
    expect([valueAt(apart, -1), valueAt(apart, 1)]).toEqual([1e-12, 1e12]);
    const widest: Quantiles = { isContinuous: true, values: [-1.5e308, 1.5e308], ends: [-1, 1] };
    expect(valueAt(widest, 0)).toBe(0);
  });
});
