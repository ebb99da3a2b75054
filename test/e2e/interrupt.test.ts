import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runProcess } from "./process.js";

const setup = ["--data", "ring", "--width", "8", "--batch", "16", "--iterations", "60", "--evaluate-every", "10"];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-interrupt-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const monge = (argv: readonly string[], interruptAt?: string) => runProcess(folder, argv, interruptAt);

it("Ctrl+C saves, says how to go on, and going on ends in the bits of a run never stopped", async () => {
  const stopped = await monge(["train", ...setup, "--out", "stopped"], "  20/60");
  expect(stopped.code).toBe(130);
  expect(stopped.err).toMatch(/Stopped at iteration \d+ and saved. Resume with: monge train --resume stopped/);
  expect((await monge(["train", "--resume", "stopped"])).code).toBe(0);
  expect((await monge(["train", ...setup, "--out", "whole"])).code).toBe(0);
  const state = (name: string) => readFile(join(folder, name, "checkpoints/00000060/state.safetensors"));
  expect((await state("stopped")).equals(await state("whole"))).toBe(true);
});

it("Ctrl+C ends a comparison, its threads in the middle of their work, and keeps them for the same command and for a report of what there is", async () => {
  const compare = ["compare", "--data", "ring", "--losses", "bce,w-gp", "--iterations", "4000", "--out", "compared"];
  const { code, err } = await monge(compare, "200/4000");
  expect(err).toMatch(
    /Stopped; compared.runs holds what was trained\. Repeat the command to resume; .*--report-only.*\n$/,
  );
  expect(code).toBe(130);
  expect((await readdir(join(folder, "compared"))).sort()).toEqual(["runs", "status.json", "unfinished.json"]);
  expect((await monge([...compare, "--report-only"])).code).toBe(0);
  const { runs } = JSON.parse(await readFile(join(folder, "compared/results.json"), "utf8"));
  for (const { iterations } of runs) expect(iterations).toBeLessThan(4000);
});

it.each(["0", "2"])("Ctrl+C ends the making of rows by %s threads, and leaves no file", async (workers) => {
  const rows = Array.from({ length: 100 }, (_, i) => `${["Bern", "Graz", "Pisa"][i % 3]},${20 + ((7 * i) % 50)}`);
  await writeFile(join(folder, "people.csv"), `city,age\n${rows.join("\n")}\n`);
  const tiny = ["--width", "8", "--depth", "1", "--iterations", "2", "--prior", "4", "--no-resample", "--force"];
  expect((await monge(["train", "people.csv", ...tiny, "--out", "people"])).code).toBe(0);
  const sample = ["sample", "people", "-n", "100000000", "--workers", workers, "-o", "rows.csv"];
  const { code, err } = await monge(sample, " of 100,000,000 rows");
  expect(err).toMatch(/Stopped before a result was ready\.\n$/);
  expect(code).toBe(130);
  expect((await readdir(folder)).filter((name) => name.includes("rows.csv"))).toEqual([]);
});
