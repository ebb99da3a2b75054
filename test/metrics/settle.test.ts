import { describe, expect, it } from "vitest";
import { gaussian1d } from "../../src/data/gaussians.js";
import { partedDataset, storedDataset } from "../../src/data/stored.js";
import { add, matmul, mul } from "../../src/engine/index.js";
import type { Model } from "../../src/game/model.js";
import { startGame } from "../../src/game/start.js";
import type { LipschitzConstraint } from "../../src/lipschitz/index.js";
import { createEvaluator } from "../../src/metrics/evaluate.js";
import { createSettler } from "../../src/metrics/settle.js";
import { settledEstimate, settledUpdates } from "../../src/metrics/settled.js";
import type { Network } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { type Progress, type TrainOptions, train } from "../../src/training/train.js";
import { gameOf } from "../../src/training/trainer.js";

const tiny = { width: 8, depth: 1, batch: 16, criticSteps: 1, iterations: 4, evaluateEvery: 2, checkpointEvery: 0 };

/** Real samples of N(2, 0.5) on the line. */
const data = gaussian1d({ mean: 2, deviation: 0.5 });

/** A generator of N(`mean`, 0.5). */
const generator = (mean: number): Network => ({
  init: () => ({ parameters: { deviation: { shape: [1, 1], data: Float32Array.of(0.5) } } }),
  apply: ({ deviation }, z) => add(matmul(z, deviation!), mean),
});

/** The critic c(x) = w x, at first of slope `w`. */
const line = (w: number): Network => ({
  init: () => ({ parameters: { w: { shape: [1, 1], data: Float32Array.of(w) } } }),
  apply: ({ w }, x) => matmul(x, w!),
});

interface Parts {
  readonly generator?: Network;
  readonly critic?: Network;
  readonly constraint?: LipschitzConstraint;
}

function model(settings: Partial<RunSettings> = {}, { generator, critic, constraint }: Parts = {}) {
  const config = resolveConfig({ data: "line", loss: "w-gp", latent: 1, ...tiny, ...settings }, data);
  const usual = gameOf(trainOptions(config, data));
  const game = {
    ...usual,
    generator: { ...usual.generator, ...(generator && { network: generator }) },
    critic: { ...usual.critic, ...(critic && { network: critic }), ...(constraint && { constraint }) },
  };
  return { game, ...startGame(game, createRng(0)) };
}

async function evaluated(from: Model, settle: number, set = data, points = 200) {
  const evaluator = await createEvaluator(from, set, { seed: 0, threads: 1, points, sets: 2, settle });
  try {
    return (await evaluator.measure(from.state, 0, 0)).evaluation.figures as Readonly<Record<string, number>>;
  } finally {
    await evaluator.release();
  }
}

/** What a copy comes to whose readings are these, one after the other, and how often it was read. */
async function settledAs(readings: readonly number[], most = 10_000) {
  const from = model({}, { critic: line(1), generator: generator(0) });
  const settler = (await createSettler(from, data, { most, seed: 0, threads: 1 }))!;
  let read = 0;
  const settled = await settler.settle(from.state, async () => ({ estimate: readings[read++] ?? 0, slope: read }));
  await settler.release();
  return { ...settled, read };
}

describe("a critic that is given time", () => {
  it.each([
    ["w-gp", 0.1, 2],
    ["w-lp", -1, 2],
    ["w-gp", 0.1, 1],
    ["w-gp", 0.1, -1],
  ])("finds the distance on the line: %s, from slope %d, fakes around %d", async (loss, w, mean) => {
    const from = model({ loss, lambda: 0.3 }, { critic: line(w), generator: generator(mean) });
    const { settledEstimate, settledSlope, debiasedEmd, emdFloor } = await evaluated(from, 2000);
    // Two normal distributions of one deviation are as far apart as their means, and their best critic is a line of slope 1. Under a
    // one-sided penalty of weight 10 it has slope 1 + distance / 20, where the W-loss and the penalty balance.
    const distance = 2 - mean;
    const slack = distance ** 2 / 20;
    expect(Math.abs(settledEstimate! - (distance + slack))).toBeLessThan(0.06);
    if (distance > 0) expect(Math.abs(settledSlope! - (1 + distance / 20))).toBeLessThan(0.05);
    expect(Math.abs(debiasedEmd! - distance)).toBeLessThan(0.1);
    expect(emdFloor!).toBeGreaterThan(0);
  });

  it("has a two-sided penalty held against it no longer, which keeps a slope of the wrong sign", async () => {
    const from = model({ lambda: 10 }, { critic: line(-1), generator: generator(-1) });
    const { settledEstimate, heldOutEstimate } = await evaluated(from, 3000);
    expect(heldOutEstimate!).toBeLessThan(-2);
    expect(settledEstimate!).toBeGreaterThan(2.7);
  });

  it.each(["w-clip", "w-sn", "w-orth"])("keeps the condition of %s", async (loss) => {
    const from = model({ loss, width: 16, depth: 2, clip: 0.3 }, { generator: generator(0) });
    const before = await evaluated(from, 0);
    const { settledEstimate, settledSlope } = await evaluated(from, 300);
    expect(settledEstimate!).toBeGreaterThan(before.heldOutEstimate!);
    if (loss !== "w-clip") expect(settledSlope!).toBeLessThan(1.01);
    if (loss === "w-orth") expect(settledEstimate!).toBeGreaterThan(1.8);
  });

  it("stops when its readings rise no more, and says the highest", async () => {
    // The first is after 100 updates, then one each 50; two in a row that do not rise by a hundredth end it.
    expect(await settledAs([1, 2, 2.01, 1.5])).toEqual({ estimate: 2, slope: 2, updates: 250, read: 4 });
    expect(await settledAs([-3, -2, -2.5, -1, -1, -1])).toEqual({ estimate: -1, slope: 4, updates: 350, read: 6 });
  });

  it("gets as many updates as it may at most", async () => {
    const rising = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(await settledAs(rising, 275)).toEqual({ estimate: 5, slope: 5, updates: 275, read: 5 });
    expect(await settledAs(rising, 7)).toEqual({ estimate: 1, slope: 1, updates: 7, read: 1 });
  });

  it("that comes to numbers which are not finite says nothing, and ends no run", async () => {
    const wild: LipschitzConstraint = { name: "wild", title: "wild", project: ({ w }) => ({ w: mul(w!, 1e30) }) };
    const from = model({}, { critic: line(1), generator: generator(0), constraint: wild });
    const names = Object.keys(await evaluated(from, 300));
    expect(names).toContain("heldOutEstimate");
    expect(names.filter((name) => name.startsWith("settled"))).toEqual([]);
  });

  it.each(["bce", "hinge", "w-none"])("is not looked for under %s", async (loss) => {
    expect((await evaluated(model({ loss }), 300)).settledEstimate).toBeUndefined();
  });
});

/** `count` points of N(2, 0.5) on the line, of which a tenth is held out. */
function stored(count: number) {
  const samples = createRng(1).normals(count);
  return partedDataset(
    {
      name: "few",
      kind: "points",
      codec: { kind: "identity" },
      shape: [1],
      samples: samples.map((z) => 2 + 0.5 * z),
    },
    0,
  );
}

describe("a run", () => {
  const few = stored(60);
  /** Where it stands after two iterations and after four. */
  async function stands(settings: Partial<RunSettings>, more: Partial<TrainOptions> = {}) {
    const config = resolveConfig({ data: "few", loss: "w-gp", ...tiny, checkpointEvery: 2, ...settings }, few);
    const found: Progress[] = [];
    for await (const event of train({ ...trainOptions(config, few), threads: 1, ...more }))
      if (event.type === "checkpoint") found.push(event.progress);
    return found;
  }

  it.each([{}, { ema: 0.9 }, { loss: "w-sn" }, { loss: "w-clip" }])(
    "is not changed to the bit by critics that settle beside it: %o",
    async (settings) => {
      const without = (await stands({ ...settings, settle: 0 })).at(-1)!;
      const beside = (await stands({ ...settings, settle: 20 })).at(-1)!;
      expect(beside.state).toEqual(without.state);
      expect(beside.rng).toEqual(without.rng);
      const others = ({ history }: Progress) =>
        history.map(({ iteration, figures: { settledEstimate, settledUpdates, settledSlope, ...rest } }) => [
          iteration,
          rest,
        ]);
      expect(others(beside)).toEqual(others(without));
      expect(beside.history.map(settledUpdates.of)).toEqual([20, 20, 20]);
      expect(without.history.map(settledEstimate.of)).toEqual([null, null, null]);
    },
  );

  it("has its critics settle alike whether it was stopped in between or not", async () => {
    const [half, whole] = await stands({ settle: 20 });
    const [resumed] = await stands({ settle: 20 }, { resume: half });
    const last = ({ history }: Progress) => settledEstimate.of(history.at(-1)!);
    expect(last(resumed!)).not.toBeNull();
    expect(last(resumed!)).toBe(last(whole!));
  });
});

describe("few samples", () => {
  it("of which six are held out have a floor and a settled estimate", async () => {
    const from = model({}, { critic: line(0.5), generator: generator(0) });
    const { emd, emdFloor, debiasedEmd, settledEstimate } = await evaluated(from, 200, stored(60));
    expect(emdFloor!).toBeGreaterThan(0.05);
    expect(debiasedEmd!).toBeLessThan(emd!);
    expect(Math.abs(settledEstimate! - 2)).toBeLessThan(1);
  });

  it("of which none is held out have neither", async () => {
    const from = model({}, { critic: line(0.5), generator: generator(0) });
    const evaluation = await evaluated(from, 200, stored(19));
    for (const name of ["emdFloor", "debiasedEmd", "settledEstimate"]) expect(evaluation[name]).toBeUndefined();
    expect(evaluation.emd!).toBeGreaterThan(1);
  });

  it("are drawn once each for a distance", () => {
    const samples = Float32Array.from({ length: 50 }, (_, i) => i);
    const set = storedDataset({ name: "numbers", kind: "points", codec: { kind: "identity" }, shape: [1], samples });
    const all = set.distinct!(createRng(0), 50).sample;
    expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(new Set(set.distinct!(createRng(1), 10).sample).size).toBe(10);
    const counts = new Array<number>(50).fill(0);
    const rng = createRng(2);
    for (let i = 0; i < 5000; i++) for (const value of set.distinct!(rng, 5).sample) counts[value]!++;
    // Each is drawn 500 times on average, with deviation 21.
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(110);
  });
});
