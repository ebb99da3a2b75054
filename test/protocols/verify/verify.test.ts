import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noConstraint } from "../../../src/lipschitz/index.js";
import { sgd } from "../../../src/optimizers/index.js";
import { candidateByName, candidates, type TrainedCandidate } from "../../../src/protocols/verify/candidates.js";
import { type VerifyProgress, verify } from "../../../src/protocols/verify/index.js";
import { cellSamples } from "../../../src/protocols/verify/samples.js";
import { trainCritic } from "../../../src/protocols/verify/trainCritic.js";

let folder: string;
const at = (name: string) => join(folder, name);
const cell = { dimension: 2, funnels: 1 };
const tiny = { cells: [cell], length: { each: 20 }, workers: 0 } as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-verify-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a verification", () => {
  it("trains and measures every kind of critic, keeps the results, and trains none of them again", async () => {
    const seen: VerifyProgress[] = [];
    const critics = ["clip", "orth-maxmin", "exact"];
    const options = { ...tiny, critics, folder: at("kept"), onProgress: (one: VerifyProgress) => seen.push(one) };
    const results = await verify(options);
    expect(results.entries.map(({ critic, iterations }) => [critic, iterations])).toEqual([
      ["clip", 20],
      ["orth-maxmin", 20],
      ["exact", 0],
    ]);
    for (const { cosine, slope, truth } of results.entries) {
      expect(Math.abs(cosine!)).toBeLessThanOrEqual(1);
      expect(slope).toBeGreaterThan(0);
      expect(truth).toBe(results.entries[0]!.truth);
    }
    expect(seen.map(({ cell, critic, iteration }) => `${cell} ${critic} ${iteration}`)).toEqual([
      "D2N1 clip 10",
      "D2N1 clip 20",
      "D2N1 orth-maxmin 10",
      "D2N1 orth-maxmin 20",
    ]);
    expect(JSON.parse(await readFile(join(at("kept"), "verify.json"), "utf8"))).toEqual(results);
    seen.length = 0;
    const more = await verify({ ...options, critics: [...critics, "exact-fakes"] });
    expect(more.entries).toEqual([...results.entries, { ...more.entries[3]!, critic: "exact-fakes" }]);
    expect(seen).toEqual([]);
  });

  it("that is stopped and gone on with ends in the same figures as one that never was", async () => {
    const options = { ...tiny, critics: ["sn"], length: { each: 60 } };
    const whole = await verify({ ...options, folder: at("whole") });
    const controller = new AbortController();
    const stopped = verify({
      ...options,
      folder: at("stopped"),
      signal: controller.signal,
      onProgress: ({ iteration }) => iteration === 40 && controller.abort(),
    });
    await expect(stopped).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    const seen: number[] = [];
    const resumed = await verify({
      ...options,
      folder: at("stopped"),
      onProgress: ({ iteration }) => seen.push(iteration),
    });
    expect(seen).toEqual([50, 60]);
    const figures = ({ entries }: typeof whole) => entries.map(({ seconds: _, ...figures }) => figures);
    expect(figures(resumed)).toEqual(figures(whole));
    expect(whole.entries[0]!.cosine).toBeGreaterThan(0.8);
    expect(await readdir(join(at("stopped"), "critics"))).toEqual([]);
  });

  it("refuses a folder of other settings, which --force replaces, and one that holds something else", async () => {
    const options = { ...tiny, critics: ["exact"], folder: at("settings") };
    await verify(options);
    await expect(verify({ ...options, seed: 1 })).rejects.toThrow(
      /holds a verification with seed 0 and 20 updates of each critic, and this one has seed 1 and 20 updates.*--force/,
    );
    await expect(verify({ ...options, length: { share: 0.5 } })).rejects.toThrow("50 % of each critic's updates");
    const { settings, entries } = await verify({ ...options, seed: 1, force: true });
    expect(settings.seed).toBe(1);
    expect(entries).toHaveLength(1);
    await writeFile(join(at("settings"), "verify.json"), "{");
    await expect(verify(options)).rejects.toThrow("is not a verification's results");
  });

  it("refuses an unknown critic with the nearest, before anything is trained", async () => {
    const seen: VerifyProgress[] = [];
    const options = { ...tiny, folder: at("none"), onProgress: (one: VerifyProgress) => seen.push(one) };
    await expect(verify({ ...options, critics: ["clip", "orht"] })).rejects.toThrow("Did you mean orth?");
    expect(seen).toEqual([]);
  });
});

describe("a critic", () => {
  const options = { signal: new AbortController().signal, onProgress: () => {}, threads: 1 };

  it("whose loss is not finite ends there without figures", async () => {
    const wild: TrainedCandidate = {
      ...(candidateByName("clip") as TrainedCandidate),
      constraint: noConstraint,
      optimizer: () => sgd({ learningRate: 1e30 }),
    };
    const result = await trainCritic(wild, cellSamples(cell, 0), { ...options, iterations: 40, folder: at("wild") });
    expect(result).toMatchObject({ figures: null, iterations: 0 });
  });

  it("may start from samples of either side", async () => {
    const samples = cellSamples(cell, 0);
    const lp = candidateByName("lp") as TrainedCandidate;
    const drawn: number[] = [];
    const curious: TrainedCandidate = {
      ...lp,
      network(setting) {
        const rng = samples.rng();
        drawn.push(setting.drawReal(rng, 5).length, setting.drawFake(rng, 7).length);
        return lp.network(setting);
      },
    };
    await trainCritic(curious, samples, { ...options, iterations: 10, folder: at("curious") });
    expect(drawn).toEqual([10, 14]);
  });
});

it("candidates have names of their own", () => {
  expect(new Set(candidates.map(({ name }) => name)).size).toBe(candidates.length);
});
