import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { loadResults, resultsText, writeReport } from "../../src/report/index.js";
import { syntheticComparison, withFigures } from "./synthetic.js";

const comparison = syntheticComparison({ evaluations: 4 });
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-report-"));
  await writeReport(at("whole"), comparison);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a report", () => {
  it("is results.json, a page and every picture twice, as SVG and as a PNG that decodes", async () => {
    expect((await readdir(at("whole"))).sort()).toEqual(["pictures", "report.html", "results.json"]);
    const pictures = await readdir(at("whole/pictures"));
    const names = (extension: string) =>
      pictures.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -4));
    expect(names(".png")).toEqual(names(".svg"));
    expect(names(".png")).toEqual(expect.arrayContaining(["overview", "samples-bce", "optimal-critic-w-gp"]));
    for (const name of names(".png")) {
      const { width, height } = await sharp(at(`whole/pictures/${name}.png`)).metadata();
      expect(Math.min(width, height), name).toBeGreaterThan(100);
    }
  });

  it("is refused where it cannot be written, and leaves nothing", async () => {
    await writeFile(at("file"), "");
    const small = syntheticComparison({ losses: ["bce"], evaluations: 1, shape: [1] });
    await expect(writeReport(at("file/below"), small)).rejects.toThrow(InputError);
    expect(await readFile(at("file"), "utf8")).toBe("");
  });
});

describe("results.json", () => {
  it("is read back as it was written", async () => {
    expect(await loadResults(at("whole/results.json"))).toEqual(comparison.results);
  });

  it("is read where version 1 of it was written, with what follows from its evaluations", async () => {
    const { runs, data } = comparison.results;
    const ofVersion1 = runs.map(({ figures: { modesTotal, ...ofRun }, history, ...run }) => ({
      ...{ ...run, ...ofRun, modesTotal, estimateCorrelation: null, feedbackFirst: 7 },
      history: history.map(({ figures: { modesTotal: _, ...figures }, ...one }) => ({
        // What did not apply was null.
        ...{ wassersteinEstimate: null, heldOutEstimate: null, settledEstimate: null, settledUpdates: null },
        ...{ ...figures, ...one },
      })),
    }));
    await writeFile(at("version1.json"), JSON.stringify({ version: 1, data, runs: ofVersion1 }));
    expect(await loadResults(at("version1.json"))).toEqual(comparison.results);
  });

  it.each([
    ["is missing", undefined],
    ["is not JSON", "{"],
    ["is of another version", JSON.stringify({ version: 3, data: "grid", runs: [] })],
    ["has no runs", JSON.stringify({ version: 2, data: "grid", metrics: [], runs: [] })],
    ["lacks a figure", JSON.stringify({ version: 1, data: "grid", runs: [{ loss: "bce" }] })],
  ])("is refused in one sentence where it %s", async (name, text) => {
    const path = at(`${name}.json`);
    if (text !== undefined) await writeFile(path, text);
    await expect(loadResults(path)).rejects.toThrow(InputError);
  });

  it("holds null where a figure is not finite", async () => {
    const { results } = comparison;
    const [run] = results.runs;
    const text = resultsText({ ...results, runs: [withFigures(run!, { slopeMax: Number.POSITIVE_INFINITY })] });
    expect(JSON.parse(text).runs[0].figures.slopeMax).toBeNull();
    await writeFile(at("not finite.json"), text);
    expect((await loadResults(at("not finite.json"))).runs[0]!.figures.slopeMax).toBeNaN();
  });
});
