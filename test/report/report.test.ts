import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { formatNumber } from "../../src/report/format.js";
import { imageGrid, loadResults, resultsText, writeReport } from "../../src/report/index.js";
import { type SyntheticOptions, syntheticComparison } from "./synthetic.js";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-report-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a report", () => {
  it("is results.json, a page and every picture twice, as SVG and as a PNG that decodes", async () => {
    await writeReport(at("whole"), syntheticComparison());
    expect((await readdir(at("whole"))).sort()).toEqual(["pictures", "report.html", "results.json"]);
    const pictures = await readdir(at("whole/pictures"));
    const names = (extension: string) =>
      pictures.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -4));
    expect(names(".png")).toEqual(names(".svg"));
    expect(names(".png")).toEqual(
      expect.arrayContaining(["samples-bce", "surface-w-gp", "generator-feedback", "modes-captured"]),
    );
    for (const name of names(".png")) {
      const { width, height } = await sharp(at(`whole/pictures/${name}.png`)).metadata();
      expect(Math.min(width, height), name).toBeGreaterThan(100);
    }
  });

  it("opens from disk: nothing in the page is loaded from elsewhere", async () => {
    const html = await readFile(at("whole/report.html"), "utf8");
    const loaded = [...html.matchAll(/\b(?:src|href|srcset)\s*=\s*"([^"]*)"/g)].map(([, url]) => url!);
    expect(loaded.filter((url) => !/^(data:|#|pictures\/)/.test(url))).toEqual([]);
    expect(html).not.toMatch(/@import|url\(\s*["']?https?:/);
  });

  it("shows the figures of the results, and nothing made up", async () => {
    const { results } = syntheticComparison();
    const text = (await readFile(at("whole/report.html"), "utf8")).replaceAll(/<[^>]*>/g, " ");
    for (const { emd, modesCaptured, modesTotal, heldOutEstimate } of results.runs) {
      expect(text).toContain(formatNumber(emd));
      expect(text).toMatch(new RegExp(`${modesCaptured}\\s+of\\s+${modesTotal}`));
      if (heldOutEstimate !== null) expect(text).toContain(formatNumber(heldOutEstimate));
    }
  });

  const others: [name: string, options: SyntheticOptions][] = [
    ["one run", { losses: ["w-gp"] }],
    ["one evaluation", { evaluations: 1 }],
    ["three seeds", { seeds: [0, 1, 2], evaluations: 3 }],
    [
      "every pairing",
      { losses: ["bce", "bce-ns", "hinge", "ls", "w-none", "w-clip", "w-gp", "w-lp", "w-sn"], evaluations: 2 },
    ],
    ["a run that diverged", { losses: ["w-none", "w-gp"], stopped: "w-none", evaluations: 4 }],
    ["images", { shape: [28, 28, 1], evaluations: 3 }],
    ["one dimension", { shape: [1], evaluations: 3 }],
    ["a table of five columns", { shape: [5], evaluations: 3 }],
  ];
  it.each(others)("can be made of %s", async (name, options) => {
    await writeReport(at(name), syntheticComparison(options));
    const html = await readFile(join(at(name), "report.html"), "utf8");
    const text = html.replaceAll(/data:[^"]*/g, "");
    expect([...text.matchAll(/.{0,40}(NaN|undefined|Infinity).{0,40}/g)].map(([found]) => found)).toEqual([]);
  });

  it("is refused where it cannot be written, and leaves nothing", async () => {
    await writeFile(at("file"), "");
    await expect(writeReport(at("file/below"), syntheticComparison({ evaluations: 1 }))).rejects.toThrow(InputError);
    expect(await readFile(at("file"), "utf8")).toBe("");
  });
});

describe("results.json", () => {
  it("is read back as it was written", async () => {
    expect(await loadResults(at("whole/results.json"))).toEqual(syntheticComparison().results);
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
    const { results } = syntheticComparison({ evaluations: 1 });
    const [run] = results.runs;
    const text = resultsText({ ...results, runs: [{ ...run!, slopeMax: Number.POSITIVE_INFINITY }] });
    expect(JSON.parse(text).runs[0].slopeMax).toBeNull();
  });
});

describe("a grid of images", () => {
  it("has a pixel for each of theirs, -1 black and 1 white", async () => {
    const values = Float32Array.of(-1, 1, 1, -1, 0, 0, 0, 0);
    const { data, info } = await sharp(await imageGrid(values, [2, 2, 1], 2))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([2 + 2 + 2, 2]);
    const pixel = (x: number, y: number) => data[(y * info.width + x) * info.channels];
    expect([pixel(0, 0), pixel(1, 0), pixel(0, 1), pixel(1, 1)]).toEqual([0, 255, 255, 0]);
    expect([127, 128]).toContain(pixel(4, 0));
  });

  it("refuses what is no image", async () => {
    await expect(imageGrid(new Float32Array(3), [2, 2, 1], 1)).rejects.toThrow(RangeError);
    await expect(imageGrid(new Float32Array(8), [2, 2, 2], 1)).rejects.toThrow(RangeError);
  });
});
