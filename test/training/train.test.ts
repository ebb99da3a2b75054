import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { leavesOf, matmul, type TensorData } from "../../src/engine/index.js";
import { InputError } from "../../src/errors.js";
import { batchNorm, type Network, sequential } from "../../src/networks/index.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { criticUpdatesIn, type TrainEvent, type TrainOptions, train } from "../../src/training/train.js";

const data = grid();

function options(settings: Partial<RunSettings> = {}, more: Partial<TrainOptions> = {}): TrainOptions {
  const tiny = { width: 8, depth: 1, batch: 16, criticSteps: 2, iterations: 6, evaluateEvery: 0, checkpointEvery: 0 };
  const config = resolveConfig({ data: "grid", loss: "w-gp", ...tiny, ...settings }, data);
  return { ...trainOptions(config, data), threads: 1, ...more };
}

async function eventsOf(from: TrainOptions): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of train(from)) events.push(event);
  return events;
}

/** The state in which a run ended, for comparison to the bit. */
async function lastState(from: TrainOptions): Promise<Record<string, Uint8Array>> {
  const last = (await eventsOf(from)).at(-1)!;
  if (last.type !== "end") throw new Error(`the run ended with "${last.type}"`);
  return Object.fromEntries(
    leavesOf<TensorData>(last.progress.state).map(([names, { data }]) => [
      names.join("."),
      new Uint8Array(data.slice().buffer),
    ]),
  );
}

describe("a run", () => {
  it("tells what happens in order: start, steps, evaluations before the first and after the last, end", async () => {
    const types = (await eventsOf(options({ iterations: 4, evaluateEvery: 3 }))).map(({ type }) => type);
    expect(types).toEqual(["start", "evaluation", "step", "step", "step", "evaluation", "step", "evaluation", "end"]);
  });

  it("ends in the same bits for the same seed, and in others for another", async () => {
    const first = await lastState(options());
    expect(await lastState(options())).toEqual(first);
    expect(await lastState(options({ seed: 1 }))).not.toEqual(first);
  });

  it("is not changed by how often it is evaluated", async () => {
    expect(await lastState(options({ evaluateEvery: 2 }))).toEqual(await lastState(options()));
  });

  for (const settings of [{}, { loss: "w-sn", ema: 0.9 }, { normalisation: "batch" as const, loss: "bce" }]) {
    it(`ends in the same bits when stopped and resumed: ${JSON.stringify(settings)}`, async () => {
      const whole = await lastState(options(settings));
      const half = (await eventsOf(options({ ...settings, checkpointEvery: 3 }))).find(
        ({ type }) => type === "checkpoint",
      );
      if (half?.type !== "checkpoint") throw new Error("no checkpoint was yielded");
      expect(half.progress.iteration).toBe(3);
      expect(await lastState(options(settings, { resume: half.progress }))).toEqual(whole);
    });
  }

  it("stops after the iteration under way when its signal is aborted, with the progress to go on from", async () => {
    const controller = new AbortController();
    const events: TrainEvent[] = [];
    for await (const event of train(options({ iterations: 50 }, { signal: controller.signal }))) {
      events.push(event);
      if (event.type === "step" && event.iteration === 5) controller.abort();
    }
    const last = events.at(-1)!;
    if (last.type !== "stopped") throw new Error(`the run ended with "${last.type}"`);
    expect(last.progress.iteration).toBe(5);
  });

  it("updates the critic as often as asked, more in the warm-up", async () => {
    const warm = await eventsOf(options({ warmUp: { iterations: 2, criticSteps: 7 } }));
    const last = warm.at(-1)!;
    if (last.type !== "end") throw new Error("the run did not end");
    expect(last.progress.criticUpdates).toBe(2 * 7 + 4 * 2);
    expect(criticUpdatesIn(6, { criticSteps: 2, warmUp: { iterations: 2, criticSteps: 7 } })).toBe(22);
  });

  it("says when a loss is not finite, in which term, and leaves the state before it", async () => {
    const events = await eventsOf(options({ loss: "w-none", optimizer: "sgd", learningRate: 1e20, iterations: 50 }));
    const last = events.at(-1)!;
    if (last.type !== "diverged") throw new Error(`the run ended with "${last.type}"`);
    expect(last.message).toMatch(/was not finite at iteration \d+: nothing holds the critic 1-Lipschitz/);
    expect(last.progress.iteration).toBe(last.iteration - 1);
  });

  it("averages the generator's parameters: average <- decay average + (1 - decay) generator", async () => {
    const states = (await eventsOf(options({ ema: 0.1, checkpointEvery: 1, iterations: 2 }))).flatMap((event) =>
      event.type === "checkpoint" ? [event.progress.state] : [],
    );
    const [before, after] = states.map(({ generator }) => generator.average!.data);
    // To two units in the last place of a float32 near 1. So small a decay is never that of the first updates (10, 18, 25 %).
    const expected = states[1]!.generator.parameters.data.map((value, i) => 0.1 * before![i]! + 0.9 * value);
    expect(Math.max(...expected.map((value, i) => Math.abs(value - after![i]!)))).toBeLessThanOrEqual(2 ** -22);
  });

  it("trains networks that a user gives as two functions", async () => {
    const line = (inputs: number, outputs: number): Network => ({
      init: (rng) => ({ parameters: { w: { shape: [inputs, outputs], data: rng.normals(inputs * outputs) } } }),
      apply: ({ w }, x) => matmul(x, w!),
    });
    const before = options({ evaluateEvery: 6 });
    const generator = { ...before.generator, network: line(before.latent, 2) };
    const events = await eventsOf({ ...before, generator, critic: { ...before.critic, network: line(2, 1) } });
    const last = events.at(-1)!;
    expect(last.type === "end" && last.progress.state.critic.parameters.shape).toEqual([2]);
  });

  it("refuses batch normalisation in a critic under a gradient penalty", async () => {
    const before = options();
    const network = sequential(["norm", batchNorm(2)], ["rest", before.critic.network]);
    await expect(eventsOf({ ...before, critic: { ...before.critic, network } })).rejects.toThrow(InputError);
  });

  it.each([
    { normalisation: "batch" as const, loss: "bce" },
    { criticNormalisation: "batch" as const, loss: "bce" },
  ])("refuses batch normalisation of points over a batch of one: %j", async (settings) => {
    await expect(eventsOf(options({ ...settings, batch: 1 }))).rejects.toThrow(/this batch has one/);
    expect((await eventsOf(options({ ...settings, batch: 2 }))).at(-1)!.type).toBe("end");
  });

  it("refuses a batch larger than the data", async () => {
    await expect(eventsOf({ ...options(), data: { ...data, size: 10 } })).rejects.toThrow(
      /batch of 16 is larger than the data/,
    );
  });
});

describe("an evaluation", () => {
  it("gives a W-loss its estimate and a discriminator none, with every figure finite", async () => {
    for (const [loss, estimates] of [
      ["w-gp", true],
      ["bce", false],
    ] as const) {
      const events = await eventsOf(options({ loss, evaluateEvery: 6 }));
      const last = events.filter((event) => event.type === "evaluation").at(-1)!.evaluation;
      const { wassersteinEstimate, emd, realScoreRange } = last.figures;
      expect(wassersteinEstimate !== undefined).toBe(estimates);
      expect(emd).toBeGreaterThan(0);
      for (const value of Object.values(last.figures).flat()) expect(value).toSatisfy(Number.isFinite);
      if (!estimates) {
        const [low, high] = realScoreRange as readonly number[];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });
});
