import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDataset } from "../../src/data/open.js";
import { toOriginalUnits } from "../../src/data/scaling.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { saveCheckpoint } from "../../src/training/checkpoint.js";
import type { RunSettings } from "../../src/training/config.js";
import { newRun, type Run, resumeRun, trainRun } from "../../src/training/run.js";
import { openRun } from "../../src/training/savedRun.js";
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
    expect((await openRun(at("short"))).config.iterations).toBe(8);
  });

  it("is refused when its data has changed", async () => {
    const path = at("changing.csv");
    const rows = (last: number) => `x\n${Array.from({ length: 30 }, (_, i) => i).join("\n")}\n${last}\n`;
    await writeFile(path, rows(30));
    await trained(await newRun({ ...tiny, data: path }, at("changed")), 1);
    await writeFile(path, rows(99));
    await expect(resumeRun(at("changed"))).rejects.toThrow(/changing\.csv has changed since the run .* began/);
  });
});

it("a new run tells of the settings that it has no use for, and of no others", async () => {
  const told = async (settings: Partial<RunSettings>) =>
    (await newRun({ ...tiny, ...settings }, at("told"))).warnings.map((sentence) => sentence.split(" ")[0]);
  expect(await told({ loss: "w-gp", lambda: 1, beta1: 0.5, depth: 1 })).toEqual([]);
  expect(await told({ loss: "hinge+lp", lambda: 1, clip: 1 })).toEqual(["clip"]);
  expect(await told({ loss: "w-clip", lambda: 1, clip: 1, beta2: 0.9 })).toEqual(["lambda", "beta2"]);
  expect(await told({ loss: "bce", optimizer: "sgd", beta1: 0.5, beta2: 0.9 })).toEqual(["beta2"]);
});

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
    const { state } = (await openRun(at("wild"))).progress;
    expect(state.critic!.data.every(Number.isFinite)).toBe(true);
  });

  it("that holds a run, or anything else, is taken under force only", async () => {
    await mkdir(at("mine"));
    await writeFile(join(at("mine"), "notes.txt"), "mine");
    await expect(newRun(tiny, at("mine"))).rejects.toThrow(/is not empty.*--force/);
    await expect(newRun(tiny, at("whole"))).rejects.toThrow(/holds a run already/);
    await trained(await newRun({ ...tiny, seed: 1 }, at("mine"), { force: true }));
    expect(await readFile(join(at("mine"), "notes.txt"), "utf8")).toBe("mine");
  });

  it("of a checkpoint that is whole but of another version is refused by name", async () => {
    await saveCheckpoint(at("foreign"), 1, { tensors: {}, run: { config: { data: "grid" } } });
    await expect(openRun(at("foreign"))).rejects.toThrow(/cannot be used by this version \(config\./);
  });
});

describe("a saved run without its data", () => {
  it("knows the columns and takes samples to their units as the data did", async () => {
    const path = at("table.csv");
    const rng = createRng(3);
    const rows = Array.from({ length: 40 }, () => `${2020 + 0.01 * rng.normal()},${1e-4 * rng.normal()}`);
    await writeFile(path, `year,"a, b"\n${rows.join("\n")}\n`);
    const original = await openDataset(path);
    await trained(await newRun({ ...tiny, data: path }, at("table")), 1);
    await rm(path);
    const saved = await openRun(at("table"));
    expect(saved.data.columns?.map(({ name }) => name)).toEqual(["year", "a, b"]);
    const samples = rng.normals(20);
    expect(toOriginalUnits(saved.data, samples)).toEqual(toOriginalUnits(original, samples));
  });
});
