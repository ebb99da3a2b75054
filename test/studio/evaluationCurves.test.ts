import { describe, expect, it } from "vitest";
import { axisRange, ITERATION_STEPS } from "../../studio/src/charts/axis.js";
import { evaluationCharts } from "../../studio/src/charts/evaluationCurves.js";
import { en } from "../../studio/src/language/en.js";
import { whole } from "../../studio/src/language/format.js";
import { syntheticComparison, withFigures } from "../report/synthetic.js";

const [bce, critic] = syntheticComparison({ losses: ["bce", "w-gp"], evaluations: 3 }).results.runs;
const none = { debiasedEmd: null, emdFloor: null, settledEstimate: null };

type History = NonNullable<typeof critic>["history"];

const left = { label: "BCE", opponent: "discriminator", color: "#d55e00", mark: "circle" } as const;
const right = { label: "W-GP", opponent: "critic", color: "#0b76c5", mark: "square" } as const;

/** The chart of distances over a run's evaluations. */
function distances(evaluations: History) {
  return evaluationCharts([{ ...right, evaluations }], 25, en.charts).find(({ name }) => name === "distance")!;
}

describe("the charts of two runs", () => {
  const charts = evaluationCharts(
    [
      { ...left, evaluations: bce!.history },
      { ...right, evaluations: critic!.history },
    ],
    25,
    en.charts,
  );
  const chart = (name: string) => charts.find((one) => one.name === name)!;

  it("begin with the distance and the fakes without feedback, the curves of both over each other, each by its run's name, colour and mark", () => {
    expect(charts.map(({ name }) => name)).toEqual(["distance", "starved", "feedback", "losses", "slope", "modes"]);
    expect(chart("distance").curves.map(({ label }) => label)).toEqual([
      "BCE: exact, debiased",
      "W-GP: exact, debiased",
      "W-GP: critic's estimate",
      "W-GP: settled estimate",
    ]);
    for (const { label, color, mark } of charts.flatMap(({ curves }) => curves)) {
      const side = label.startsWith("BCE: ") ? left : right;
      expect([label.split(": ")[0], color, mark], label).toEqual([side.label, side.color, side.mark]);
    }
  });

  it("draw what is estimated otherwise than what is measured, in its marks too", () => {
    const { curves } = chart("distance");
    expect(new Set(curves.map(({ color, dash, dots }) => `${color} ${dash} ${dots}`)).size).toBe(curves.length);
    expect(curves.map(({ hollow = false }) => hollow)).toEqual([false, false, true, true]);
  });

  it("show of feedback first what a mean hides: the share of the fakes that get next to none", () => {
    const { curves, scale } = chart("starved");
    expect(scale).toBe("share");
    expect(curves.map(({ values }) => values.at(-1))).toEqual(
      [bce!, critic!].map(({ history }) => history.at(-1)!.figures.starvedShare),
    );
    expect(curves[0]!.format(0.93)).toBe("93%");
  });

  it("call the opponent of each by its name", () => {
    expect(chart("losses").curves.map(({ label }) => label)).toEqual([
      "BCE: discriminator",
      "BCE: generator",
      "W-GP: critic",
      "W-GP: generator",
    ]);
  });

  it("end a little beyond where the runs began, whatever goes astray", () => {
    const start = Math.max(bce!.history[0]!.figures.emd as number, critic!.history[0]!.figures.emd as number);
    expect(chart("distance").most).toBeCloseTo(1.25 * start);
    expect(axisRange("linear", [0, 100], 2)[1]).toBeLessThan(2.5);
    expect(distances(critic!.history).most).toBeUndefined();
  });
});

describe("the chart of distances", () => {
  it("draws exact, debiased, floor, running and settled together, and says which gap is which", () => {
    const { title, curves, note } = distances(critic!.history);
    expect(title).toContain("lower is better");
    expect(curves.map(({ label }) => label)).toEqual([
      "exact, debiased",
      "exact",
      "floor",
      "critic's estimate",
      "settled estimate",
    ]);
    expect(new Set(curves.map(({ color, dash, dots }) => `${color} ${dash} ${dots}`)).size).toBe(curves.length);
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

describe("the axis of iterations", () => {
  it("has no number twice, in an empty chart either", () => {
    const least = Math.min(...ITERATION_STEPS);
    const [first, last] = [0, 1];
    const told = Array.from({ length: (last - first) / least + 1 }, (_, i) => whole(first + i * least));
    expect(told).toEqual(["0", "1"]);
    expect(ITERATION_STEPS.map(whole)).toEqual([...new Set(ITERATION_STEPS.map(whole))]);
  });
});
