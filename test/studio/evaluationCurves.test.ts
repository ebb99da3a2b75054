import { describe, expect, it } from "vitest";
import { evaluationCharts } from "../../studio/src/charts/evaluationCurves.js";
import { en } from "../../studio/src/language/en.js";
import { syntheticComparison, withFigures } from "../report/synthetic.js";

const [bce, critic] = syntheticComparison({ losses: ["bce", "w-gp"], evaluations: 3 }).results.runs;
const none = { debiasedEmd: null, emdFloor: null, settledEstimate: null };

/** The chart of distances over a run's evaluations. */
function distances(history: NonNullable<typeof critic>["history"]) {
  return evaluationCharts(history, 25, en.charts).find(({ name }) => name === "distance")!;
}

describe("the chart of distances", () => {
  it("draws exact, debiased, floor, running and settled together, and says which gap is which", () => {
    const { title, curves, note } = distances(critic!.history);
    expect(title).toContain("training units");
    expect(curves.map(({ label }) => label)).toEqual([
      "exact, debiased",
      "exact",
      "floor",
      "critic's estimate",
      "settled estimate",
    ]);
    expect(new Set(curves.map(({ color, dash }) => `${color} ${dash}`)).size).toBe(curves.length);
    expect(note).toMatch(/settled one is the critic's lag; .+ is its condition's slack/);
  });

  it("shows a settled estimate that was asked for once as a dot, and bridges the gaps between several", () => {
    const once = critic!.history.map((one, i) => (i === 1 ? one : withFigures(one, { settledEstimate: null })));
    const settled = distances(once).curves.find(({ label }) => label === en.charts.settled)!;
    expect(settled.dots).toBe(true);
    expect(settled.values.filter((value) => value !== null)).toHaveLength(1);
  });

  it("has the exact distance with its floor alone for a discriminator", () => {
    expect(distances(bce!.history).curves.map(({ label }) => label)).toEqual(["exact, debiased", "exact", "floor"]);
  });

  it("has what older files have, and no note", () => {
    const { curves, note } = distances(critic!.history.map((one) => withFigures(one, none)));
    expect(curves.map(({ label }) => label)).toEqual(["exact", "critic's estimate"]);
    expect(note).toBeUndefined();
  });
});
