import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { columnsOf, decode } from "../../src/data/codecs/index.js";
import { openDataset } from "../../src/data/open.js";
import { InputError } from "../../src/errors.js";
import { PLAYERS } from "../../src/game/state.js";
import { createRng } from "../../src/random.js";
import { loadCheckpoint, saveCheckpoint } from "../../src/runs/checkpoint.js";
import type { RunSettings } from "../../src/runs/config.js";
import { resumeRun } from "../../src/runs/resumeRun.js";
import { newRun, type Run } from "../../src/runs/run.js";
import { loadRun } from "../../src/runs/savedRun.js";
import { trainRun } from "../../src/runs/trainRun.js";
import type { TrainEvent } from "../../src/training/train.js";

const ITERATIONS = 6;
const tiny: RunSettings = {
  data: "grid",
  loss: "w-gp",
  width: 8,
  depth: 1,
  batch: 16,
  criticSteps: 2,
  ema: 0.9,
  iterations: ITERATIONS,
  evaluateEvery: 0,
  checkpointEvery: 2,
};
const evaluated = { ...tiny, evaluateEvery: 3 };
let folder: string;
const at = (name: string) => join(folder, name);

/** Trains a run to its end, or stops it after an iteration. */
async function trained(run: Run, stopAfter = Number.POSITIVE_INFINITY): Promise<TrainEvent[]> {
  const controller = new AbortController();
  const events: TrainEvent[] = [];
  for await (const event of trainRun(run, { signal: controller.signal })) {
    events.push(event);
    const reached = event.type === "start" || event.type === "step" ? event.iteration : 0;
    if (reached >= stopAfter || (event.type === "start" && stopAfter === 0)) controller.abort();
  }
  return events;
}

const stateOf = (name: string, iteration = ITERATIONS) =>
  readFile(join(at(name), "checkpoints", String(iteration).padStart(8, "0"), "state.safetensors"));
const historyOf = async (name: string) =>
  JSON.parse(await readFile(join(at(name), "history.json"), "utf8")).map(
    ({ iteration }: { iteration: number }) => iteration,
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-run-"));
  await trained(await newRun(evaluated, at("whole")));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a run that is stopped and resumed", () => {
  it.each([0, 1, 2, 3, 4, 5])(
    "after %i iterations ends in the bits of one never stopped, evaluated or not",
    async (iterations) => {
      const name = `stopped-${iterations}`;
      const last = (await trained(await newRun(tiny, at(name)), iterations)).at(-1)!;
      expect(last.type).toBe("stopped");
      const run = await resumeRun(at(name));
      expect(run.progress.iteration).toBe(iterations);
      await trained(run);
      expect((await stateOf(name)).equals(await stateOf("whole"))).toBe(true);
    },
  );

  it("goes on from the checkpoint before a damaged one, to the same bits and with no evaluation lost or doubled", async () => {
    await trained(await newRun(evaluated, at("damaged")), 5);
    const damaged = join(at("damaged"), "checkpoints", "00000005", "state.safetensors");
    await truncate(damaged, 100);
    const run = await resumeRun(at("damaged"));
    expect(run.progress.iteration).toBe(4);
    expect(run.warnings).toHaveLength(1);
    await trained(run);
    expect((await stateOf("damaged")).equals(await stateOf("whole"))).toBe(true);
    expect(await historyOf("damaged")).toEqual([0, 3, 6]);
  });

  it("can be made longer", async () => {
    await trained(await newRun({ ...tiny, schedule: "constant" }, at("short")));
    await trained(await resumeRun(at("short"), { iterations: 8 }));
    await trained(await newRun({ ...tiny, schedule: "constant", iterations: 8 }, at("long")));
    expect((await stateOf("short", 8)).equals(await stateOf("long", 8))).toBe(true);
    expect((await loadRun(at("short"))).config.iterations).toBe(8);
  });

  it("goes on in the same bits with settings that were changed, also where it is stopped again", async () => {
    const changed = { learningRate: 1e-3, criticSteps: 1, batch: 8, seed: 7, schedule: "constant" } as const;
    for (const name of ["once", "twice"]) await trained(await newRun(tiny, at(name)), 3);
    await trained(await resumeRun(at("once"), changed));
    await trained(await resumeRun(at("twice"), changed), 3);
    await trained(await resumeRun(at("twice")), 5);
    await trained(await resumeRun(at("twice")));
    expect((await stateOf("twice")).equals(await stateOf("once"))).toBe(true);
    expect((await stateOf("twice")).equals(await stateOf("whole"))).toBe(false);
    const { config, changes } = await loadRun(at("twice"));
    expect(config).toMatchObject(changed);
    expect(changes.map(({ iteration, setting }) => `${iteration} ${setting}`).sort()).toEqual(
      Object.keys(changed)
        .map((setting) => `3 ${setting}`)
        .sort(),
    );
  });

  it.each<[keyof RunSettings, Partial<RunSettings>]>([
    ["loss", { loss: "bce" }],
    ["optimizer", { optimizer: "sgd" }],
    ["ema", { ema: null }],
    ["width", { width: 16 }],
    ["latent", { latent: 3 }],
    ["normalisation", { normalisation: "batch" }],
    ["criticActivation", { criticActivation: "elu" }],
  ])("keeps its %s: its state is of it, and the sentence names --init", async (setting, settings) => {
    await expect(resumeRun(at("whole"), settings)).rejects.toThrow(
      new RegExp(`^${setting} cannot change from .* when a run is resumed: .*--init ${at("whole")} `),
    );
  });

  it("takes settings that are as they were, and refuses those out of range", async () => {
    expect((await resumeRun(at("whole"), { width: 8, loss: "w-gp" })).isUnsaved).toBe(false);
    await expect(resumeRun(at("whole"), { learningRate: -1 })).rejects.toThrow(InputError);
  });

  it("goes back to an older checkpoint, and the later one goes before the first iteration", async () => {
    await trained(await newRun(tiny, at("back")));
    const run = await resumeRun(at("back"), {}, { checkpoint: 4 });
    expect(run.progress.iteration).toBe(4);
    await trained(run, 4);
    expect(await readdir(join(at("back"), "checkpoints"))).toEqual(["00000004"]);
    await trained(await resumeRun(at("back")));
    expect((await stateOf("back")).equals(await stateOf("whole"))).toBe(true);
  });

  it("is not touched where another process has trained there since it was prepared", async () => {
    await trained(await newRun(tiny, at("raced")), 2);
    const [first, second] = [await resumeRun(at("raced")), await resumeRun(at("raced"))];
    await trained(first, 4);
    await expect(trained(second)).rejects.toThrow(/Another process has trained in .*raced in the meantime/);
    await expect(trained({ ...(await newRun(tiny, at("new"))), directory: at("raced") })).rejects.toThrow(InputError);
    expect(await readdir(at("raced"))).not.toContain(".lock");
  });

  it("is refused when its data has changed", async () => {
    const path = at("changing.csv");
    const rows = (last: number) => `x\n${Array.from({ length: 30 }, (_, i) => i).join("\n")}\n${last}\n`;
    await writeFile(path, rows(30));
    await trained(await newRun({ ...tiny, data: path }, at("changed")), 1);
    await writeFile(path, rows(99));
    await expect(resumeRun(at("changed"))).rejects.toThrow(/changing\.csv has changed since the run .* began/);
    await expect(resumeRun(at("changed"), { data: path })).rejects.toThrow(/is other data than that of the run/);
    await rm(path);
    await expect(resumeRun(at("changed"))).rejects.toThrow(
      /changing\.csv, the data of the run in .*, is missing: .*--data PATH$/,
    );
  });

  it("knows other rows of the same columns, mean and deviation as other data", async () => {
    // Two tables that differ in the order of a few values only.
    const table = (values: readonly number[]) => `x,y\n${values.map((value, i) => `${i},${value}`).join("\n")}\n`;
    const values = Array.from({ length: 30 }, (_, i) => i * i);
    await writeFile(at("swapped.csv"), table(values));
    await trained(await newRun({ ...tiny, data: at("swapped.csv") }, at("swapped")), 1);
    await writeFile(at("swapped.csv"), table([values[1]!, values[0]!, ...values.slice(2)]));
    await expect(resumeRun(at("swapped"))).rejects.toThrow(/has changed/);
  });

  it.each(["images", "idx"])("knows other %s of the same shape as other data", async (kind) => {
    const path = at(kind === "idx" ? "digits.idx" : "pictures");
    const write = async (shade: number) => {
      const pixels = Buffer.alloc(28 * 28, 7).fill(shade, 100, 101);
      if (kind === "idx") {
        const header = Buffer.from([0, 0, 8, 3, 0, 0, 0, 16, 0, 0, 0, 28, 0, 0, 0, 28]);
        return writeFile(path, Buffer.concat([header, ...Array<Buffer>(15).fill(Buffer.alloc(28 * 28, 200)), pixels]));
      }
      await mkdir(path, { recursive: true });
      for (let i = 0; i < 16; i++) {
        const image = i === 0 ? pixels : Buffer.alloc(28 * 28, i);
        await sharp(image, { raw: { width: 28, height: 28, channels: 1 } })
          .png()
          .toFile(join(path, `${i}.png`));
      }
    };
    await write(9);
    const settings = { ...tiny, data: path, network: "mlp", normalisation: "none", channels: undefined } as const;
    await trained(await newRun({ ...settings, channels: kind === "idx" ? undefined : 1 }, at(`of-${kind}`)), 0);
    expect((await resumeRun(at(`of-${kind}`))).progress.iteration).toBe(0);
    await write(10);
    await expect(resumeRun(at(`of-${kind}`))).rejects.toThrow(/has changed since/);
  });

  it("finds its data where both moved together, where only one did, and where it is told", async () => {
    const table = `x\n${Array.from({ length: 30 }, (_, i) => i).join("\n")}\n`;
    const project = at("project");
    await mkdir(project);
    await writeFile(join(project, "points.csv"), table);
    await trained(await newRun({ ...tiny, data: join(project, "points.csv") }, join(project, "run")), 1);
    await rename(project, at("moved"));
    const together = await resumeRun(join(at("moved"), "run"));
    expect(together.config.data).toBe(join(at("moved"), "points.csv"));
    expect(together.isUnsaved).toBe(true);

    await trained(together, 1);
    await rename(join(at("moved"), "run"), at("alone"));
    expect((await resumeRun(at("alone"))).config.data).toBe(join(at("moved"), "points.csv"));

    await rename(join(at("moved"), "points.csv"), at("renamed.csv"));
    await expect(resumeRun(at("alone"))).rejects.toThrow(/is missing/);
    await trained(await resumeRun(at("alone"), { data: at("renamed.csv") }), 1);
    expect((await resumeRun(at("alone"))).config.data).toBe(at("renamed.csv"));
    expect((await loadRun(at("alone"))).changes).toEqual([]);
  });
});

it.each([undefined, 61, 1000])("a run on few rows takes a batch of them all, and says so: batch %s", async (batch) => {
  const rows = Array.from({ length: 60 }, (_, i) => `${Math.sin(i)},${Math.cos(i)}`);
  await writeFile(at("few.csv"), `x,y\n${rows.join("\n")}\n`);
  const { batch: _, ...rest } = tiny;
  const run = await newRun(
    { ...rest, data: at("few.csv"), as: "points", iterations: 2, evaluateEvery: 2, ...(batch && { batch }) },
    at(`few-${batch}`),
  );
  const size = run.data.size;
  expect(size).toBeLessThanOrEqual(60);
  expect(run.config.batch).toBe(size);
  expect(run.warnings).toContainEqual(
    expect.stringMatching(new RegExp(`^The batch is ${size}, not ${batch ?? 256}: ".*" has no more samples`)),
  );
  expect((await trained(run)).at(-1)!.type).toBe("end");
  const again = await resumeRun(at(`few-${batch}`), { iterations: 3 });
  expect(again.config.batch).toBe(size);
  expect(again.warnings.filter((sentence) => sentence.startsWith("The batch"))).toEqual([]);
});

it("a new run tells of the settings that it has no use for, and of no others", async () => {
  const told = async (settings: Partial<RunSettings>) =>
    (await newRun({ ...tiny, ...settings }, at("told"))).warnings.map((sentence) => sentence.split(" ")[0]);
  expect(await told({ loss: "w-gp", lambda: 1, beta1: 0.5, depth: 1 })).toEqual([]);
  expect(await told({ loss: "hinge+lp", lambda: 1, clip: 1 })).toEqual(["clip"]);
  expect(await told({ loss: "w-clip", lambda: 1, clip: 1, beta2: 0.9 })).toEqual(["lambda", "beta2"]);
  expect(await told({ loss: "bce", optimizer: "sgd", beta1: 0.5, beta2: 0.9 })).toEqual(["beta2"]);
});

describe("a run that begins with the weights of another", () => {
  const weightsOf = async (name: string) => (await loadRun(at(name))).progress.state;

  it("has a constraint of its own, of one kind or another", async () => {
    await trained(await newRun({ ...tiny, loss: "w-sn" }, at("spectral")), 0);
    const init = await loadRun(at("spectral"));
    for (const loss of ["w-sn", "w-gp"]) {
      const run = await newRun({ ...tiny, loss }, at(`from-spectral-${loss}`), { init });
      expect(Object.keys(run.progress.state.critic.buffers).length > 0).toBe(loss === "w-sn");
    }
  });

  it("has its weights and average, and new optimizers", async () => {
    const init = await loadRun(at("whole"));
    const run = await newRun({ ...tiny, optimizer: "rmsprop", loss: "bce" }, at("begun"), { init });
    await trained(run, 0);
    const [before, after] = [await weightsOf("whole"), await weightsOf("begun")];
    expect(after.generator.average).toEqual(before.generator.average);
    for (const name of PLAYERS) {
      expect(after[name].parameters).toEqual(before[name].parameters);
      expect(after[name].slots.v!.data.every((value) => value === 0)).toBe(true);
    }
    expect(await loadRun(at("begun"))).toMatchObject({
      begunFrom: { directory: at("whole"), iteration: ITERATIONS },
      progress: { iteration: 0, criticUpdates: 0, history: [] },
    });
    expect((await trained(await resumeRun(at("begun")))).at(-1)!.type).toBe("end");
  });

  it("takes its networks' settings, and data of the same shape only", async () => {
    const init = await loadRun(at("whole"));
    const { width, depth, ...others } = tiny;
    expect((await newRun(others, at("no"), { init })).config).toMatchObject({ width, depth });
    await expect(newRun({ ...tiny, width: 9 }, at("no"), { init })).rejects.toThrow(
      /weights in .*whole are of other networks: .*\[2, 8\] there and .*\[2, 9\] here in the generator/,
    );
    await writeFile(at("line.csv"), `x\n${Array.from({ length: 30 }, (_, i) => i).join("\n")}\n`);
    await expect(newRun({ ...tiny, data: at("line.csv") }, at("no"), { init })).rejects.toThrow(/other networks/);
    expect(await readdir(folder)).not.toContain("no");
  });
});

describe("a run whose settings ask for more than its state holds", () => {
  it.each([
    ["wide", { width: 8192, depth: 100 }],
    ["deep", { depth: 100, width: 100 }],
    ["dcgan", { network: "dcgan", width: 8192 }],
  ] as const)("is refused before networks of that size are made: %s", async (name, settings) => {
    const path = await trainedOnce(`bomb-${name}`);
    const { iteration, tensors, run } = await loadCheckpoint(path);
    const { config } = await loadRun(path);
    await saveCheckpoint(path, iteration, { tensors, run: { ...run, config: { ...config, ...settings } } });
    const before = performance.now();
    await expect(loadRun(path)).rejects.toThrow(
      /does not fit its own settings: .* \d+ weights at least, and it holds \d+/,
    );
    expect(performance.now() - before).toBeLessThan(2000);
  });
});

async function trainedOnce(name: string): Promise<string> {
  await trained(await newRun(tiny, at(name)), 1);
  return at(name);
}

describe("a run's folder", () => {
  it("is not written before the settings are known to fit", async () => {
    const run = await newRun({ ...tiny, loss: "bce+gp", criticNormalisation: "batch" }, at("unfit"));
    await expect(trained(run)).rejects.toThrow(InputError);
    expect(await readdir(folder)).not.toContain("unfit");
  });

  it("that cannot be made is known before any iteration", async () => {
    await writeFile(at("file"), "");
    const run = { ...(await newRun(tiny, at("elsewhere"))), directory: join(at("file"), "run") };
    const steps: number[] = [];
    const train = async () => {
      for await (const event of trainRun(run)) if (event.type === "step") steps.push(event.iteration);
    };
    await expect(train()).rejects.toThrow(/file.run.* cannot be written: not a directory/);
    expect(steps).toEqual([]);
  });

  it("keeps the last checkpoint when the run diverges", async () => {
    const wild = { ...tiny, loss: "w-none", optimizer: "sgd", learningRate: 1e20, iterations: 50 } as const;
    const last = (await trained(await newRun(wild, at("wild")))).at(-1)!;
    expect(last.type).toBe("diverged");
    const { state } = (await loadRun(at("wild"))).progress;
    expect(state.critic.parameters.data.every(Number.isFinite)).toBe(true);
  });

  it("that holds a run, or anything else, is taken under force only", async () => {
    await mkdir(at("mine"));
    await writeFile(join(at("mine"), "notes.txt"), "mine");
    await expect(newRun(tiny, at("mine"))).rejects.toThrow(/is not empty.*--force/);
    await expect(newRun(tiny, at("whole"))).rejects.toThrow(/already holds a run/);
    await trained(await newRun({ ...tiny, seed: 1 }, at("mine"), { force: true }));
    expect(await readFile(join(at("mine"), "notes.txt"), "utf8")).toBe("mine");
  });

  it("of a checkpoint that is whole but of another version is refused by name", async () => {
    await saveCheckpoint(at("foreign"), 1, { tensors: {}, run: { id: randomUUID(), config: { data: "grid" } } });
    await expect(loadRun(at("foreign"))).rejects.toThrow(/cannot be used by this version \(config\./);
  });
});

describe("a saved run without its data", () => {
  it("knows the columns and takes samples to their units as the data did", async () => {
    const path = at("table.csv");
    const rng = createRng(3);
    const rows = Array.from({ length: 40 }, () => `${2020 + 0.01 * rng.normal()},${1e-4 * rng.normal()}`);
    await writeFile(path, `year,"a, b"\n${rows.join("\n")}\n`);
    const original = await openDataset(path);
    await trained(await newRun({ ...tiny, data: path, as: "points" }, at("table")), 1);
    await rm(path);
    const saved = await loadRun(at("table"));
    expect(columnsOf(saved.data.codec)?.map(({ name }) => name)).toEqual(["year", "a, b"]);
    const samples = rng.normals(20);
    expect(decode(saved.data.codec, samples)).toEqual(decode(original.codec, samples));
  });
});
