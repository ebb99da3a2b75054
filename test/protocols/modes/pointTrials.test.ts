import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPoints } from "../../../src/data/pointSets.js";
import { grid, ring } from "../../../src/data/points.js";
import { InputError } from "../../../src/errors.js";
import { modeCoverage } from "../../../src/metrics/modes.js";
import { readResults } from "../../../src/protocols/modes/folder.js";
import { benchmarkModes, type ModesOptions } from "../../../src/protocols/modes/modes.js";
import { realPoints } from "../../../src/protocols/modes/pointTrials.js";
import type { ModesResults } from "../../../src/protocols/modes/results.js";
import { temporaryFolder } from "../../data/files.js";

const settings = { width: 8, depth: 1, batch: 16, iterations: 4, evaluateEvery: 4 };

/** By default two trials of one loss in this thread, and which were trained. */
async function run(out: string, options: Partial<ModesOptions> = {}): Promise<[ModesResults, string[]]> {
  const trained = new Set<string>();
  const results = await benchmarkModes({
    protocol: "ring",
    out,
    losses: ["w-gp"],
    trials: 2,
    settings,
    workers: 0,
    onProgress: ({ name }) => trained.add(name.replace(/ \(.*/, "")),
    ...options,
  });
  return [results, [...trained]];
}

const namesOf = ({ trials }: ModesResults) => trials.map(({ config }) => `${config.loss} ${config.seed}`);

describe("trials of points in a folder", () => {
  let out: string;
  let first: ModesResults;

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), "monge-modes-"));
    [first] = await run(out);
  });

  afterAll(() => rm(out, { recursive: true, force: true }));

  it("are kept with samples that give the same figures when they are counted again in the protocol's units", async () => {
    expect(namesOf(first)).toEqual(["w-gp 0", "w-gp 1"]);
    expect((await readdir(out)).sort()).toEqual(["results.json", "samples", "samples.png", "samples.svg"]);
    const centers = Array.from({ length: 8 }, (_, k) => [Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)]);
    for (const { config, modes, highQualityShare } of first.trials) {
      const { points, count } = await readPoints(join(out, "samples", `w-gp-seed-${config.seed}.csv`));
      expect(count).toBe(2500);
      const counted = modeCoverage(Float32Array.from(points), { centers, deviation: 0.01 });
      expect([modes, highQualityShare]).toEqual([counted.captured, counted.highQualityShare]);
    }
  });

  it.each<[string, Partial<ModesOptions>, RegExp]>([
    [
      "other settings",
      { settings: { ...settings, lambda: 3 } },
      /other settings \(lambda is 0\.\d+ there and 3 here\)/,
    ],
    ["another protocol", { protocol: "grid" }, /holds trials of --protocol ring/],
    ["a quick look", { quick: true }, /holds trials without --quick/],
    ["a setting out of range", { settings: { ...settings, width: 0 } }, /width cannot be 0/],
  ])("are not mixed with %s", async (_, options, says) => {
    await expect(run(out, options)).rejects.toThrow(InputError);
    await expect(run(out, options)).rejects.toThrow(says);
    expect(namesOf((await readResults(out))!)).toEqual(["w-gp 0", "w-gp 1"]);
  });

  it("are not trained again, and trials of other seeds and losses join them", async () => {
    expect(await run(out)).toEqual([first, []]);
    const [more, trained] = await run(out, { losses: ["bce", "w-gp"], seed: 1 });
    expect(trained).toEqual(["bce 1", "bce 2", "w-gp 2"]);
    expect(namesOf(more)).toEqual(["bce 1", "bce 2", "w-gp 0", "w-gp 1", "w-gp 2"]);
    expect(more.trials.slice(2, 4)).toEqual(first.trials);
    expect(await readResults(out)).toEqual(more);
    const { reproduced } = JSON.parse(await readFile(join(out, "results.json"), "utf8"));
    expect(reproduced).toMatchObject([
      { loss: "bce", trials: 2 },
      { loss: "w-gp", trials: 3 },
    ]);
  });

  it("are kept when the next is stopped, and the same call goes on to the same figures", async () => {
    const parted = await temporaryFolder();
    const controller = new AbortController();
    const stopped = run(parted, {
      signal: controller.signal,
      onProgress: ({ name, iteration }) => name.startsWith("w-gp 1") && iteration === 2 && controller.abort(),
    });
    await expect(stopped).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    expect(namesOf((await readResults(parted))!)).toEqual(["w-gp 0"]);
    const [after, trained] = await run(parted);
    expect(trained).toEqual(["w-gp 1"]);
    const figures = ({ trials }: ModesResults) => trials.map(({ seconds: _, ...rest }) => rest);
    expect(figures(after)).toEqual(figures(first));
  });
});

describe("trials of points", () => {
  it("that diverge are counted, with what happened", async () => {
    const wild = { ...settings, optimizer: "sgd" as const, learningRate: 1e20 };
    const [{ trials }] = await run(await temporaryFolder(), { losses: ["w-none"], trials: 1, settings: wild });
    expect(trials[0]!.stopped).toMatch(/was not finite/);
    expect(trials[0]!.iterations).toBeLessThan(4);
  });

  it("are refused where there would be nothing to judge, or the folder holds something else", async () => {
    const out = await temporaryFolder();
    await expect(run(out, { settings: { ...settings, evaluateEvery: 0 } })).rejects.toThrow(
      /evaluateEvery cannot be 0/,
    );
    await writeFile(join(out, "results.json"), "{");
    await expect(run(out)).rejects.toThrow(
      /results\.json holds no results of monge benchmark modes.*give another --out/,
    );
  });
});

describe("real points", () => {
  it.each([
    ["ring", 8],
    ["grid", 25],
  ] as const)("of the %s are in all modes, and as many of high quality as lie within 3 deviations", (name, modes) => {
    const data = { ring, grid }[name]();
    const real = realPoints(data, 2500);
    expect(real.modes).toBe(modes);
    // 1 - exp(-9/2), within four standard errors of a share among 2,500.
    const expected = 1 - Math.exp(-4.5);
    expect(Math.abs(real.highQualityShare! - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 2500));
    expect(real.emd).toBeGreaterThan(0);
    expect(real.emd).toBeLessThan(0.2);
  });
});
