import { describe, expect, it } from "vitest";
import { stackedModes } from "../../src/metrics/stackedModes.js";
import { createRng } from "../../src/random.js";

const all = Array.from({ length: 1000 }, (_, k) => [Math.floor(k / 100), Math.floor(k / 10) % 10, k % 10]);
const labelsOf = (triples: readonly (readonly number[])[]) => Uint8Array.from(triples.flat());

describe("modes of stacked digits", () => {
  it("are all 1,000 without divergence where each is as frequent as any other", () => {
    const { captured, total, klDivergence } = stackedModes(labelsOf([...all, ...all, ...all]));
    expect([captured, total]).toEqual([1000, 1000]);
    expect(Math.abs(klDivergence)).toBeLessThan(1e-12);
  });

  it("are one with a divergence of ln 1000 where all samples show it, whichever it is", () => {
    for (const triple of [all[0]!, all[999]!, [3, 1, 4]]) {
      const { captured, klDivergence } = stackedModes(labelsOf(Array(50).fill(triple)));
      expect(captured).toBe(1);
      expect(klDivergence).toBeCloseTo(Math.log(1000), 12);
    }
  });

  it("tell the order of digits apart, and half of the modes has a divergence of ln 2", () => {
    expect(stackedModes(Uint8Array.of(1, 2, 3, 3, 2, 1, 2, 1, 3)).captured).toBe(3);
    expect(stackedModes(labelsOf(all.slice(0, 500))).klDivergence).toBeCloseTo(Math.log(2), 12);
  });

  it("have the divergence of a direct computation on uneven samples", () => {
    const rng = createRng(3);
    const triples = Array.from({ length: 5000 }, () => [0, 1, 2].map(() => Math.floor(10 * rng.uniform() ** 2)));
    const shares = new Map<string, number>();
    for (const triple of triples) shares.set(triple.join(), (shares.get(triple.join()) ?? 0) + 1 / triples.length);
    const direct = [...shares.values()].reduce((sum, p) => sum + p * (Math.log(p) - Math.log(1 / 1000)), 0);
    const { captured, klDivergence } = stackedModes(labelsOf(triples));
    expect(captured).toBe(shares.size);
    expect(klDivergence).toBeCloseTo(direct, 10);
    expect(klDivergence).toBeGreaterThan(0.5);
  });

  it("of 26,000 samples of a uniform generator have the divergence that chance gives, 0.019", () => {
    const rng = createRng(4);
    const { captured, klDivergence } = stackedModes(Uint8Array.from({ length: 78_000 }, () => rng.integer(10)));
    expect(captured).toBe(1000);
    expect(Math.abs(klDivergence - 999 / 52_000)).toBeLessThan(0.003);
  });

  it("refuse what are no triples of digits", () => {
    expect(() => stackedModes(new Uint8Array())).toThrow(/0 labels are not triples/);
    expect(() => stackedModes(new Uint8Array(4))).toThrow(/4 labels/);
    expect(() => stackedModes(Uint8Array.of(0, 10, 0))).toThrow(/10 is not a digit \(row 1, column 2\)/);
  });
});
