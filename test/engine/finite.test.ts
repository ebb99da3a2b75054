import { describe, expect, it } from "vitest";
import { firstNotFinite, zeroIfFinite } from "../../src/engine/finite.js";
import { evaluate, values } from "./evaluate.js";

const check = async (tensors: Readonly<Record<string, readonly number[]>>) => {
  const feeds = Object.fromEntries(Object.entries(tensors).map(([name, data]) => [name, values(data)]));
  const { result } = await evaluate((inputs) => ({ result: zeroIfFinite(Object.values(inputs)) }), feeds);
  return result.data[0];
};

describe("the number that says whether tensors are finite", () => {
  it("is 0 for every finite value, whose sum need not be", async () => {
    const large = 3.4e38;
    expect(await check({ a: [large, large, large], b: [-large, -large], c: [1e-45, -0, 0], d: [1] })).toBe(0);
    expect(await check({ a: Array<number>(1001).fill(large) })).toBe(0);
  });

  it.each([Number.NaN, Infinity, -Infinity])("is NaN for %d at any place of any tensor", async (bad) => {
    for (const length of [1, 2, 7, 16, 33, 1001]) {
      for (const at of new Set([0, length >> 1, length - 1])) {
        const data = Array<number>(length).fill(1);
        data[at] = bad;
        expect(await check({ a: [1, 2, 3], b: data }), `${at} of ${length}`).toBeNaN();
      }
    }
    // Both infinities together must not cancel.
    expect(await check({ a: [Infinity, -Infinity] })).toBeNaN();
  });

  it("has its tensor named afterwards", () => {
    expect(firstNotFinite({ a: values([1]), b: values([1, Infinity]), c: values([Number.NaN]) })).toBe("b");
    expect(firstNotFinite({ a: values([3.4e38, 1e-45]), b: values([]) })).toBeUndefined();
  });
});
