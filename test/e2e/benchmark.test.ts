import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
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

/** Runs the command in a process of its own; `interruptAt` is a text on standard error at which it gets SIGINT. */
function monge(argv: readonly string[], interruptAt?: string): Promise<{ code: number | null; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...argv], { cwd: folder });
    let err = "";
    child.stderr.on("data", (text) => {
      const before = err;
      err += text;
      if (interruptAt && err.includes(interruptAt) && !before.includes(interruptAt)) child.kill("SIGINT");
    });
    child.on("close", (code) => resolve({ code, err }));
  });
}

async function trials() {
  return JSON.parse(await readFile(join(folder, "kept/results.json"), "utf8")).trials;
}

it("Ctrl+C keeps the trials that were finished in threads, and the same command goes on after them", async () => {
  const stopped = await monge(setup, "w-gp 1 (2 of 2)  ");
  expect(stopped.code).toBe(130);
  expect(stopped.err).toMatch(/Stopped; kept holds 1 trial that ended\. The same command goes on\.\n$/);
  const [first] = await trials();
  const resumed = await monge(setup);
  expect(resumed.code).toBe(0);
  expect(resumed.err).not.toMatch(/^w-gp 0 /m);
  expect(await trials()).toEqual([first, expect.objectContaining({ iterations: 600 })]);
});
