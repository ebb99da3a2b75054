import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { emd } from "../../src/metrics/exactDistances.js";
import { evenTicks } from "../../src/report/drawing/scale.js";
import { estimateFigures, slopeThroughOrigin } from "../../src/report/figures/estimates.js";
import { valuesOverTime } from "../../src/report/figures/ofEachPairing.js";
import { surfacesOf } from "../../src/report/figures/pictures.js";
import { type Group, groupsOf } from "../../src/report/summary.js";
import { syntheticComparison, withFigures } from "./synthetic.js";

const comparison = syntheticComparison({ losses: ["bce", "w-gp", "w-clip"], seeds: [0, 1], evaluations: 9 });
const groups = groupsOf(comparison);
const [, gradientPenalty, clipped] = groups as [Group, Group, Group];

/** A group whose estimates are `factor` times the exact distance at every evaluation. */
function proportional(group: Group, factor: number): Group {
  const runs = group.runs.map((run) => ({
    ...run,
    history: run.history.map((one) => {
      const distance = emd.of(one)!;
      const estimate = factor * distance;
      const same = { wassersteinEstimate: estimate, heldOutEstimate: estimate, settledEstimate: estimate };
      return withFigures(one, { ...same, value: estimate, debiasedEmd: distance });
    }),
  }));
  return { ...group, runs };
}

/** Where the lines of a drawing run, by their colour. */
function pathsOf(svg: string, color: string): string[] {
  const lines = new RegExp(`stroke="${color}"[^>]*aria-label="line"><path d="([^"]+)"`, "g");
  return [...svg.matchAll(lines)].map(([, path]) => path!);
}

describe("estimates over exact distances", () => {
  it("are drawn for every W-loss, a dot an evaluation after the first, with both correlations", () => {
    const figures = estimateFigures(groups);
    expect(figures.map(({ name }) => name)).toEqual(["estimate-over-distance-w-gp", "estimate-over-distance-w-clip"]);
    const { svg } = figures[0]!.drawing;
    const dots = parseHTML(svg).document.querySelectorAll('g[aria-label="dot"] g[stroke-width] path');
    expect(dots).toHaveLength(2 * 8);
    expect(svg).toMatch(/Running, all evaluations: Pearson −?\d\.\d\d ± \d\.\d\d, Spearman −?\d\.\d\d ± \d\.\d\d/);
    expect(svg).toMatch(/Settled: Pearson/);
    expect(svg).toContain("settled, over debiased exact");
    expect(svg).toMatch(/Second half: Pearson/);
  });

  it("are left out where nothing correlates", () => {
    expect(estimateFigures(groupsOf(syntheticComparison({ losses: ["w-gp"], evaluations: 3 })))).toEqual([]);
    expect(estimateFigures(groupsOf(syntheticComparison({ losses: ["bce"], evaluations: 9 })))).toEqual([]);
  });
});

describe("the estimate over the iterations", () => {
  it("has the exact distance's scale where the constraint holds the slope at 1", () => {
    const [figure] = valuesOverTime([proportional(gradientPenalty, 0.2)]);
    expect(figure!.drawing.svg).not.toContain(">estimate<");
  });

  it("has a scale of its own under clipped weights, which brings it onto the exact one where they are proportional", () => {
    const group = proportional(clipped, 0.2);
    expect(slopeThroughOrigin(group)).toBeCloseTo(0.2, 12);
    const { svg } = valuesOverTime([group])[0]!.drawing;
    expect(svg).toContain(">estimate<");
    const drawn = pathsOf(svg, clipped.look.color);
    // Running and settled estimate of the first seed, on its exact distances.
    expect(drawn).toHaveLength(2);
    expect(new Set(pathsOf(svg, "currentColor"))).toContain(drawn[0]);
    expect(new Set(drawn).size).toBe(1);
  });

  it("is drawn running and settled, with exact, debiased and floor, the gap of the critic and that of its condition", () => {
    const { svg } = valuesOverTime([gradientPenalty])[0]!.drawing;
    const labels = [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, label]) => label!);
    for (const label of [
      "running",
      "settled",
      "exact",
      "exact, debiased",
      "critic's lag",
      "condition's slack",
      "floor",
    ]) {
      expect(labels).toContain(label);
    }
    expect(labels).toContain("distance (training units)");
    expect(pathsOf(svg, gradientPenalty.look.color)).toHaveLength(2);
    expect(svg.match(/aria-label="area"/g)).toHaveLength(2);
  });

  it("leaves out what a run has not measured", () => {
    const none = { debiasedEmd: null, emdFloor: null, settledEstimate: null };
    const runs = gradientPenalty.runs.map((run) => ({
      ...withFigures(run, none),
      history: run.history.map((one) => withFigures(one, none)),
    }));
    const { svg } = valuesOverTime([{ ...gradientPenalty, runs }])[0]!.drawing;
    expect(svg).toContain(">running<");
    expect(svg).not.toMatch(/settled|debiased|floor|lag|slack/);
  });

  it("keeps the one scale where no positive factor fits", () => {
    expect(slopeThroughOrigin(proportional(clipped, -1))).toBeNull();
    expect(slopeThroughOrigin(groups[0]!)).toBeNull();
  });

  it("has round ticks", () => {
    expect(evenTicks([-0.35, 1.02])).toEqual([-0, 0.5, 1].map((tick) => expect.closeTo(tick, 12)));
    expect(evenTicks([0, 6])).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});

describe("surfaces", () => {
  it("stand beside the optimal critic's, on one scale where both are distances", async () => {
    const figures = await surfacesOf(groups, comparison);
    expect(figures.map(({ name }) => name)).toEqual(
      ["bce", "w-gp", "w-clip"].flatMap((loss) => [`surface-${loss}`, `optimal-critic-${loss}`]),
    );
    // The ticks of the scale beneath, the last of a drawing.
    const scales = figures.map(({ drawing }) =>
      drawing.svg.slice(drawing.svg.lastIndexOf('aria-label="x-axis tick label"')),
    );
    expect(scales[2]).toContain(scales[3]!.match(/>[^<]*<\/text>/)![0]);
    expect(scales[0]).not.toBe(scales[1]);
  });
});
