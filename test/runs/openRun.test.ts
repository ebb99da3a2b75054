import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRun } from "../../src/runs/openRun.js";
import { newRun } from "../../src/runs/run.js";
import { trainRun } from "../../src/runs/trainRun.js";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-open-"));
  const tiny = { data: "ring", loss: "w-gp", width: 8, depth: 1, batch: 16, criticSteps: 1, evaluateEvery: 0 };
  const runs = { plain: { ...tiny, iterations: 2 }, asked: { ...tiny, iterations: 2, conditional: true } };
  for (const [name, settings] of Object.entries(runs)) {
    const controller = new AbortController();
    for await (const event of trainRun(await newRun(settings, join(folder, name)), { signal: controller.signal })) {
      // The plain run is left unfinished.
      if (event.type === "step" && name === "plain") controller.abort();
    }
  }
});

afterAll(() => rm(folder, { recursive: true }));

describe("a run that is opened", () => {
  it("makes samples, finished or not, the same for a seed", async () => {
    const run = await openRun(join(folder, "plain"));
    expect(run.progress.iteration).toBe(1);
    const samples = await run.sample(5, { seed: 3 });
    expect(samples).toHaveLength(10);
    expect(await run.sample(5, { seed: 3 })).toEqual(samples);
    expect(await run.sample(5, { seed: 4 })).not.toEqual(samples);
  });

  it("takes latents of one's own, and goes from one to another", async () => {
    const run = await openRun(join(folder, "plain"));
    const made = await run.generate([0.5, -1, 0, 2], { round: false });
    expect(made).toHaveLength(4);
    expect((await run.generate([0, 2], { round: false }))[0]).toBeCloseTo(made[2]!, 6);
    const way = await run.interpolate(7, { seed: 1 });
    expect(way).toHaveLength(14);
  });

  it("goes through several stops, seeds and categories", async () => {
    const [run, asked] = [await openRun(join(folder, "plain")), await openRun(join(folder, "asked"))];
    const digits = { round: false, clamp: false };
    expect(await run.interpolate(4, { stops: 3 })).toHaveLength(2 * 7);
    const seeds = await asked.interpolate(3, { seeds: [4, 9], ...digits });
    for (const [i, seed] of [4, 9].entries()) {
      const [x, y] = await asked.sample(1, { seed, ...digits });
      expect(seeds[4 * i]).toBeCloseTo(x!, 5);
      expect(seeds[4 * i + 1]).toBeCloseTo(y!, 5);
    }
    const latents = Float32Array.of(0.5, -1, 0, 2);
    const own = await run.interpolate(5, { latents, ...digits });
    expect(own.slice(8)[0]).toBeCloseTo((await run.generate([0, 2], digits))[0]!, 5);
    const classes = await asked.interpolate(2, { where: "mode=1", toWhere: ["mode=4", "mode=6"], seed: 3, ...digits });
    const there = await asked.sample(1, { where: "mode=4", seed: 3, ...digits });
    expect(classes[2]).toBeCloseTo(there[0]!, 5);
  });

  it.each([
    [{ toWhere: ["mode=1"] }, /The first condition is missing/],
    [{ where: "mode=1", toWhere: ["mode=9"] }, /There is no mode "9"/],
    [{ where: "mode=1", toWhere: ["mode=2"], stops: 3 }, /3 latents and 2 conditions/],
    [{ seeds: [1] }, /two stops at least/],
    [{ seeds: [1, 2], stops: 2 }, /come from one of --stops, --seeds and --latents/],
  ])("refuses the way %j", async (asked, says) => {
    const run = await openRun(join(folder, "asked"));
    await expect(run.interpolate(3, asked)).rejects.toThrow(says);
  });

  it("finds what is nearest to a sample, and its category", async () => {
    const run = await openRun(join(folder, "asked"));
    const target = await run.sample(1, { where: "mode=3", seed: 2 });
    const [nearest, ...others] = await run.project(target, { steps: 100, starts: 2, pull: 0 });
    expect(others).toHaveLength(7);
    expect(nearest.distance).toBeLessThan(1e-6);
    expect(nearest.sample[0]).toBeCloseTo(target[0]!, 2);
    const [alone, ...none] = await run.project(target, { where: "mode=3", steps: 2 });
    expect([alone.where, none]).toEqual(["mode=3", []]);
  });

  it("draws latents within a limit", async () => {
    const run = await openRun(join(folder, "plain"));
    const [wide, narrow] = [await run.sample(200), await run.sample(200, { truncation: 0.1 })];
    const spread = (samples: Float64Array) => Math.max(...samples) - Math.min(...samples);
    expect(spread(narrow)).toBeLessThan(spread(wide) / 2);
  });

  it("says what its critic says, in the units of the data", async () => {
    const run = await openRun(join(folder, "plain"));
    const [first, second] = await run.score([1, 0, 0, 1]);
    expect([first, second].every(Number.isFinite)).toBe(true);
    expect((await run.score([0, 1]))[0]).toBeCloseTo(second!, 6);
  });

  it("asks for a condition where it was trained with them", async () => {
    const run = await openRun(join(folder, "asked"));
    const third = await run.sample(4, { where: "mode=3" });
    expect(await run.sample(4, { where: "mode=5" })).not.toEqual(third);
    expect(await run.score([1, 0], { where: "mode=0" })).toHaveLength(1);
    await expect(run.score([1, 0])).rejects.toThrow(/choose one, such as where: "mode=0"/);
    await expect(run.sample(1, { where: "mode=9" })).rejects.toThrow(/There is no mode/);
  });

  it("refuses numbers that are no samples or latents", async () => {
    const run = await openRun(join(folder, "plain"));
    await expect(run.generate([1, 2, 3])).rejects.toThrow(/3 numbers are not a whole number of latents/);
    await expect(run.score([])).rejects.toThrow(/0 numbers are not a whole number of samples/);
    await expect(run.sample(1, { where: "mode=1" })).rejects.toThrow(/without conditions/);
  });
});
