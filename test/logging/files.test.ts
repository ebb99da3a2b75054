import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { csv } from "../../src/logging/csv.js";
import { jsonl } from "../../src/logging/jsonl.js";
import type { LoggerEntry, Scalars } from "../../src/logging/logger.js";
import { loggedRun } from "./loggedRun.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-log-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function write(entry: LoggerEntry, rows: readonly [number, Scalars][], iteration?: number): Promise<string> {
  const directory = join(folder, entry.name);
  const more = iteration === undefined ? {} : { isNew: false, iteration };
  const logger = await entry.open(loggedRun(directory, more), undefined);
  await logger.begin();
  for (const [at, values] of rows) await logger.scalars(at, values);
  await logger.end("finished");
  return await readFile(join(directory, `log.${entry.name}`), "utf8");
}

it("a table gets a column for each name, and goes on where the run goes on", async () => {
  const first = await write(csv, [
    [10, { "training/value": 0.5 }],
    [20, { "evaluation/emd": Number.NaN, 'an "odd", name': -Infinity }],
    [30, { "training/value": 0.25 }],
  ]);
  expect(first).toBe(
    'iteration,training/value,evaluation/emd,"an ""odd"", name"\n10,0.5,,\n20,,NaN,-Infinity\n30,0.25,,\n',
  );
  await appendFile(join(folder, "csv", "log.csv"), "4");
  const second = await write(csv, [[30, { "training/value": 1, 'an "odd", name': 2, more: 3 }]], 20);
  expect(second).toBe(
    'iteration,training/value,evaluation/emd,"an ""odd"", name",more\n10,0.5,,,\n20,,NaN,-Infinity,\n30,1,,2,3\n',
  );
});

it("lines of JSON have null for what is not finite, and go on where the run goes on", async () => {
  const first = await write(jsonl, [
    [10, { value: 0.5 }],
    [20, { emd: Number.NaN, slope: Infinity }],
    [30, { value: 0.25 }],
  ]);
  expect(first).toBe(
    '{"iteration":10,"value":0.5}\n{"iteration":20,"emd":null,"slope":null}\n{"iteration":30,"value":0.25}\n',
  );
  await appendFile(join(folder, "jsonl", "log.jsonl"), '{"iteration":3');
  const second = await write(jsonl, [[30, { value: 1 }]], 20);
  expect(second).toBe(
    '{"iteration":10,"value":0.5}\n{"iteration":20,"emd":null,"slope":null}\n{"iteration":30,"value":1}\n',
  );
});

it("a new run begins a new log", async () => {
  expect(await write(csv, [[1, { value: 1 }]])).toBe("iteration,value\n1,1\n");
  expect(await write(jsonl, [[1, { value: 1 }]])).toBe('{"iteration":1,"value":1}\n');
});
