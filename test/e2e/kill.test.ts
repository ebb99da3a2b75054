import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { loadCheckpoint } from "../../src/runs/checkpoint.js";
import { runProcess, spawnMonge } from "./process.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-kill-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const compiled = (name: string) => JSON.stringify(new URL(`../../dist/${name}.js`, import.meta.url).href);
/** Locks its folder, goes on from the checkpoint there, and saves one after the other; says which are saved. */
const writer = `
  import { loadCheckpoint, saveCheckpoint } from ${compiled("runs/checkpoint")};
  import { lockFolder } from ${compiled("runs/folderLock")};
  const [directory, begun] = process.argv.slice(1);
  await lockFolder(directory);
  let iteration = begun ? (await loadCheckpoint(directory)).iteration : 0;
  for (;;) {
    iteration++;
    const data = new Float32Array(10_000).fill(iteration);
    await saveCheckpoint(directory, iteration, { tensors: { data: { shape: [10_000], data } }, run: { half: iteration / 2 } });
    process.send(iteration);
  }
`;

it("a process that saves is killed at any moment, and its last checkpoint is there and whole", async () => {
  const directory = join(folder, "saved");
  const rng = createRng(0);
  let told = 0;
  for (let kill = 0; kill < 20; kill++) {
    const argv = ["--input-type=module", "-e", writer, directory, ...(told > 0 ? ["begun"] : [])];
    const child = spawn(process.execPath, argv, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    child.on("message", (iteration: number) => {
      told = iteration;
    });
    await once(child, "message");
    await setTimeout(30 * rng.uniform());
    child.kill("SIGKILL");
    await once(child, "close");
    const { iteration, tensors, run, warnings } = await loadCheckpoint(directory);
    expect(iteration).toBeGreaterThanOrEqual(told);
    expect(tensors.data!.data.every((value) => value === iteration)).toBe(true);
    expect(run).toEqual({ half: iteration / 2 });
    expect(warnings).toEqual([]);
  }
  expect(told).toBeGreaterThan(20);
});

it("a run that is killed again and again goes on to the bits of one never stopped, and leaves nothing behind", async () => {
  const setup = ["--data", "ring", "--width", "8", "--depth", "2", "--batch", "16", "--iterations", "120"];
  const often = ["--checkpoint-every", "8", "--evaluate-every", "60", "--quiet"];
  const killed = join(folder, "killed");
  const rng = createRng(1);
  for (let kill = 0; kill < 3; kill++) {
    const start = kill === 0 ? [...setup, ...often, "--out", "killed"] : ["--resume", "killed", "--quiet"];
    const child = spawnMonge(folder, ["train", ...start]);
    const closed = once(child, "close");
    await newCheckpoint(killed, child);
    await setTimeout(100 * rng.uniform());
    child.kill("SIGKILL");
    await closed;
  }
  expect(await runProcess(folder, ["train", "--resume", "killed", "--quiet"])).toEqual({ code: 0, err: "" });
  expect((await runProcess(folder, ["train", ...setup, ...often, "--out", "whole"])).code).toBe(0);
  const state = (name: string) => readFile(join(folder, name, "checkpoints/00000120/state.safetensors"));
  expect((await state("killed")).equals(await state("whole"))).toBe(true);
  expect((await readdir(killed)).sort()).toEqual((await readdir(join(folder, "whole"))).sort());
}, 180_000);

/** Waits until a run has saved one that was not there, or has ended. */
async function newCheckpoint(directory: string, child: ChildProcess): Promise<void> {
  const saved = async () => {
    const names = await readdir(join(directory, "checkpoints")).catch(() => []);
    return names
      .filter((name) => !name.startsWith("."))
      .sort()
      .join();
  };
  for (const before = await saved(); child.exitCode === null && (await saved()) === before; ) await setTimeout(5);
}
