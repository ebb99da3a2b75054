import { expect, it } from "vitest";
import type { Evaluation } from "../../src/metrics/metric.js";
import { LONGEST_HISTORY, withEvaluation, withSettled } from "../../studio/src/session/history.js";
import { withFigures } from "../report/synthetic.js";

it("a history stays bounded, in order, with its first and its newest evaluations", () => {
  let history: readonly Evaluation[] = [];
  for (let iteration = 0; iteration < 50_000; iteration++) {
    history = withEvaluation(history, { iteration, seconds: 0, figures: {} });
    if (history.length > LONGEST_HISTORY) throw new Error(`${history.length} evaluations are kept.`);
  }
  const iterations = history.map(({ iteration }) => iteration);
  expect(iterations[0]).toBe(0);
  expect(iterations.slice(-LONGEST_HISTORY / 4)).toEqual(
    Array.from({ length: LONGEST_HISTORY / 4 }, (_, i) => 50_000 - LONGEST_HISTORY / 4 + i),
  );
  expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
});

it("what a critic said once settled comes into the evaluation of its iteration, or between its neighbours", () => {
  const at = (iteration: number, settledEstimate: number | null = null): Evaluation =>
    withFigures({ iteration, seconds: iteration, figures: { emd: iteration } }, { settledEstimate });
  const history = [at(0), at(10), at(20)];
  const settled = { settledEstimate: 0.5, settledUpdates: 150, settledSlope: 1.01 };
  const found = withSettled(history, { iteration: 10, seconds: 99, figures: { ...settled, emd: 3 } });
  expect(found).toEqual([history[0], withFigures(at(10), settled), history[2]]);
  expect(withSettled(history, at(15, 0.5)).map(({ iteration }) => iteration)).toEqual([0, 10, 15, 20]);
  expect(withSettled(history, at(25, 0.5)).map(({ iteration }) => iteration)).toEqual([0, 10, 20, 25]);
  expect(withSettled([], at(5, 0.5))).toHaveLength(1);
});
