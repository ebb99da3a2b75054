import { parseHTML } from "linkedom";
import { afterEach, expect, it, vi } from "vitest";
import { progressDisplay } from "../../src/cli/progress.js";
import { resultsLegend, resultsTable } from "../../src/cli/table.js";
import { InputError } from "../../src/errors.js";
import { metrics, shownIn } from "../../src/metrics/catalogue.js";
import { metric, rangeMetric, summary } from "../../src/metrics/metric.js";
import { familiesOf } from "../../src/report/families.js";
import { resultsText } from "../../src/report/index.js";
import { pageOf } from "../../src/report/page/page.js";
import { groupsOf } from "../../src/report/summary.js";
import { compare } from "../../src/runs/compare.js";
import type { Comparison } from "../../src/runs/results.js";
import { parseResults } from "../../src/runs/resultsSchema.js";
import { resultsOf } from "../../src/runs/runResult.js";
import { evaluationCharts, furtherCharts } from "../../studio/src/charts/evaluationCurves.js";
import { metricCharts } from "../../studio/src/charts/metricChart.js";
import { en } from "../../studio/src/language/en.js";
import { metricWords } from "../../studio/src/language/metricWords.js";
import { figureText } from "../../studio/src/runs/figureText.js";
import { syntheticComparison, withFigures } from "../report/synthetic.js";

const spread = metric({
  name: "spread",
  title: "Spread of the samples",
  head: "spread",
  summary: "The mean distance of a coordinate of a generated sample from 0.",
  unit: "metres",
  better: { near: 1 },
  measure: ({ samples }) => samples.reduce((sum, x) => sum + Math.abs(x), 0) / samples.length,
});
const reach = rangeMetric({
  name: "reach",
  title: "Reach of the samples",
  summary: "The smallest and the largest coordinate.",
  applies: ({ game }) => game.loss.name === "bce",
  measure: ({ samples }) => [samples.reduce((a, b) => Math.min(a, b)), samples.reduce((a, b) => Math.max(a, b))],
});
const change = summary({
  name: "spreadChange",
  title: "Change of the spread",
  summary: "The spread at the end less that at the start.",
  ofHistory: (history) => (spread.of(history.at(-1)!) ?? 0) - (spread.of(history[0]!) ?? 0),
});
const tiny = { width: 8, depth: 1, batch: 16, iterations: 2, evaluateEvery: 1, settle: 0 };
const options = { data: "ring", losses: ["bce", "w-gp"], seeds: [0], settings: tiny };

afterEach(() => {
  vi.restoreAllMocks();
});

async function reportOf(comparison: Comparison): Promise<Document> {
  const groups = groupsOf(comparison);
  return parseHTML(pageOf(comparison, groups, await familiesOf(comparison, groups))).document;
}

/** The words of a page beside its pictures, and what its pictures show. */
const wordsOf = (document: Document) =>
  [document.body.textContent, ...Array.from(document.querySelectorAll("svg"), (one) => one.getAttribute("aria-label"))]
    .join(" ")
    .replaceAll(/\s+/g, " ");

it("a user's own metrics are measured where they apply and stand in results, tables, report and the page of saved runs", async () => {
  const comparison = await compare({ ...options, metrics: [spread, reach, change] });
  // As another program finds them, which knows nothing of these metrics.
  const parsed = parseResults(JSON.parse(resultsText(comparison.results)));
  if (!("results" in parsed)) throw new Error(`${parsed.place}: ${parsed.problem}`);
  const { results } = parsed;
  expect(results).toEqual(comparison.results);
  const [bce, critic] = results.runs as [(typeof results.runs)[0], (typeof results.runs)[0]];
  expect(critic.history.map(({ figures }) => figures.spread)).toEqual(Array(3).fill(expect.any(Number)));
  expect(critic.figures.spread).toBeGreaterThan(0);
  expect(bce.figures.reach).toEqual([expect.any(Number), expect.any(Number)]);
  expect(critic.figures.reach).toBeUndefined();
  expect(bce.figures.spreadChange).toBe(Number(bce.figures.spread) - Number(bce.history[0]!.figures.spread));

  const table = resultsTable(results);
  expect(table).toMatch(/spread/);
  expect(table).toMatch(/Change of the spread/);
  expect(Math.max(...table.split("\n").map((line) => line.trimEnd().length))).toBeLessThanOrEqual(80);
  expect(resultsLegend(results).replaceAll("\n", " ")).toMatch(
    /spread: the mean distance of a coordinate .+In metres: spread\./,
  );

  const report = await reportOf({ ...comparison, results });
  const rows = Array.from(report.querySelectorAll(".differences tr"), (row) => row.textContent.trim());
  const row = rows.find((text) => text.startsWith("Spread of the samples metres"));
  expect(row).toContain(Number(bce.figures.spread).toPrecision(3));
  expect(rows.some((text) => text.startsWith("Reach of the samples"))).toBe(true);
  expect(wordsOf(report)).toMatch(/Spread of the samples of each pairing over the iterations/);
  expect(report.querySelector(".tile")?.textContent).toContain("Spread of the samples");

  const shown = shownIn(results);
  const own = shown.find(({ name }) => name === "spread")!;
  expect(metricWords(own)).toMatchObject({ title: "Spread of the samples" });
  expect(figureText(own, critic)).toMatch(/^\d/);
  const charts = metricCharts(shown, results.runs);
  expect(charts.map(({ title }) => title)).toContain("Spread of the samples (metres)");
  const charted = { label: "W-GP", opponent: "critic", color: "#0b76c5", evaluations: critic.history };
  const single = furtherCharts(charted, shown);
  expect(single.find(({ name }) => name === "spread")?.curves[0]?.values).toHaveLength(3);
  expect(evaluationCharts([charted], 8, en.charts)).toHaveLength(6);
});

it("one that was added to the catalogue is measured in every run, and told of in progress", async () => {
  const added = metric({ ...spread, name: "addedSpread", head: "added" });
  metrics.add(added);
  const { results } = await compare({ ...options, losses: ["bce"], workers: 0 });
  expect(added.of(results.runs[0]!)).toBeGreaterThan(0);
  expect(results.metrics.find(({ name }) => name === "addedSpread")).toMatchObject({ unit: "metres" });
  const elsewhere = compare({ ...options, losses: ["bce"], workers: 1 });
  await expect(elsewhere).rejects.toThrow(
    /The metric "addedSpread" was added in this thread, and others do not know it/,
  );
  let told = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    told += text;
    return true;
  });
  const evaluation = results.runs[0]!.history.at(-1)!;
  progressDisplay(false).update({ name: "bce", iteration: 2, iterations: 2, evaluation });
  expect(told).toMatch(/ {2}added \d/);
});

it("two of one name are refused before anything is trained", async () => {
  const taken = metric({ ...spread, name: "emd" });
  await expect(compare({ ...options, metrics: [taken] })).rejects.toThrow(InputError);
});

it("one that measures what is no figure is told so in one sentence", async () => {
  const wrong = metric({ ...spread, name: "wrong", measure: () => JSON.parse("[1]") });
  await expect(compare({ ...options, losses: ["bce"], metrics: [wrong] })).rejects.toThrow(
    new InputError(
      'The metric "wrong" measured 1: return a number, [smallest, largest], or null where it does not apply.',
    ),
  );
});

it("a figure that no metric is known for is shown by its name", () => {
  const [run] = syntheticComparison({ losses: ["bce"], evaluations: 2 }).results.runs;
  const results = resultsOf("grid", [withFigures(run!, { unknownFigure: 3.25 })]);
  expect(results.metrics.at(-1)).toMatchObject({ name: "unknownFigure", title: "unknownFigure" });
  expect(resultsTable(results)).toMatch(/unknownFigure[\s\S]*3\.25/);
});
