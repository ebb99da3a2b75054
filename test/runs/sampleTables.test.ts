import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SavedRun } from "../../src/runs/runRecord.js";
import type { Table } from "../../src/tables/table.js";

// A thread runs compiled files: `npm test` builds them first.
const compiled = (path: string) => import(new URL(`../../dist/${path}`, import.meta.url).href);
const { newRun }: typeof import("../../src/runs/run.js") = await compiled("runs/run.js");
const { trainRun }: typeof import("../../src/runs/trainRun.js") = await compiled("runs/trainRun.js");
const { loadRun }: typeof import("../../src/runs/savedRun.js") = await compiled("runs/savedRun.js");
const { sampleTables }: typeof import("../../src/runs/sampleTables.js") = await compiled("runs/sampleTables.js");

const BLOCK = 40;
let folder: string;
let run: SavedRun;

async function train(): Promise<SavedRun> {
  const settings = { data: join(folder, "people.csv"), loss: "w-gp", width: 8, depth: 1, batch: 32, iterations: 2 };
  const directory = join(folder, "run");
  for await (const _ of trainRun(
    await newRun({ ...settings, evaluateEvery: 2, prior: 4 }, directory, { force: true }),
  ));
  return await loadRun(directory);
}

async function made(count: number, asked: Parameters<typeof sampleTables>[2]): Promise<unknown[]> {
  const tables: Table[] = [];
  for await (const table of sampleTables(run, count, asked, BLOCK)) tables.push(table);
  expect(tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(count);
  return (tables[0]?.columns ?? []).map((_, place) =>
    tables.flatMap(({ columns }) => {
      const column = columns[place];
      return column === undefined ? [] : [...(column.kind === "numbers" ? column.values : column.codes)];
    }),
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-sample-tables-"));
  const rows = Array.from({ length: 200 }, (_, i) => `${["Bern", "Graz", "Pisa"][i % 3]},${20 + ((7 * i) % 50)}`);
  await writeFile(join(folder, "people.csv"), `city,age\n${rows.join("\n")}\n`);
  run = await train();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("rows in blocks", () => {
  it("are the same from any number of threads, the first ones of few as of many", { timeout: 60_000 }, async () => {
    const here = await made(110, { seed: 5, workers: 0 });
    expect(await made(110, { seed: 5, workers: 2 })).toEqual(here);
    const few = await made(30, { seed: 5, workers: 2 });
    expect(here.map((column) => (column as number[]).slice(0, 30))).toEqual(few);
    expect(await made(110, { seed: 6, workers: 0 })).not.toEqual(here);
  });

  it("are others in each block", async () => {
    const [, ages] = (await made(2 * BLOCK, { workers: 0 })) as number[][];
    expect(ages?.slice(0, BLOCK)).not.toEqual(ages?.slice(BLOCK));
  });

  it("tell how many there are, fulfil conditions, and end where asked", { timeout: 60_000 }, async () => {
    const told: number[] = [];
    const where = ["city=Pisa"];
    const [cities] = await made(90, { where, workers: 2, onProgress: (rows) => told.push(rows) });
    expect(new Set(cities as number[]).size).toBe(1);
    expect(told.at(-1)).toBe(90);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    const controller = new AbortController();
    const stopped = made(400, { workers: 2, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toThrow(/abort/);
    for await (const table of sampleTables(run, 400, { workers: 2 }, BLOCK)) {
      expect(table.rows).toBeGreaterThan(0);
      break;
    }
  });

  it("are made in this thread where a part of the run is known to it alone", async () => {
    const { constraints }: typeof import("../../src/lipschitz/index.js") = await compiled("lipschitz/index.js");
    constraints.add({ ...constraints.get("none"), name: "own-none" });
    // A thread would have to load it.
    const elsewhere = { ...run, directory: join(folder, "nowhere") };
    const own = { ...elsewhere, config: { ...run.config, loss: "w-own-none" } };
    const tables: Table[] = [];
    for await (const table of sampleTables(own, 90, { workers: 2, seed: 5 }, BLOCK)) tables.push(table);
    expect(tables.reduce((sum, { rows }) => sum + rows, 0)).toBe(90);
    await expect(sampleTables(elsewhere, 90, { workers: 2 }, BLOCK).next()).rejects.toThrow(/nowhere/);
  });

  it("are refused where another run was trained in the folder meanwhile", { timeout: 60_000 }, async () => {
    await train();
    await expect(made(90, { workers: 2 })).rejects.toThrow(
      /^Another run was trained in .*run in the meantime: sample again\.$/,
    );
  });
});
