import { describe, expect, it } from "vitest";
import type { Evaluation } from "../../src/metrics/metric.js";
import { type BestGenerator, bestAfter } from "../../src/runs/bestGenerator.js";

/** The iteration of the best of generators that were evaluated one after the other. */
async function bestOf(...figures: readonly Partial<Record<"tableDetection" | "tableTrend", number | null>>[]) {
  let best: BestGenerator | null = null;
  for (const [iteration, figure] of figures.entries()) {
    const evaluation = { iteration, figures: figure } as unknown as Evaluation;
    best = await bestAfter(best, { evaluation, state: async () => ({ generator: {} }) as never });
  }
  return best?.iteration;
}

describe("the generator that makes the rows of a table", () => {
  it("is the one whose rows are the hardest to detect, whatever their trend", async () => {
    expect(
      await bestOf(
        { tableDetection: 0.2, tableTrend: 0.9 },
        { tableDetection: 0.8, tableTrend: 0.5 },
        { tableDetection: 0.7, tableTrend: 0.99 },
      ),
    ).toBe(1);
  });

  it("is decided by trend where trees can tell none, as in a small table, and not the first", async () => {
    expect(
      await bestOf(
        { tableDetection: 1, tableTrend: 0.5 },
        { tableDetection: 1, tableTrend: 0.7 },
        { tableDetection: 1, tableTrend: 0.6 },
      ),
    ).toBe(1);
  });

  it("is the latest of equal ones, also where trend was not measured", async () => {
    expect(await bestOf({ tableDetection: 1, tableTrend: null }, { tableDetection: 1, tableTrend: null })).toBe(1);
  });

  it("is none where detection was not measured", async () => {
    expect(await bestOf({ tableDetection: null, tableTrend: 0.5 })).toBeUndefined();
  });
});
