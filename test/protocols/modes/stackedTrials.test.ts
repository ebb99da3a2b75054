import { existsSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Dataset } from "../../../src/data/dataset.js";
import { stackedMnist } from "../../../src/data/sets/stackedMnist.js";
import type { Trial } from "../../../src/protocols/modes/results.js";
import { judgeSavedRun } from "../../../src/protocols/modes/savedRun.js";
import { type Classify, drawnModes, stackedLabels } from "../../../src/protocols/modes/stackedLabels.js";
import { realStacked, stackedTrials } from "../../../src/protocols/modes/stackedTrials.js";
import { resolveConfig } from "../../../src/runs/config.js";
import { newRun } from "../../../src/runs/run.js";
import { loadRun } from "../../../src/runs/savedRun.js";
import { trainRun } from "../../../src/runs/trainRun.js";
import { temporaryFolder } from "../../data/files.js";

const PIXELS = 28 * 28;

/** Takes the mean of an image for its label: -1 is 0 and 1 is 9. */
const byBrightness: Classify = async (images, count) =>
  Uint8Array.from({ length: count }, (_, i) => {
    const mean = images.subarray(i * PIXELS, (i + 1) * PIXELS).reduce((sum, value) => sum + value, 0) / PIXELS;
    return Math.min(9, Math.floor(5 * (mean + 1)));
  });

/** Images whose channels have these labels, `[triples.length, 28, 28, 3]`. */
function imagesOf(triples: readonly (readonly number[])[]): Float32Array {
  const size = PIXELS * 3;
  return Float32Array.from(
    { length: triples.length * size },
    (_, i) => (triples[Math.floor(i / size)]![i % 3]! + 0.5) / 5 - 1,
  );
}

describe("stacked digits", () => {
  it("are classified channel by channel", async () => {
    const triples = [
      [1, 2, 3],
      [9, 0, 4],
    ];
    expect([...(await stackedLabels(imagesOf(triples), byBrightness))]).toEqual(triples.flat());
  });

  it("are drawn until as many as asked for are judged, and no more", async () => {
    let drawn = 0;
    const told: number[] = [];
    const draw = () =>
      imagesOf(Array.from({ length: 4 }, () => [Math.floor(drawn / 100), Math.floor(drawn / 10) % 10, drawn++ % 10]));
    const modes = await drawnModes(draw, 10, byBrightness, { onProgress: (done) => told.push(done) });
    expect(modes).toMatchObject({ captured: 10, total: 1000 });
    expect(modes.klDivergence).toBeCloseTo(Math.log(100), 10);
    expect(told).toEqual([4, 8, 10]);
    const signal = AbortSignal.abort();
    await expect(drawnModes(draw, 10, byBrightness, { signal })).rejects.toThrow(
      expect.objectContaining({ name: "AbortError" }),
    );
  });
});

describe("trials of stacked digits", () => {
  const settings = { network: "mlp", normalisation: "none", width: 8, depth: 1, batch: 8, latent: 4 } as const;
  const schedule = { iterations: 6, evaluateEvery: 6, checkpointEvery: 6 };
  let data: Dataset;

  beforeAll(async () => {
    data = await stackedMnist();
  });

  /** Trains and judges one, and returns it and the iterations that were heard of. */
  async function run(out: string, { width = 8, stopAt }: { readonly width?: number; readonly stopAt?: number } = {}) {
    const config = resolveConfig(
      { ...settings, ...schedule, width, data: "stacked-mnist", loss: "w-gp", seed: 3 },
      data,
    );
    const kept: Trial[] = [];
    const heard: number[] = [];
    const controller = new AbortController();
    await stackedTrials(
      {
        configs: [config],
        data,
        out,
        samples: 300,
        signal: controller.signal,
        onProgress({ name, iteration }) {
          if (name === "w-gp 3") heard.push(iteration);
          if (iteration === stopAt) controller.abort();
        },
        keep: async (trial) => void kept.push(trial),
      },
      byBrightness,
    );
    return { trial: kept[0]!, heard };
  }

  it("go on from where they were stopped to the same figures, as runs that other commands take", async () => {
    const [whole, parted] = [await temporaryFolder(), await temporaryFolder()];
    const { trial } = await run(whole);
    expect(trial).toMatchObject({ iterations: 6, stopped: null, highQualityShare: null, emd: null });
    expect(trial.modes).toBeGreaterThan(0);
    expect(trial.klDivergence).toBeGreaterThan(0);

    await expect(run(parted, { stopAt: 3 })).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    const directory = join(parted, "w-gp-seed-3");
    expect((await loadRun(directory)).progress.iteration).toBe(3);
    const { trial: resumed, heard } = await run(parted);
    expect(heard).not.toContain(3);
    expect({ ...resumed, seconds: 0 }).toEqual({ ...trial, seconds: 0 });
    expect(existsSync(join(parted, "samples-w-gp-seed-3.png"))).toBe(true);

    // Judged again without being trained, and not mistaken for a run of other settings.
    const again = await run(parted);
    expect(again.heard).toEqual([]);
    expect({ ...again.trial, seconds: 0 }).toEqual({ ...trial, seconds: 0 });
    await expect(run(parted, { width: 9 })).rejects.toThrow(/w-gp-seed-3 keeps a run of other settings \(width is 8/);
  });

  it("have real digits that the classifier has not seen beside them", async () => {
    const batch = () => {
      throw new Error("these were for training");
    };
    const real = await realStacked({ ...data, batch }, 300, byBrightness, {});
    expect(real.modes).toBeGreaterThan(3);
  });
});

describe("a saved run that cannot be judged", () => {
  it("is refused with the reason", async () => {
    const directory = join(await temporaryFolder(), "run");
    const run = await newRun(
      { data: "ring", loss: "w-gp", width: 8, depth: 1, batch: 16, iterations: 1, evaluateEvery: 0 },
      directory,
    );
    for await (const _ of trainRun(run));
    await expect(judgeSavedRun(directory, {})).rejects.toThrow(/was trained on ring, and only runs on stacked-mnist/);
    await expect(judgeSavedRun(join(directory, "no"), {})).rejects.toThrow(/does not exist/);
  });
});
