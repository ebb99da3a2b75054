import { fromBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "onnx-buf";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pointDatasets } from "../../src/data/points.js";
import { createSession } from "../../src/engine/runtime/node.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { trainOptions } from "../../src/runs/trainOptions.js";
import { train } from "../../src/training/train.js";
import { PICTURE_STREAM } from "../../studio/src/session/pictures.js";
import { SURFACE_SIDE } from "../../studio/src/session/protocol.js";
import { defaultsFor, usualOf } from "../../studio/src/settings/defaults.js";
import type { Settings } from "../../studio/src/settings/settings.js";
import "../allclose.js";
import { describeInChromium, type OpenPage, openBrowser, openPage, type Site, serve } from "./browser.js";
import { buildSessionPage } from "./sessionPage/build.js";
import type { Driver } from "./sessionPage/page.js";
import { sideWorkersOf } from "./sessionPage/sideWorkers.js";
import { TINY } from "./tiny.js";

const SMALL: Settings = { ...defaultsFor("ring"), generatorWidth: 32, criticWidth: 32, batch: 128 };

describeInChromium("the workers that train", () => {
  let built: Awaited<ReturnType<typeof buildSessionPage>>;
  let site: Site;
  let browser: Browser;
  let tab: OpenPage;
  beforeAll(async () => {
    built = await buildSessionPage();
    // One thread: two on a machine that is busy with other tests wait for each other most of the time.
    [site, browser] = await Promise.all([serve(built.folder, { isolated: false }), openBrowser()]);
    tab = await openPage(browser, site.origin);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    await built.remove();
  });

  /** Does something with the page's driver, in which nothing may go wrong unheard. */
  async function drive<A, R>(work: (driver: Driver, argument: A) => Promise<R>, argument: A, { page, problems } = tab) {
    const result = await page.evaluate<R>(`(${work})(driver, ${JSON.stringify(argument)})`);
    expect(problems).toEqual([]);
    return result;
  }

  it("has the same first losses as the command line's run of the same seed", async () => {
    const settings: Settings = { ...SMALL, data: "grid", seed: 3, criticSteps: 1 };
    const found = await drive(async (driver, settings) => {
      await driver.begin(settings);
      const each = [];
      for (let i = 0; i < 3; i++) each.push(await driver.stepped("generator"));
      return { left: each.map(({ left }) => left.losses!), right: each.map(({ right }) => right.losses!) };
    }, settings);
    const [bce, wgp] = [await lossesInNode("bce", settings), await lossesInNode("w-gp", settings)];
    for (const [i, { criticLoss, generatorLoss, value }] of bce.entries()) {
      expect(Math.abs(found.left[i]!.critic - criticLoss)).toBeLessThan(1e-4);
      expect(Math.abs(found.left[i]!.generator - generatorLoss)).toBeLessThan(1e-4);
      expect(Math.abs(found.left[i]!.value - value)).toBeLessThan(1e-4);
    }
    // Scores count up to a constant only. Its gradient is zero, and Adam makes a step of the learning rate's size out of the rounding
    // error in it, so that the generator's loss after the first update is the same up to such steps.
    expect(Math.abs(found.right[0]!.critic - wgp[0]!.criticLoss)).toBeLessThan(1e-4);
    expect(Math.abs(found.right[0]!.value - wgp[0]!.value)).toBeLessThan(1e-4);
    expect(Math.abs(found.right[0]!.generator - wgp[0]!.generatorLoss)).toBeLessThan(3 * settings.criticRate);
  });

  it("captures more of the ring's modes under the W-loss than under BCE", async () => {
    const modes = await drive(
      async (driver, settings) => {
        const { left, right } = driver.sides;
        await driver.begin(settings);
        driver.play();
        // How many iterations lie between two evaluations is a matter of the machine's speed, so this is a seed and a span in which the
        // two losses are far apart at every one of them.
        await driver.until(() => (right.evaluations.value.at(-1)?.iteration ?? 0) >= 900);
        const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
        return [left, right].map(({ evaluations }) =>
          mean(
            evaluations.value
              .filter(({ iteration }) => iteration >= 300)
              .map(({ figures }) => Number(figures.modesCaptured)),
          ),
        );
      },
      { ...SMALL, seed: 4, batch: 64 },
    );
    expect(modes[1]).toBeGreaterThan(modes[0]! + 1);
  });

  it("says that a side has diverged, and goes on with the other", async () => {
    const settings: Settings = {
      ...TINY,
      left: { loss: "wasserstein", constraint: "none" },
      right: { loss: "wasserstein", constraint: "clip" },
      criticDepth: 3,
      criticRate: 1e20,
    };
    const { left, right, iteration } = await drive(async (driver, settings) => {
      const { left, right } = driver.sides;
      await driver.begin(settings);
      driver.play();
      await driver.until(() => left.diverged.value !== null);
      const { iteration } = left.diverged.value!;
      await driver.until(() => right.frame.value!.iteration > iteration + 50);
      return { left: left.diverged.value!, right: right.diverged.value, iteration: left.frame.value!.iteration };
    }, settings);
    expect(left).toMatchObject({ iteration: iteration + 1, term: expect.stringMatching(/loss$/) });
    expect(right).toBeNull();
  });

  it("steps, pauses, stops at an iteration, keeps to a speed and takes live settings without beginning anew", async () => {
    const seen = await drive(async (driver, settings) => {
      const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
      const frame = () => driver.sides.left.frame.value!;
      /** What was under way comes to its end, however busy the machine is. */
      const stopped = async () => {
        for (let last = -1; last !== frame().iteration; await wait(150)) last = frame().iteration;
        return frame().iteration;
      };
      await driver.begin(settings);
      const afterCritic = (await driver.stepped("critic")).left;
      const afterGenerator = (await driver.stepped("generator")).left;
      const counts = [afterCritic, afterGenerator].map(({ iteration, criticUpdates }) => [iteration, criticUpdates]);

      driver.play();
      await driver.until(() => frame().iteration > 20);
      driver.pause();
      const paused = await stopped();
      await wait(200);
      const still = frame().iteration;

      driver.play(still + 30);
      driver.pause();
      driver.play();
      await driver.until(() => !driver.playing.value);
      const { left, right } = driver.sides;
      const evaluatedAt = ({ evaluations }: typeof left) => evaluations.value.at(-1)?.iteration ?? 0;
      await driver.until(() => evaluatedAt(right) >= still + 30);
      const reached = [left, right].map((side) => [side.frame.value!.iteration - still, evaluatedAt(side) - still]);

      driver.setSpeed(20);
      driver.play();
      await wait(1000);
      driver.pause();
      const slow = (await stopped()) - still - 30;

      const { iteration, criticUpdates, fakes } = frame();
      driver.change({ ...settings, batch: 32, criticSteps: 4, generatorRate: 1e-30 });
      const changed = (await driver.stepped("generator")).left;
      const moved = changed.fakes.some((x, i) => x !== fakes[i]);
      const done = [changed.iteration - iteration, changed.criticUpdates - criticUpdates];
      return { counts, paused, still, reached, slow, done, moved, playing: driver.playing.value };
    }, TINY);
    expect(seen.counts).toEqual([
      [0, 1],
      [1, 2],
    ]);
    expect(seen.still).toBe(seen.paused);
    expect(seen.reached).toEqual([
      [30, 30],
      [30, 30],
    ]);
    expect(seen.slow).toBeGreaterThan(5);
    expect(seen.slow).toBeLessThanOrEqual(22);
    expect(seen).toMatchObject({ done: [1, 4], moved: false, playing: false });
  });

  it("lets a critic settle in a worker of its own while training goes on, and never changes the run", async () => {
    const settings: Settings = { ...TINY, criticWidth: 32, criticDepth: 2 };
    const seen = await drive(async (driver, settings) => {
      const { left, right } = driver.sides;
      await driver.begin(settings);
      await driver.stepped("generator");
      const before = [...right.frame.value!.fakes];
      const settled = driver.settle();
      const during = driver.settling.value;
      const again = await driver.settle();
      const done = await settled;
      const found = right.evaluations.value.find(({ figures }) => figures.settledEstimate !== undefined)!;
      const leftFound = left.evaluations.value.filter(({ figures }) => figures.settledEstimate !== undefined).length;
      const unchanged = right.frame.value!.fakes.every((x, i) => x === before[i]);

      driver.play();
      const meanwhile = driver.settle();
      const from = right.frame.value!.iteration;
      await driver.until(() => right.frame.value!.iteration > from);
      const trained = driver.settling.value;
      await meanwhile;
      driver.pause();
      return { during, again, done, found, leftFound, unchanged, trained, after: driver.settling.value };
    }, settings);
    const { iteration, figures } = seen.found;
    const { settledEstimate, settledUpdates, settledSlope, debiasedEmd } = figures;
    expect(seen).toMatchObject({ during: true, again: false, done: true, leftFound: 0, unchanged: true, after: false });
    expect(seen.trained).toBe(true);
    expect(iteration).toBe(1);
    expect(settledUpdates).toBeGreaterThanOrEqual(100);
    expect(settledUpdates).toBeLessThanOrEqual(400);
    expect(settledSlope).toBeGreaterThan(0.5);
    // A small critic says roughly what the exact distance is.
    expect(Number(settledEstimate) / Number(debiasedEmd)).toBeGreaterThan(0.4);
    expect(Number(settledEstimate) / Number(debiasedEmd)).toBeLessThan(1.5);
  });

  it("gives a critic up that is settling when the runs begin anew, and says where none can settle", async () => {
    const seen = await drive(async (driver, settings) => {
      await driver.begin(settings);
      const given = driver.settle().catch(() => false);
      await driver.begin({ ...settings, right: settings.left });
      return { given: await given, none: await driver.settle(), settling: driver.settling.value };
    }, TINY);
    expect(seen).toEqual({ given: false, none: false, settling: false });
  });

  it("draws the layers that are asked for, and no others", async () => {
    const { plain, full } = await drive(async (driver, settings) => {
      await driver.begin(settings);
      const plain = { ...driver.sides.right.frame.value! };
      driver.setLayers(["surface", "slope", "arrows", "manifold", "plan"]);
      await driver.until(() => driver.sides.right.frame.value!.plan !== null);
      const { left, right } = driver.sides;
      const numbers = (frame: object) =>
        Object.fromEntries(
          Object.entries(frame).map(([name, value]) => [name, value instanceof Float32Array ? [...value] : value]),
        );
      const full = { left: numbers(left.frame.value!), right: numbers(right.frame.value!) };
      return { plain, full, frame: driver.scene.value!.frame! };
    }, SMALL);
    expect(plain).toMatchObject({ surface: null, slope: null, arrows: null, manifold: null, plan: null, flow: null });
    const { left, right } = full as unknown as Record<"left" | "right", Record<string, number[]>>;
    for (const side of [left, right]) {
      expect(side.surface).toHaveLength(SURFACE_SIDE ** 2);
      expect(side.slope).toHaveLength(SURFACE_SIDE ** 2);
      expect(side.arrows).toHaveLength(400);
      expect(side.manifold).toHaveLength(2 * 24 ** 2);
      expect(side.plan).toHaveLength(4 * 128);
    }
    expect(left.surface!.every((p) => p > 0 && p < 1)).toBe(true);
    expect(right.surface!.some((score) => score < 0 || score > 1)).toBe(true);
    // Both sides have the same generator at the start, and fakes of the same latents.
    expect(left.fakes).toEqual(right.fakes);
    // Under the W-loss a fake is told the critic's slope, no more and no less.
    const lengths = Array.from({ length: 200 }, (_, i) => Math.hypot(right.arrows![2 * i]!, right.arrows![2 * i + 1]!));
    expect(Math.max(...lengths)).toBeLessThan(1.5 * Math.max(...right.slope!));
  });

  it("computes in as many threads a side as the page may, and in one where it is not isolated", async () => {
    const isolatedSite = await serve(built.folder);
    const isolatedTab = await openPage(browser, isolatedSite.origin);
    const machineIn = (where: OpenPage) =>
      drive(
        async (driver, settings) => {
          await driver.begin(settings);
          await driver.stepped("generator");
          return { machine: driver.machine.value!, cores: navigator.hardwareConcurrency };
        },
        TINY,
        where,
      );
    const [isolated, single] = [await machineIn(isolatedTab), await machineIn(tab)];
    await isolatedTab.page.close();
    await isolatedSite.close();
    const threads = Math.max(1, Math.min(Math.floor(isolated.cores / 2), 4));
    expect(isolated.machine).toEqual({ device: "wasm", threads, fellBack: false });
    expect(single.machine).toEqual({ device: "wasm", threads: 1, fellBack: false });
  });

  it("goes on from where both sides stood, to the same losses bit by bit", async () => {
    const { through, resumed } = await drive(async (driver, settings) => {
      const losses = async () => {
        const { left, right } = await driver.stepped("generator");
        return [left.iteration, left.losses!.value, right.iteration, right.losses!.value];
      };
      await driver.begin(settings);
      await driver.stepped("critic");
      await driver.stepped("generator");
      const from = await driver.stand();
      const through = await losses();
      driver.start(settings, { device: "wasm", from });
      await driver.until(() => driver.sides.right.frame.value !== null);
      return { through, resumed: await losses() };
    }, TINY);
    expect(through[0]).toBe(2);
    expect(resumed).toEqual(through);
  });

  it("exports a generator that makes the same samples in Node", async () => {
    const { model, fakes } = await drive(async (driver, settings) => {
      await driver.begin(settings);
      const { left } = await driver.stepped("generator");
      const { model } = await driver.exportGenerator("left");
      return { model: [...model], fakes: [...left.fakes] };
    }, TINY);
    const session = await createSession(Uint8Array.from(model), {});
    const latent = { shape: [fakes.length / 2, 2], data: createRng(TINY.seed ^ PICTURE_STREAM).normals(fakes.length) };
    const { samples } = await session.run({ latent });
    await session.release();
    expect(samples).toBeAllclose({ shape: [fakes.length / 2, 2], data: fakes });
  });

  it("learns points of the reader's own in training units", async () => {
    const points = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 1.7e9 + (i % 7) : 50.25 - (i % 11)));
    const { scene, model } = await drive(
      async (driver, { settings, points }) => {
        driver.start({ ...settings, data: "file" }, { own: { name: "own.csv", points: Float64Array.from(points) } });
        await driver.until(() => driver.sides.left.frame.value !== null);
        const { left } = await driver.stepped("generator");
        const { model } = await driver.exportGenerator("left");
        return {
          scene: { ...driver.scene.value!, real: [...driver.scene.value!.real], iteration: left.iteration },
          model: [...model],
        };
      },
      { settings: TINY, points },
    );
    const mean = scene.real.reduce((sum, x) => sum + x, 0) / scene.real.length;
    expect(scene).toMatchObject({ name: "own.csv", shape: [2], modes: null, iteration: 1 });
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(scene.frame!.x[0]).toBeGreaterThan(-3);
    // The file takes its samples to the units of the table, in more digits than 32 bits have.
    const { metadataProps } = fromBinary(ModelProtoSchema, Uint8Array.from(model));
    const metadata = Object.fromEntries(metadataProps.map(({ key, value }) => [key, value]));
    const { columns } = JSON.parse(metadata.codec!);
    expect(columns).toMatchObject([
      { name: "x", decimals: 0, range: [1.7e9, 1.7e9 + 6] },
      { name: "y", decimals: 2, range: [40.25, 50.25] },
    ]);
    const times = points.filter((_, i) => i % 2 === 0).map((value) => value - 1.7e9);
    const center = times.reduce((sum, value) => sum + value, 0) / times.length;
    expect(columns[0].mean - 1.7e9).toBeCloseTo(center, 5);
  });

  it("learns digits, and shows images between two latents", async () => {
    const settings: Settings = { ...TINY, data: "mnist", criticRate: 1e-3, generatorRate: 1e-3 };
    const { scene, fakes, images } = await drive(async (driver, settings) => {
      await driver.begin(settings, "auto");
      const { right } = await driver.stepped("generator");
      const images = await driver.interpolate(1, 5);
      return {
        scene: { ...driver.scene.value!, real: [...driver.scene.value!.real] },
        fakes: right.fakes.length,
        images: [...images.right],
      };
    }, settings);
    const size = 28 * 28;
    expect(scene).toMatchObject({ name: "mnist", shape: [28, 28, 1], frame: null });
    // Reals are images: paper mostly, and some ink.
    expect([fakes, images.length]).toEqual([64 * size, 5 * size]);
    const ink = scene.real.filter((x) => x > 0).length / scene.real.length;
    expect(scene.real.every((x) => x >= -1 && x <= 1) && ink > 0.05 && ink < 0.3).toBe(true);
    const at = (k: number) => images.slice(k * size, (k + 1) * size);
    const apart = (a: number[], b: number[]) => Math.hypot(...a.map((x, i) => x - b[i]!));
    expect(apart(at(1), at(2))).toBeGreaterThan(0);
    expect(apart(at(1), at(2))).toBeLessThan(apart(at(0), at(4)));
  });

  it("falls back to WebAssembly where WebGPU was asked for and there is none", async () => {
    const { machine, iteration } = await drive(async (driver, settings) => {
      await driver.begin(settings, "webgpu");
      const { left } = await driver.stepped("generator");
      return { machine: driver.machine.value!, iteration: left.iteration };
    }, TINY);
    expect(machine).toMatchObject({ device: "wasm", fellBack: true });
    expect(iteration).toBe(1);
  });

  it("keeps its memory through restarts and training", async () => {
    const fresh = await openPage(browser, site.origin);
    const workers = await sideWorkersOf(fresh.page);
    for (const worker of workers) await worker.evaluate(keepMemory);
    const bytesAfter = async (restarts: number) => {
      await drive(
        async (driver, { settings, restarts }) => {
          for (let i = 0; i < restarts; i++) {
            await driver.begin(settings);
            driver.setLayers(["surface", "slope", "arrows", "manifold", "plan"]);
            driver.play();
            await driver.until(() => driver.sides.left.frame.value!.iteration > 5);
          }
        },
        { settings: SMALL, restarts },
        fresh,
      );
      const sizes = await Promise.all(workers.map((worker) => worker.evaluate(() => wasmMemory.buffer.byteLength)));
      return sizes.reduce((sum, size) => sum + size, 0);
    };
    const first = await bytesAfter(2);
    const later = await bytesAfter(5);
    await fresh.page.close();
    // Runs that are not released make it grow by some 4 MB each.
    expect(later - first).toBeLessThan(12e6);
  });

  it("says in a sentence what cannot be started, and starts the next", async () => {
    const { message, iteration } = await drive(async (driver, settings) => {
      driver.start({ ...settings, data: "drawn" });
      const message = await driver.until(() => false).catch((error: Error) => error.message);
      await driver.begin(settings);
      const { left } = await driver.stepped("generator");
      return { message, iteration: left.iteration };
    }, TINY);
    expect(message).toBe("there are no points yet; draw some, or drop a CSV file.");
    expect(iteration).toBe(1);
  });
});

declare global {
  var wasmMemory: WebAssembly.Memory;
}

/** Leaves the memory of the next WebAssembly where a test can reach it. Runs in the worker. */
function keepMemory(): void {
  const { Memory } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      globalThis.wasmMemory = this;
    }
  };
}

/** The losses of the first three iterations of `monge train`, with the settings that both players share. */
async function lossesInNode(loss: string, { data, seed, batch, criticSteps, criticWidth, criticDepth }: Settings) {
  const dataset = pointDatasets.get(data).open();
  const chosen = { data, loss, seed, batch, criticSteps, width: criticWidth, depth: criticDepth } as const;
  const run = { ...chosen, ...usualOf(data), evaluateEvery: 0, checkpointEvery: 0 } as const;
  const losses = [];
  for await (const event of train(trainOptions(resolveConfig(run, dataset), dataset))) {
    if (event.type === "step") losses.push(event);
    if (losses.length === 3) break;
  }
  return losses;
}
