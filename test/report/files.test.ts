import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { loadResults, resultsText, writeReport } from "../../src/report/index.js";
import { syntheticComparison } from "./synthetic.js";

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

  it("is read where an older version wrote it, with null for what that did not measure", async () => {
    const { runs, distanceUnit, ...rest } = comparison.results;
    const ofRuns = ["estimateCorrelation", "lateEstimateCorrelation", "settledCorrelation", "settledError"];
    const ofBoth = ["starvedShare", "debiasedEmd", "emdFloor", "settledEstimate", "settledUpdates", "settledSlope"];
    const younger = [...ofRuns, ...ofBoth];
    const without = (name: string, value: unknown) => (younger.includes(name) ? undefined : value);
    await writeFile(at("older.json"), JSON.stringify({ ...rest, runs }, without));
    const loaded = await loadResults(at("older.json"));
    expect(loaded.distanceUnit).toBe(distanceUnit);
    for (const run of loaded.runs) {
      expect(run).toMatchObject(Object.fromEntries(younger.map((name) => [name, null])));
      for (const evaluation of run.history)
        expect(evaluation).toMatchObject(Object.fromEntries(ofBoth.map((name) => [name, null])));
    }
    expect(loaded.runs.map(({ emd }) => emd)).toEqual(runs.map(({ emd }) => emd));
  });

  it.each([
    ["is missing", undefined],
    ["is no JSON", "{"],
    ["is of another version", JSON.stringify({ version: 2, data: "grid", runs: [] })],
    ["lacks a figure", JSON.stringify({ version: 1, data: "grid", runs: [{ loss: "bce" }] })],
  ])("is refused in one sentence where it %s", async (name, text) => {
    const path = at(`${name}.json`);
    if (text !== undefined) await writeFile(path, text);
    await expect(loadResults(path)).rejects.toThrow(InputError);
  });

  it("holds null where a figure is not finite", () => {
    const { results } = comparison;
    const [run] = results.runs;
    const text = resultsText({ ...results, runs: [{ ...run!, slopeMax: Number.POSITIVE_INFINITY }] });
    expect(JSON.parse(text).runs[0].slopeMax).toBeNull();
  });
});
