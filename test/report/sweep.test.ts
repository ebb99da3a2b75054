import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { emd } from "../../src/metrics/exactDistances.js";
import { longerCommand } from "../../src/report/sweep/longerCommand.js";
import { sweepPage } from "../../src/report/sweep/page.js";
import { axisOf, numbersAxis } from "../../src/report/sweep/placedAxis.js";
import { rankSettings, spreadIn } from "../../src/report/sweep/ranking.js";
import type { SweepStanding } from "../../src/report/sweep/sweepResults.js";
import { planSweep, type SweepAsked } from "../../src/sweeps/planSweep.js";
import type { EndedRun } from "../../src/sweeps/runSweep.js";
import { choiceOf } from "../../src/sweeps/settingChoice.js";
import type { PlannedRun } from "../../src/sweeps/sweepPlan.js";

const asked: SweepAsked = {
  data: "ring",
  losses: ["w-gp", "w-clip"],
  seeds: [0, 1],
  settings: { iterations: 100, batch: 32, conditional: true },
  choices: { lambda: choiceOf("lambda", "0.01,1,10"), width: choiceOf("width", "8,16") },
};

/** What a sweep came to where a run has the figure that it is given; `null`: it diverged, `undefined`: it has not ended. */
async function standing(figure: (run: PlannedRun) => number | null | undefined, other = asked): Promise<SweepStanding> {
  const { plan } = await planSweep(other, "sweep");
  const ended = plan.runs.flatMap((run): EndedRun[] => {
    const value = figure(run);
    if (value === undefined) return [];
    const { loss, seed } = run.config;
    const figures = value === null ? {} : { emd: value };
    const stopped = value === null ? "The loss was not finite." : null;
    return [{ run, result: { loss, seed, iterations: 100, seconds: 1, stopped, figures, history: [] } }];
  });
  const by = ended.length > 0 ? emd : undefined;
  return { directory: "sweep", plan, ended, by, ranked: rankSettings(plan, ended, by), shown: by ? [by] : [] };
}

/** Best where lambda is 1; the wider one diverges with one of its seeds there. */
const figureOf = ({ config: { lambda = 5, width, seed } }: PlannedRun) =>
  lambda === 1 && width === 16 && seed === 1
    ? null
    : Math.abs(Math.log10(lambda)) + 0.1 * seed + (width === 8 ? 0.01 : 0.02);

describe("settings are ranked", () => {
  it("by their mean, those with a run that diverged behind", async () => {
    const { ranked } = await standing(figureOf);
    const settings = ranked.map(({ loss, settings: { lambda, width } }) => [loss, lambda, width]);
    expect(settings).toEqual([
      ["w-gp", 1, 8],
      ["w-clip", undefined, 8],
      ["w-clip", undefined, 16],
      ["w-gp", 10, 8],
      ["w-gp", 10, 16],
      ["w-gp", 0.01, 8],
      ["w-gp", 0.01, 16],
      ["w-gp", 1, 16],
    ]);
    expect(spreadIn(ranked[0]!, emd)).toEqual({ mean: expect.closeTo(0.06, 12), error: expect.closeTo(0.05, 12) });
    expect(spreadIn(ranked[7]!, emd)).toEqual({ mean: expect.closeTo(0.02, 12), error: null });
  });

  it("with those that have not ended last", async () => {
    const { ranked } = await standing((run) => (run.settings.lambda === 10 ? figureOf(run) : undefined));
    expect(ranked.slice(0, 2).map(({ settings: { lambda } }) => lambda)).toEqual([10, 10]);
    expect(ranked[2]).toMatchObject({ missing: 2, ended: [] });
  });
});

describe("an axis", () => {
  it("is logarithmic where numbers span a factor of 10, and has a place for each name otherwise", () => {
    const rates = numbersAxis("rate", [1e-4, 1e-3, 1e-2]);
    expect(rates.isLogarithmic).toBe(true);
    expect(rates.place(1e-3)).toBeCloseTo(0.5, 12);
    expect(rates.place(2)).toBeNull();
    expect(numbersAxis("width", [64, 128]).isLogarithmic).toBe(false);
    const ema = axisOf("ema", [null, 0.99]);
    expect(ema.ticks).toEqual([
      { at: 0, text: "none" },
      { at: 1, text: "0.99" },
    ]);
    expect(axisOf("one", [3]).place(3)).toBe(0.5);
  });

  it("has no two ticks that overlap", () => {
    const values = Array.from({ length: 200 }, (_, i) => 10 ** (i / 20));
    const places = numbersAxis("many", values).ticks.map(({ at }) => at);
    expect(places.length).toBeGreaterThan(2);
    for (const [i, place] of places.entries()) expect(place - (places[i - 1] ?? -1)).toBeGreaterThan(0.05);
  });
});

describe("the page of a sweep", () => {
  const elements = (markup: string, selector: string) =>
    Array.from(parseHTML(markup).document.querySelectorAll(selector));

  it("has a row for each setting, a line for each that has a figure, and a dot for each run over each setting", async () => {
    const markup = sweepPage(await standing(figureOf));
    expect(elements(markup, ".settings tbody tr")).toHaveLength(8);
    expect(elements(markup, ".parallel g[stroke-opacity='0.85'] path")).toHaveLength(8);
    const scatters = elements(markup, ".row figure");
    expect(scatters.map((one) => one.querySelector("figcaption")?.textContent)).toEqual(["loss", "lambda", "width"]);
    // Of 16 runs one diverged; w-clip has no lambda.
    const dots = (one: Element) => one.querySelectorAll("g[fill-opacity='0.7'] path").length;
    expect(scatters.map(dots)).toEqual([15, 11, 15]);
    expect(elements(markup, "h1")[0]?.textContent).toBe("w-gp, lambda 1, width 8");
    expect(markup).toContain("1 of 16 runs diverged.");
  });

  it("is written while nothing has ended", async () => {
    const markup = sweepPage(await standing(() => undefined));
    expect(markup).toContain("No run has ended yet");
    expect(markup).toContain("16 of 16 runs have not ended yet.");
  });

  it("has the command that trains the best one longer", async () => {
    const { plan, ranked } = await standing(figureOf);
    expect(longerCommand(plan, ranked[0]!)).toBe(
      "monge train ring --loss w-gp --batch 32 --conditional --lambda 1 --width 8 --seed 0 --iterations 400 --out best",
    );
  });
});
