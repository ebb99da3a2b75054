import { expect, it } from "vitest";
import type { Evaluation } from "../../src/results.js";
import { LONGEST_HISTORY, withEvaluation } from "../../studio/src/session/history.js";

it("a history stays bounded, in order, with its first and its newest evaluations", () => {
  let history: readonly Evaluation[] = [];
  for (let iteration = 0; iteration < 50_000; iteration++) {
    history = withEvaluation(history, { iteration } as Evaluation);
    if (history.length > LONGEST_HISTORY) throw new Error(`${history.length} evaluations are kept.`);
  }
  const iterations = history.map(({ iteration }) => iteration);
  expect(iterations[0]).toBe(0);
  expect(iterations.slice(-LONGEST_HISTORY / 4)).toEqual(
    Array.from({ length: LONGEST_HISTORY / 4 }, (_, i) => 50_000 - LONGEST_HISTORY / 4 + i),
  );
  expect(iterations).toEqual([...iterations].sort((a, b) => a - b));
});
