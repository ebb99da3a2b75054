import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { playerTensors } from "../../src/game/tensorNames.js";
import { loadRun } from "../../src/runs/savedRun.js";
import "../allclose.js";
import { describeWithMpi, hasMpi, mpirun } from "../parallel/mpirun.js";
import { describeOnTwoHosts, openTwoHosts } from "../parallel/twoHosts.js";

// Ranks run compiled files: `npm test` builds them first.
const main = fileURLToPath(new URL("../../lib/cli/main.js", import.meta.url));
// Steps of SGD are as large as their gradients, so that runs that differ in rounding stay near each other.
const steps = ["--optimizer", "sgd", "--schedule", "constant", "--critic-steps", "1"];
const tiny = ["--data", "ring", "--width", "8", "--depth", "1", "--batch", "15", ...steps, "--quiet"];

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-ranks-"));
  await promisify(execFile)(process.execPath, [main, "train", ...tiny, "--iterations", "4", "--out", at("alone")]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts a training over ranks. */
const train = (size: number, ...argv: string[]) => mpirun(size, [main, "train", ...argv]);

async function tensorsOf(name: string) {
  const { progress, model } = await loadRun(at(name));
  return playerTensors("generator", progress.state.generator, model.layout.generator);
}

async function expectSame(one: string, other: string) {
  const expected = await tensorsOf(other);
  for (const [name, tensor] of Object.entries(await tensorsOf(one)))
    expect(tensor, name).toBeAllclose(expected[name]!, { relative: 1e-4, absolute: 1e-6 });
}

describeWithMpi("Open MPI", "monge train over the ranks of a job", () => {
  it("gives what one process gives, keeps a log of each rank, and goes on with any number of them", async () => {
    const whole = await train(2, ...tiny, "--iterations", "4", "--out", at("two"));
    expect(whole).toMatchObject({ code: 0, stderr: "" });
    await expectSame("two", "alone");
    const part = await train(3, ...tiny, "--iterations", "2", "--out", at("three"));
    expect(part).toMatchObject({ code: 0, stderr: "" });
    expect((await readdir(at("three/ranks"))).toSorted()).toEqual(["rank-0.log", "rank-1.log", "rank-2.log"]);
    expect(await readFile(at("three/ranks/rank-2.log"), "utf8")).toMatch(
      /^\S+Z rank 2 of 3, process \d+ on \S+: from iteration 0 of 2, on 1 thread\n\S+Z end at iteration 2\n$/,
    );
    expect((await train(2, "--resume", at("three"), "--iterations", "4", "--quiet")).code).toBe(0);
    await expectSame("three", "alone");
    expect((await loadRun(at("three"))).progress.history).toHaveLength(3);
  });

  it("says in one sentence of rank 0 why it cannot train, with exit code 2", async () => {
    const cases: [argv: string[], says: string][] = [
      [["--data", "nowhere.csv", "--out", at("none")], "monge: There is no data set"],
      [[...tiny, "--batch", "1", "--out", at("none")], "monge: A batch of 1 cannot be divided over 2 ranks"],
      [[...tiny, "--time-limit", "9", "--out", at("none")], "monge: --time-limit is for a run in one process"],
    ];
    for (const [argv, says] of cases) {
      const { code, stdout, stderr } = await train(2, ...argv);
      expect(code).toBe(2);
      expect(stdout).toBe("");
      expect(stderr.split("\n").filter((line) => line.startsWith("monge: ") || line.startsWith("rank "))).toEqual([
        expect.stringContaining(says),
      ]);
    }
    expect(existsSync(at("none"))).toBe(false);
  });

  it("ends when a rank is killed, and is gone on with", async () => {
    const job = train(2, ...tiny, "--iterations", "1000000", "--checkpoint-every", "20", "--out", at("killed"));
    const log = at("killed/ranks/rank-1.log");
    while (!existsSync(at("killed/checkpoints/00000040"))) await setTimeout(50);
    const [, id] = /process (\d+)/.exec(await readFile(log, "utf8")) ?? [];
    process.kill(Number(id), "SIGKILL");
    const { code, stderr } = await job;
    expect(code).toBe(137);
    expect(stderr).toContain("rank 1");
    const { iteration } = (await loadRun(at("killed"))).progress;
    const more = ["--iterations", `${iteration + 2}`, "--quiet"];
    expect(await train(2, "--resume", at("killed"), ...more)).toMatchObject({ code: 0, stderr: "" });
  });

  it("saves and stops when the job is told to end", async () => {
    // mpirun waits so many seconds before it asks the ranks to stop and before it kills them: a busy machine needs more than one.
    const launch = ["--allow-run-as-root", "--oversubscribe", "--mca", "odls_base_sigkill_timeout", "4", "-n", "2"];
    const argv = [main, "train", ...tiny, "--evaluate-every", "0", "--iterations", "1000000", "--out", at("stopped")];
    const child = spawn("mpirun.openmpi", [...launch, process.execPath, ...argv]);
    let said = "";
    child.stderr.on("data", (text) => {
      said += text;
    });
    while (!existsSync(at("stopped/checkpoints/00000000"))) await setTimeout(50);
    await setTimeout(500);
    child.kill("SIGINT");
    await new Promise((resolve) => child.on("close", resolve));
    const { iteration } = (await loadRun(at("stopped"))).progress;
    expect(iteration).toBeGreaterThan(0);
    expect(said).toContain(`Stopped at iteration ${iteration} and saved.`);
  });

  it("needs a job: --parallel mpi without one says how to start it", async () => {
    const alone = promisify(execFile)(process.execPath, [
      main,
      "train",
      ...tiny,
      "--parallel",
      "mpi",
      "--out",
      at("no"),
    ]);
    await expect(alone).rejects.toMatchObject({
      code: 2,
      stderr:
        "monge: --parallel mpi is for a command that MPI starts several times: mpirun -n 4 npx monge train ..., or srun.\n",
    });
  });
});

describeOnTwoHosts("monge train over two hosts", () => {
  it("gives what one process gives", async () => {
    const hosts = openTwoHosts();
    try {
      const argv = [main, "train", ...tiny, "--iterations", "4", "--out", at("hosts")];
      expect(await mpirun(2, argv, hosts.options)).toMatchObject({ code: 0 });
      // More than the weights of both players, which rank 0 gives the other: their gradients too.
      expect(hosts.received()).toBeGreaterThan(10_000);
    } finally {
      hosts.close();
    }
    await expectSame("hosts", "alone");
  });
});

it.skipIf(!hasMpi("MPICH"))("monge train over the ranks of MPICH", async () => {
  const { code, stderr } = await mpirun(2, [main, "train", ...tiny, "--iterations", "1", "--out", at("mpich")], {
    kind: "MPICH",
  });
  expect(code, stderr).toBe(0);
  expect((await loadRun(at("mpich"))).progress.iteration).toBe(1);
});
