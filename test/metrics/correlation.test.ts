import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { pearsonCorrelation, spearmanCorrelation } from "../../src/metrics/correlation.js";
import { estimateCorrelations, estimatePairs } from "../../src/metrics/estimates.js";
import type { Evaluation } from "../../src/runs/results.js";

interface Case {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly pearson: number;
  readonly spearman: number;
}

const fixture = new URL("../fixtures/metrics/correlation.json", import.meta.url);
const cases = JSON.parse(await readFile(fixture, "utf8")) as readonly Case[];

describe("a correlation", () => {
  it.each(cases)("is SciPy's: $name", ({ x, y, pearson, spearman }) => {
    expect(pearsonCorrelation(x, y)).toBeCloseTo(pearson, 8);
    expect(pearsonCorrelation(y, x)).toBeCloseTo(pearson, 8);
    expect(spearmanCorrelation(x, y)).toBeCloseTo(spearman, 12);
  });

  it.each([pearsonCorrelation, spearmanCorrelation])("has no value where nothing varies: %o", (correlation) => {
    // The mean of these three is not 0.1 in floating point.
    expect(correlation([0.1, 0.1, 0.1], [1, 2, 3])).toBeNull();
    expect(correlation([1, 2, 3], [0, 0, 0])).toBeNull();
    expect(correlation([1], [2])).toBeNull();
    expect(correlation([], [])).toBeNull();
  });

  it("stays within -1 and 1 whatever rounds", () => {
    const x = Array.from({ length: 50 }, (_, i) => 0.1 * i);
    expect(pearsonCorrelation(x, x)).toBeLessThanOrEqual(1);
    expect(
      pearsonCorrelation(
        x,
        x.map((value) => -3 * value),
      ),
    ).toBeGreaterThanOrEqual(-1);
  });

  it("is the same at any scale, where squares would overflow or vanish", () => {
    const [x, y] = [
      [1, 2, 4],
      [3, 1, 7],
    ];
    const r = pearsonCorrelation(x, y)!;
    for (const scale of [1e-300, 1e-160, 1e160, 1e307]) {
      const scaled = x.map((value) => value * scale);
      expect(pearsonCorrelation(scaled, y)).toBeCloseTo(r, 14);
      expect(pearsonCorrelation(y, scaled)).toBeCloseTo(r, 14);
    }
  });

  it.each([pearsonCorrelation, spearmanCorrelation])("refuses a number that is not finite by its place: %o", (of) => {
    expect(() => of([1, Number.NaN, 2], [1, 2, 3])).toThrow(/number 2 of x is NaN/);
    expect(() => of([1, 2, 3], [1, 2, Number.NEGATIVE_INFINITY])).toThrow(/number 3 of y is -Infinity/);
  });

  it("refuses what is no pairs", () => {
    expect(() => pearsonCorrelation([1, 2], [1])).toThrow(RangeError);
    expect(() => spearmanCorrelation([1], [1, 2])).toThrow(RangeError);
  });
});

describe("the estimates of a run beside the exact distances", () => {
  const at = (iteration: number, heldOutEstimate: number | null, emd: number | null, wassersteinEstimate = 9) =>
    ({
      iteration,
      heldOutEstimate,
      wassersteinEstimate,
      emd,
      settledEstimate: null,
      debiasedEmd: null,
      emdFloor: null,
    }) as unknown as Evaluation;

  it("are the held-out ones after iteration 0 where both are numbers", () => {
    const history = [at(0, 7, 1), at(10, 3, 2), at(20, Number.NaN, 2), at(30, 1, null), at(40, null, 1, 4)];
    expect(estimatePairs(history)).toEqual([
      { estimate: 3, emd: 2, late: false },
      { estimate: 4, emd: 1, late: true },
    ]);
  });

  it("correlate by value and by rank, in all of the run and in its second half", () => {
    // The ranks agree; the values lie on a curve: deviations (-8/3, -5/3, 13/3) and (-1, 0, 1), r = 7 / sqrt(2 * 258 / 9).
    const late = [at(40, 1, 1), at(50, 2, 2), at(60, 8, 3)];
    const { pearson, spearman, n } = estimateCorrelations([at(0, -50, 1), ...late]).estimateCorrelation!;
    expect(pearson).toBeCloseTo(7 / Math.sqrt((2 * 258) / 9), 12);
    expect({ spearman, n }).toEqual({ spearman: 1, n: 3 });
    const whole = estimateCorrelations([at(10, -9, 5), at(20, -5, 4), at(30, -4, 4), ...late]);
    expect(whole.lateEstimateCorrelation).toEqual({ pearson, spearman, n });
    expect(whole.estimateCorrelation!.n).toBe(6);
    expect(whole.estimateCorrelation!.pearson).toBeLessThan(0);
  });

  it("have no correlation where they are too few or never change", () => {
    const none = {
      estimateCorrelation: null,
      lateEstimateCorrelation: null,
      settledCorrelation: null,
      settledError: null,
    };
    expect(estimateCorrelations([at(0, 1, 1), at(10, 1, 1), at(20, 2, 2)])).toEqual(none);
    expect(estimateCorrelations([at(10, 1, 1), at(20, 1, 2), at(30, 1, 3)])).toEqual(none);
    expect(estimateCorrelations([])).toEqual(none);
  });

  it("once settled, correlate with the debiased distance, and are off by a share of it while it is above the floor", () => {
    const settled = (iteration: number, settledEstimate: number, debiasedEmd: number) =>
      ({ ...at(iteration, null, null), settledEstimate, debiasedEmd, emdFloor: 0.5 }) as Evaluation;
    const history = [settled(0, 9, 1), settled(10, 4, 5), settled(20, 1.5, 1), settled(30, 0.1, 0.4)];
    const { settledCorrelation, settledError } = estimateCorrelations(history);
    expect(settledCorrelation).toMatchObject({ spearman: 1, n: 3 });
    expect(settledError).toEqual({ mean: expect.closeTo(0.35, 12), largest: 0.5, n: 2 });
  });
});
