import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { npyBytes } from "../../src/data/npyBytes.js";
import { openDataset } from "../../src/data/open.js";
import { isTableFile } from "../../src/data/tableFile.js";
import { InputError } from "../../src/errors.js";
import { createRng } from "../../src/random.js";
import { compare } from "../../src/runs/compare.js";
import { conditionWarnings } from "../../src/runs/conditionWarnings.js";
import type { RunSettings } from "../../src/runs/config.js";
import { openRun } from "../../src/runs/openRun.js";
import { resumeRun } from "../../src/runs/resumeRun.js";
import { newRun, type Run } from "../../src/runs/run.js";
import { loadRun } from "../../src/runs/savedRun.js";
import { trainRun } from "../../src/runs/trainRun.js";
import type { PartProgress } from "../../src/synthesis/finishRows.js";

const ITERATIONS = 4;
let folder: string;
const at = (name: string) => join(folder, name);
const settings = (): RunSettings => ({
  ...{ data: at("people.csv"), loss: "w-gp", width: 8, depth: 1, batch: 32, latent: 4 },
  ...{ iterations: ITERATIONS, evaluateEvery: 2, checkpointEvery: 2, prior: 4, resample: false },
});

/** Trains a run to its end, or stops it after an iteration. */
async function trained(run: Run, stopAfter = Number.POSITIVE_INFINITY): Promise<string[]> {
  const controller = new AbortController();
  const types: string[] = [];
  for await (const event of trainRun(run, { signal: controller.signal })) {
    types.push(event.type);
    if (event.type === "step" && event.iteration >= stopAfter) controller.abort();
  }
  return types;
}

const stateOf = (name: string) => readFile(join(at(name), "checkpoints", "00000004", "state.safetensors"));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-table-"));
  const rng = createRng(8);
  const rows = Array.from({ length: 240 }, () => {
    const age = 18 + rng.integer(60);
    const income = rng.uniform() < 0.2 ? "" : (1000 * age + 500 * rng.normal()).toFixed(2);
    return `${["Bern", "Graz", "Pisa"][rng.integer(3)]},${age},${income},${age > 40 ? "yes" : "no"}`;
  });
  await writeFile(at("people.csv"), `city,age,income,owns\n${rows.join("\n")}\n`);
  await trained(await newRun(settings(), at("whole")));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a run on a table", () => {
  it("takes a file of rows as one, with the network and the defaults of tables", async () => {
    const { config, data } = await openRun(at("whole"));
    expect(config).toMatchObject({ as: "table", network: "tabular", conditional: true, ema: 0.999, penaltyEvery: 4 });
    expect([data.kind, data.codec.kind]).toEqual(["table", "tableRows"]);
  });

  it.each([1, 2, 3])("stopped after %i iterations ends in the bits of one never stopped", async (iterations) => {
    const name = `stopped-${iterations}`;
    await trained(await newRun(settings(), at(name)), iterations);
    expect(await trained(await resumeRun(at(name)))).toContain("end");
    expect((await stateOf(name)).equals(await stateOf("whole"))).toBe(true);
    const [one, other] = await Promise.all(["whole", name].map(async (run) => (await openRun(at(run))).sampleRows(50)));
    expect(other).toEqual(one);
  });

  it("makes as many rows as are asked for, with the columns and the texts of the file", async () => {
    const rows = await (await openRun(at("whole"))).sampleRows(500, { seed: 3 });
    expect(rows).toHaveLength(500);
    for (const { city, age, income, owns, ...others } of rows) {
      expect(others).toEqual({});
      expect(["Bern", "Graz", "Pisa"]).toContain(city);
      expect(age).toMatch(/^(1[89]|[2-6]\d|7[0-7])$/);
      expect(income).toMatch(/^$|^\d+\.\d\d$/);
      expect(owns).toMatch(/^(yes|no)$/);
    }
  });

  it("makes the same rows from the same seed, resampled too, and others from another", async () => {
    await trained(await newRun({ ...settings(), resample: true }, at("resampled")));
    const run = await openRun(at("resampled"));
    const rows = await run.sampleRows(40, { seed: 7 });
    expect(await run.sampleRows(40, { seed: 7 })).toEqual(rows);
    expect(await run.sampleRows(40, { seed: 8 })).not.toEqual(rows);
  });

  it.each([
    [["city=Pisa"]],
    [["age=30..40", "owns=no"]],
    [["city=Bern,Graz", "age=..25"]],
    [["owns=yes", "city=Graz", "age=50"]],
  ])("makes rows that all satisfy %j", async (where) => {
    const rows = await (await openRun(at("whole"))).sampleRows(60, { where });
    expect(rows).toHaveLength(60);
    const satisfies = (row: Readonly<Record<string, string>>, condition: string) => {
      const [name = "", wanted = ""] = condition.split("=");
      const value = row[name] ?? "";
      const [low, high] = wanted.split("..");
      if (high === undefined) return wanted.split(",").includes(value);
      return Number(value) >= Number(low || -Infinity) && Number(value) <= Number(high || Infinity);
    };
    for (const row of rows) for (const condition of where) expect(satisfies(row, condition), condition).toBe(true);
  });

  it("makes rows under a condition whatever the classifier thinks of it, and tells where no row of the data is so", async () => {
    await trained(await newRun({ ...settings(), resample: true }, at("weighed")));
    const run = await openRun(at("weighed"));
    const where = ["age=20..35", "owns=yes"];
    const rows = await run.sampleRows(100, { where });
    expect(rows.every(({ age, owns }) => Number(age) >= 20 && Number(age) <= 35 && owns === "yes")).toBe(true);
    const [sentence, ...others] = conditionWarnings(run, where);
    expect(sentence).toMatch(/^No row of the data has what is asked of "age" and "owns" together: [^\n]*\.$/);
    expect(others).toEqual([]);
    expect(conditionWarnings(run, ["age=50..60", "owns=yes", "city=Pisa"])).toEqual([]);
  });

  it("draws ranges of a run without latent classes from what it makes of one of them", async () => {
    await trained(await newRun({ ...settings(), prior: 0 }, at("classless")));
    const rows = await (await openRun(at("classless"))).sampleRows(60, { where: ["age=30..60", "city=Bern,Pisa"] });
    expect(rows).toHaveLength(60);
    for (const { age, city } of rows)
      expect([Number(age) >= 30 && Number(age) <= 60, city === "Graz"]).toEqual([true, false]);
  });

  it("gives the rows that satisfy a condition of all that it makes, where it was trained without conditions", async () => {
    await trained(await newRun({ ...settings(), conditional: false }, at("unconditional")));
    const run = await openRun(at("unconditional"));
    const all = await run.sampleRows(400, { seed: 2 });
    const inside = all.filter(({ age }) => Number(age) >= 30 && Number(age) <= 40);
    expect(inside.length).toBeGreaterThan(10);
    expect(await run.sampleRows(inside.length, { seed: 2, where: ["age=30..40"] })).toEqual(inside);
  });

  it.each([["height=3"], ["city=Rome"], ["age=200..300"]])("refuses %s in one sentence", async (condition) => {
    const error = await (await openRun(at("whole"))).sampleRows(5, { where: [condition] }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(/^[^\n]*[.?]$/);
  });

  it("gives numbers too, and scores of them", async () => {
    const run = await openRun(at("whole"));
    const samples = await run.sample(6);
    expect(samples).toHaveLength(6 * 4);
    const scores = await run.score(samples);
    expect(scores).toHaveLength(6);
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it("is compared under several losses, kept and gone on with", async () => {
    const { loss: _, seed: __, data, ...rest } = settings();
    const options = {
      data,
      losses: ["bce", "w-gp"],
      seeds: [0],
      settings: { ...rest, as: "table" as const },
      workers: 0,
    };
    const { results } = await compare({ ...options, folder: at("compared") });
    expect(results.runs.map(({ loss, stopped }) => [loss, stopped])).toEqual([
      ["bce", null],
      ["w-gp", null],
    ]);
    const figures = results.runs.flatMap(({ history }) => history.map((evaluation) => Object.keys(evaluation.figures)));
    expect(figures.flat()).not.toContain("emd");
    const again = await compare({ ...options, folder: at("compared") });
    // One that no folder keeps starts from the same prior, and comes to the same.
    const { results: unkept } = await compare({ ...options, losses: ["bce"] });
    const last = (runs: typeof results.runs) => runs[0]?.history.at(-1)?.figures;
    expect(last(unkept.runs)).toEqual(last(results.runs));
    expect(again.results.runs.map(({ history }) => history.length)).toEqual(
      results.runs.map(({ history }) => history.length),
    );
  });
});

it("ten epochs and five more give the bits of fifteen, at a rate that does not depend on how many there are", async () => {
  const { iterations: _, ...others } = settings();
  const steady = { ...others, batch: 60, schedule: "constant", evaluateEvery: 0 };
  await trained(await newRun({ ...steady, epochs: 10 }, at("parted")));
  await trained(await resumeRun(at("parted"), { epochs: 15 }));
  await trained(await newRun({ ...steady, epochs: 15 }, at("straight")));
  const [parted, straight] = await Promise.all(["parted", "straight"].map((name) => loadRun(at(name))));
  // 216 rows in batches of 60.
  expect(parted?.config.iterations).toBe(54);
  expect(parted?.model.state).toEqual(straight?.model.state);
});

describe("what takes long besides training", () => {
  const resampled = () => ({ ...settings(), resample: true });
  const [fit, calibration, classifier] = ["fitting the prior", "calibrating columns", "training the classifier"];

  /** Trains a run and stops it once something is done so often. */
  async function stoppedIn(run: Run, doing: string, done: number) {
    const controller = new AbortController();
    const events: string[] = [];
    const onProgress = (part: PartProgress) => {
      if (part.doing === doing && part.done === done) controller.abort();
    };
    for await (const { type } of trainRun(run, { signal: controller.signal, onProgress })) events.push(type);
    return events;
  }

  it("tells how far it is, and is not done again by a run that has it", async () => {
    const told: PartProgress[] = [];
    const follow = async (run: Run) => {
      for await (const _ of trainRun(run, { onProgress: (part) => told.push(part) }));
    };
    await follow(await newRun(resampled(), at("told")));
    expect([...new Set(told.map(({ doing }) => doing))]).toEqual([fit, calibration, classifier]);
    for (const name of [fit, calibration, classifier]) {
      const parts = told.filter(({ doing }) => doing === name);
      expect(parts.map(({ done }) => done)).toEqual(parts.map((_, i) => i + 1));
      expect(parts.every(({ of }) => of === parts.length)).toBe(true);
    }
    told.length = 0;
    await follow(await resumeRun(at("told")));
    expect(told).toEqual([]);
    await follow(await resumeRun(at("told"), { iterations: ITERATIONS + 1 }));
    expect([...new Set(told.map(({ doing }) => doing))]).toEqual([calibration, classifier]);
  });

  it("ends at once while the prior is fitted, with nothing written", async () => {
    const run = await newRun(resampled(), at("unborn"));
    await expect(stoppedIn(run, fit, 2)).rejects.toThrow(/abort/i);
    expect(await readdir(folder)).not.toContain("unborn");
  });

  it.each([
    [calibration, 1],
    [classifier, 3],
  ])(
    "stopped while %s, leaves a run that makes rows, and comes to the same when it is resumed",
    async (doing, done) => {
      const name = doing.replaceAll(" ", "-");
      await trained(await newRun(resampled(), at(`${name}-whole`)));
      expect((await stoppedIn(await newRun(resampled(), at(name)), doing, done)).at(-1)).toBe("stopped");
      expect(await (await openRun(at(name))).sampleRows(20)).toHaveLength(20);
      expect(await trained(await resumeRun(at(name)))).toContain("end");
      expect((await stateOf(name)).equals(await stateOf(`${name}-whole`))).toBe(true);
    },
  );
});

describe("one row, and a table of one category", () => {
  it.each([
    ["one row", "a,b\n1,x\n"],
    ["no variance", `a,b\n${"1,x\n".repeat(30)}${"2,x\n".repeat(30)}`],
  ])("train, or are refused in one sentence: %s", async (name, text) => {
    await writeFile(at(`${name}.csv`), text);
    const outcome = await newRun({ ...settings(), data: at(`${name}.csv`), prior: 0 }, at(name)).then(
      (run) => trained(run),
      (error: unknown) => error,
    );
    if (outcome instanceof Error) expect(outcome).toBeInstanceOf(InputError);
    else expect(outcome).toContain("end");
  });
});

describe("what is a table of rows", () => {
  it("is told by how a file begins, and not by its name", async () => {
    const numbers = npyBytes(
      [20, 2],
      Float64Array.from({ length: 40 }, (_, i) => Math.sin(i)),
    );
    const idx = Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 3, 7, 8, 9]);
    const files: readonly [string, string | Uint8Array, boolean][] = [
      ["rows.csv", "a,b\n1,x\n", true],
      ["rows", "a,b\n1,x\n", true],
      ["rows.data", "a,b\n1,x\n", true],
      ["rows.json", '[{"a": 1}]', true],
      ["rows.csv.gz", gzipSync("a,b\n1,x\n"), true],
      ["array.npy", numbers, false],
      ["array", numbers, false],
      ["array.gz", gzipSync(numbers), false],
      ["digits", idx, false],
      ["workbook", zipSync({ "[Content_Types].xml": new Uint8Array(9), "xl/workbook.xml": new Uint8Array(9) }), true],
      ["several.npz", zipSync({ "a.npy": numbers }), false],
      ["several", zipSync({ "a.npy": numbers }), false],
    ];
    for (const [name, content, isTable] of files) {
      await writeFile(at(name), content);
      expect([name, await isTableFile(at(name))]).toEqual([name, isTable]);
    }
    for (const name of ["ring", at("whole"), at("missing.csv")]) expect(await isTableFile(name)).toBe(false);
  });

  it("may be asked for of nothing else", async () => {
    await expect(openDataset("ring", { as: "table" })).rejects.toThrow(/^ring cannot be taken as a table/);
    const points = await openDataset(at("people.csv"), { as: "points" }).catch((error: unknown) => error);
    expect(points).toBeInstanceOf(InputError);
  });
});
