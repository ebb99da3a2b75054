import { afterEach, describe, expect, it, vi } from "vitest";
import { type ProgressEvent, progressDisplay } from "../../src/cli/progress.js";
import { seedsTable } from "../../src/cli/seedsTable.js";
import { resultsLegend, resultsNotes, resultsTable } from "../../src/cli/table.js";
import type { Evaluation } from "../../src/metrics/metric.js";
import type { RunResult } from "../../src/runs/results.js";
import { resultsOf } from "../../src/runs/runResult.js";
import { withFigures } from "../report/synthetic.js";

const evaluation: Evaluation = {
  iteration: 0,
  seconds: 0,
  figures: {
    ...{ criticLoss: 1, wassersteinEstimate: 0.5, heldOutEstimate: 0.25, settledEstimate: 0.0625 },
    ...{ emd: 0.125, emdFloor: 0.0625, modesCaptured: 7, modesTotal: 8, highQualityShare: 0.9, feedback: 1 },
  },
};

afterEach(() => {
  vi.restoreAllMocks();
});

/** What is told on standard error of a run that is evaluated every so many iterations (0: never). */
function told(iterations: number, every: number, quiet = false, about: Partial<ProgressEvent> = {}): string[] {
  let text = "";
  vi.spyOn(process.stderr, "write").mockImplementation((part) => {
    text += part;
    return true;
  });
  const display = progressDisplay(quiet);
  const run = { name: "w-gp", iterations, ...about };
  for (let iteration = 0; iteration <= iterations; iteration++) {
    if (iteration > 0) display.update({ ...run, iteration });
    if (every > 0 && iteration % every === 0) display.update({ ...run, iteration, evaluation });
  }
  display.stop();
  return text.split("\n").slice(0, -1);
}

describe("progress on what is no terminal", () => {
  it("is a line for each evaluation, with its figures", () => {
    const lines = told(100, 10);
    expect(lines.map((line) => line.split("  ")[1])).toEqual(Array.from({ length: 11 }, (_, i) => `${10 * i}/100`));
    expect(lines.at(-1)).toMatch(
      /it\/s, 0 s left {2}running 0.25 {2}settled 0.0625 {2}EMD 0.125 \(floor 0.0625\) {2}modes 7\/8$/,
    );
  });

  it("stays short where evaluations are many or none", () => {
    expect(told(1000, 1).length).toBeLessThanOrEqual(21);
    expect(told(1000, 0).length).toBeGreaterThanOrEqual(9);
    expect(told(1000, 0).length).toBeLessThanOrEqual(11);
  });

  it("counts what follows to the time left where that is known, and names it where it is not", () => {
    vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValue(10_000);
    // One iteration in ten seconds; two are left, and what takes as long as six.
    expect(told(4, 0, false, { more: 6 })[1]).toMatch(/0\.1 it\/s, 1 min 20 s left in all$/);
    vi.spyOn(performance, "now").mockReturnValueOnce(0).mockReturnValue(10_000);
    expect(told(4, 0, false, { next: "4000 iterations" })[1]).toMatch(/20 s left, then 4000 iterations$/);
  });

  it("is nothing where it is to be quiet", () => {
    expect(told(100, 10, true)).toEqual([]);
  });
});

describe("the table of a comparison", () => {
  const run: RunResult = {
    ...{ loss: "w-clip", seed: 10, iterations: 4000, seconds: 1234.5, stopped: null, history: [] },
    figures: {
      ...{ wassersteinEstimate: -0.01234, heldOutEstimate: -0.01234, emd: 0.01234, modesTotal: 25, modesCaptured: 25 },
      ...{ highQualityShare: 0.987, feedback: 1, feedbackFirst: 1.2e-5, feedbackLast: 1.2e-5, slopeMean: 0.0123 },
      ...{ starvedShare: 0.25, estimatePearson: 0.787, lateEstimatePearson: 0.987 },
      ...{ debiasedEmd: 0.01234, emdFloor: 0.01234, settledEstimate: 0.01234, settledUpdates: 400 },
      ...{ settledPearson: 0.987, settledError: 0.1 },
      ...{ realScoreRange: [-0.0123, -0.0045], fakeScoreRange: [-0.0123, -0.0045] },
    },
  };
  const results = (...runs: readonly RunResult[]) => resultsOf("grid", runs);

  it("fits into 80 columns with long numbers, and so does what stands below", () => {
    const runs = [run, { ...run, loss: "w-none", stopped: "It was not finite." }, { ...run, seed: 11 }];
    for (const text of [resultsTable(results(...runs)), resultsLegend(results(...runs)), ...resultsNotes(runs)])
      for (const line of text.split("\n")) expect(line.trimEnd().length).toBeLessThanOrEqual(80);
  });

  it("has the runs of a loss together, and a dash where a figure does not apply", () => {
    const bce = { ...withFigures(run, { wassersteinEstimate: null, heldOutEstimate: null }), loss: "bce" };
    const rows = resultsTable(results(bce, run, { ...bce, seed: 11 }, { ...run, seed: 11 })).split("\n");
    const cells = rows.slice(3, 7).map((row) => row.split(/ +/));
    expect(cells.map(([loss, seed]) => `${loss} ${seed}`)).toEqual(["bce 10", "bce 11", "w-clip 10", "w-clip 11"]);
    expect(cells[0]![2]).toBe("-");
  });

  it("is followed by means and deviations over several seeds, in 80 columns, and by none of one seed", () => {
    const of = (loss: string, seed: number, emd: number) => ({ ...run, loss, seed, figures: { emd, emdFloor: 0.1 } });
    const runs = [of("w-gp", 0, 0.1), of("bce", 0, 0.5), of("w-gp", 1, 0.2), of("w-gp", 2, 0.6)];
    const lines = (seedsTable(results(...runs)) ?? "").split("\n").filter((line) => !line.includes("─"));
    // The mean of 0.1, 0.2 and 0.6, and the root of half of 0.04 + 0.01 + 0.09.
    expect(lines.map((line) => line.trim().replaceAll(/ +/g, " "))).toEqual([
      "loss seeds EMD floor",
      "w-gp 3 0.3 ± 0.26 0.1 ± 0",
      "bce 1 0.5 0.1",
    ]);
    const wide = seedsTable(results(run, { ...run, seed: 11 })) ?? "";
    for (const line of wide.split("\n")) expect(line.trimEnd().length).toBeLessThanOrEqual(80);
    expect(seedsTable(results(run, { ...run, loss: "bce" }))).toBeUndefined();
  });

  it("leaves out and does not explain what no run has", () => {
    const images = withFigures(run, {
      ...{ emd: null, debiasedEmd: null, emdFloor: null, settledEstimate: null, settledUpdates: null },
      ...{ modesCaptured: null, modesTotal: null, highQualityShare: null },
    });
    const heads = resultsTable(results(images))
      .split("\n")
      .filter((line) => line.startsWith("loss"));
    expect(heads.map((line) => line.trim().split(/ +/))).toEqual([
      ["loss", "seed", "running"],
      ["loss", "seed", "feedback", "slope", "real", "scores", "fake", "scores", "s"],
    ]);
    expect(resultsLegend(results(images))).not.toMatch(/settled|EMD|floor|HQ/);
    expect(resultsLegend(results(run))).toMatch(/settled.*EMD.*floor.*HQ/s);
  });

  it("is followed by what has no room in it, for the runs that have it", () => {
    const none = { estimatePearson: null, lateEstimatePearson: null, settledEstimate: null, settledPearson: null };
    const bce = { ...withFigures(run, { ...none, settledError: null }), loss: "bce" };
    const words = (notes: readonly string[]) => notes.map((note) => note.replaceAll("\n", " "));
    const settled = withFigures(run, { settledEstimate: 0.25, debiasedEmd: 0.2, emdFloor: 0.1, heldOutEstimate: 0.05 });
    expect(words(resultsNotes([bce, settled]))).toEqual([
      "The critic's lag behind its generator, settled - running: w-clip 0.2.",
      "The slack of its condition, settled - debiased: w-clip 0.05 (less than the floor). (Weight clipping does not hold slopes at 1: w-clip has a scale of its own.)",
      "Correlation (Pearson) of settled and debiased over the run: w-clip 0.99.",
      "Correlation (Pearson) of running and EMD over the run: w-clip 0.79 (second half 0.99).",
      "Samples that starve at the end, with feedback below 0.001: bce 25 %, w-clip 25 %.",
    ]);
    expect(words(resultsNotes([{ ...settled, loss: "w-gp" }]))).toContain(
      "Correlation (Pearson) of settled and debiased over the run: w-gp 0.99 (off by 10 % above the floor).",
    );
    const several = words(resultsNotes([run, { ...run, seed: 11 }]));
    expect(several.at(-1)).toContain("w-clip (seed 10) 25 %, w-clip (seed 11) 25 %.");
    expect(resultsNotes([withFigures(bce, { starvedShare: null })])).toEqual([]);
  });
});
