import { describe, expect, it } from "vitest";
import { quantilesAt, quantilesOf, valueAt } from "../../src/data/codecs/quantiles.js";

/** The quantiles of different ascending values, all as frequent. */
const evenly = (values: readonly number[], each: number) =>
  quantilesOf(Float64Array.from(values), new Float64Array(values.length).fill(each));

/** So many quantiles from -1 to 1. */
const spread = (count: number) => Array.from({ length: count }, (_, i) => (2 * (i + 0.5)) / count - 1);

describe("values that repeat", () => {
  const ages = quantilesOf(Float64Array.of(20, 30, 60), Float64Array.of(50, 25, 25));

  it("are all that is made, each as often as it occurs", () => {
    expect(ages.isContinuous).toBe(false);
    const made = spread(100).map((quantile) => valueAt(ages, quantile));
    expect([20, 30, 60].map((age) => made.filter((value) => value === age).length)).toEqual([50, 25, 25]);
  });

  it("take the quantiles that make them", () => {
    expect(quantilesAt(ages, 20)).toEqual([-1, 0]);
    expect(quantilesAt(ages, 30)).toEqual([0, 0.5]);
    expect(quantilesAt(ages, 60)).toEqual([0.5, 1]);
  });
});

describe.each([
  { name: "values of which each is somebody's own", values: [3, 10, 11, 40, 1e12], each: 1 },
  { name: "more different values than knots", values: Array.from({ length: 5000 }, (_, i) => i ** 2), each: 3 },
  { name: "two values, once each", values: [-1e-12, 1e12], each: 1 },
])("$name", ({ values, each }) => {
  const quantiles = evenly(values, each);
  const [least = 0, most = 0] = [values[0], values.at(-1)];

  it("are not handed out again: those between are made, within the range", () => {
    const made = spread(1000).map((quantile) => valueAt(quantiles, quantile));
    expect(made.filter((value) => values.includes(value)).length).toBeLessThan(10);
    expect(Math.min(...made)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...made)).toBeLessThanOrEqual(most);
    expect([-1, 1].map((end) => valueAt(quantiles, end))).toEqual([least, most]);
  });

  it("come back from their quantiles, which ascend", () => {
    const found = values.map((value) => quantilesAt(quantiles, value)[0]);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    const back = found.map((quantile) => valueAt(quantiles, quantile));
    for (const [i, value] of values.entries())
      expect(Math.abs((back[i] ?? 0) - value)).toBeLessThanOrEqual(1e-9 * most);
  });
});

it("one value is made always, however often it occurs", () => {
  for (const count of [1, 7]) {
    const quantiles = quantilesOf(Float64Array.of(5), Float64Array.of(count));
    expect(spread(9).map((quantile) => valueAt(quantiles, quantile))).toEqual(new Array(9).fill(5));
    expect(quantilesAt(quantiles, 5)).toEqual([-1, 1]);
  }
});
