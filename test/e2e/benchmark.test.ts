import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runProcess } from "./process.js";

const tiny = ["--width", "8", "--depth", "1", "--batch", "16", "--iterations", "600", "--evaluate-every", "600"];
const setup = [
  "benchmark",
  "modes",
  "--protocol",
  "ring",
  "--losses",
  "w-gp",
  "--trials",
  "2",
  ...tiny,
  "--workers",
  "1",
  "--out",
  "kept",
];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-benchmark-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const monge = (argv: readonly string[], interruptAt?: string) => runProcess(folder, argv, interruptAt);

async function trials() {
  return JSON.parse(await readFile(join(folder, "kept/results.json"), "utf8")).trials;
}

it("Ctrl+C keeps the trials that were finished in threads, and the same command goes on after them", async () => {
  const stopped = await monge(setup, "w-gp 1 (2 of 2)  ");
  expect(stopped.code).toBe(130);
  expect(stopped.err).toMatch(
    /Stopped; kept holds 1 trial that finished\. Repeat the command to train the others\.\n$/,
  );
  const [first] = await trials();
  const resumed = await monge(setup);
  expect(resumed.code).toBe(0);
  expect(resumed.err).not.toMatch(/^w-gp 0 /m);
  expect(await trials()).toEqual([first, expect.objectContaining({ iterations: 600 })]);
});
