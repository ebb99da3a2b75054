import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { pearsonCorrelation, spearmanCorrelation } from "../../src/metrics/correlation.js";
import { estimatePairs } from "../../src/metrics/estimatePairs.js";
import {
  estimatePearson,
  estimateSpearman,
  lateEstimatePearson,
  lateEstimateSpearman,
  settledError,
  settledErrorLargest,
  settledPearson,
  settledSpearman,
} from "../../src/metrics/estimateQuality.js";
import type { Evaluation } from "../../src/metrics/metric.js";
import { withFigures } from "../report/synthetic.js";

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
  /** An evaluation with the figures that are given. */
  const evaluation = (iteration: number, figures: Readonly<Record<string, number | null>>): Evaluation =>
    withFigures({ iteration, seconds: 0, figures: {} }, figures);
  const at = (iteration: number, heldOutEstimate: number | null, emd: number | null, wassersteinEstimate = 9) =>
    evaluation(iteration, { heldOutEstimate, wassersteinEstimate, emd });
  const all = [estimatePearson, estimateSpearman, lateEstimatePearson, lateEstimateSpearman];
  const settledOnes = [settledPearson, settledSpearman, settledError, settledErrorLargest];
  const of = (history: readonly Evaluation[], summaries = all) => summaries.map(({ ofHistory }) => ofHistory(history));

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
    const pearson = expect.closeTo(7 / Math.sqrt((2 * 258) / 9), 12) as number;
    expect(of([at(0, -50, 1), ...late])).toEqual([pearson, 1, pearson, 1]);
    const whole = of([at(10, -9, 5), at(20, -5, 4), at(30, -4, 4), ...late]);
    expect(whole.slice(2)).toEqual([pearson, 1]);
    expect(whole[0]).toBeLessThan(0);
  });

  it("have no correlation where they are too few or never change", () => {
    const none = [null, null, null, null];
    for (const history of [[at(0, 1, 1), at(10, 1, 1), at(20, 2, 2)], [at(10, 1, 1), at(20, 1, 2), at(30, 1, 3)], []]) {
      expect(of(history)).toEqual(none);
      expect(of(history, settledOnes)).toEqual(none);
    }
  });

  it("once settled, correlate with the debiased distance, and are off by a share of it while it is above the floor", () => {
    const settled = (iteration: number, settledEstimate: number, debiasedEmd: number) =>
      evaluation(iteration, { settledEstimate, debiasedEmd, emdFloor: 0.5 });
    const history = [settled(0, 9, 1), settled(10, 4, 5), settled(20, 1.5, 1), settled(30, 0.1, 0.4)];
    const [pearson, spearman, mean, largest] = of(history, settledOnes);
    expect(pearson).toBeGreaterThan(0.9);
    expect([spearman, mean, largest]).toEqual([1, expect.closeTo(0.35, 12), 0.5]);
  });
});
