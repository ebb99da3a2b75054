import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { sparkline } from "../../src/cli/watch/sparkline.js";
import { lineOf, viewOf, type Watched } from "../../src/cli/watch/view.js";
import { grid } from "../../src/data/points.js";
import { createRng } from "../../src/random.js";
import { resolveConfig } from "../../src/runs/config.js";
import { newRun } from "../../src/runs/run.js";
import { saveStatus } from "../../src/runs/runStatus.js";
import { trainRun } from "../../src/runs/trainRun.js";
import { captured } from "./captured.js";

describe("a sparkline", () => {
  it("has a block for each number, or for the mean of several", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([0, 0, 7, 7], 2)).toBe("▁█");
    expect(sparkline([1, Number.NaN, 0], 9)).toBe("█ ▁");
    expect(sparkline([2, 2], 9)).toBe("▅▅");
    expect(sparkline([], 9)).toBe("");
    expect(sparkline([Number.NaN], 9)).toBe(" ");
  });
});

/** A run that is evaluated every hundred iterations, which take two seconds. */
function watched(more: Partial<Watched> = {}, loss = "w-gp"): Watched {
  const history = [0, 1, 2, 3].map((i) => ({
    iteration: 100 * i,
    seconds: 2 * i,
    figures: { criticLoss: -i, generatorLoss: i, heldOutEstimate: 4 - i, emd: 5 - i, emdFloor: 0.5 },
  }));
  const settings = resolveConfig({ data: "grid", loss, iterations: 1000 }, grid());
  return { name: "runs/a", state: "training", settings, iterations: 1000, history, message: null, since: 0, ...more };
}

describe("the view of a run", () => {
  it("shows how far it is, its rate, what is left, and each figure with how it went", () => {
    const lines = viewOf(watched(), 80);
    expect(lines[0]).toBe("runs/a: w-gp on grid, seed 0, in training");
    expect(lines[1]).toBe("[=======                 ] 300 of 1000  50 it/s, 14 s left");
    expect(lines.slice(3)).toEqual([
      "Evaluation at iteration 300:",
      "critic loss     █▆▃▁  -3",
      "generator loss  ▁▃▆█  3",
      "running         █▆▃▁  1",
      "EMD             █▆▃▁  2 (floor 0.5)",
    ]);
    expect(viewOf(watched({ since: 1 }), 80)[1]).toMatch(/\] about 350 of 1000 {2}50 it\/s, 13 s left$/);
  });

  it("calls a discriminator by its name, says why it ended, and has no rate before it has one", () => {
    expect(viewOf(watched({}, "bce"), 80)).toContain("discriminator loss  █▆▃▁  -3");
    const ended = viewOf(watched({ state: "finished", iterations: 300, message: "Ended at 300." }), 80);
    expect(ended[1]).toBe(`[${"=".repeat(24)}] 300 of 300  50 it/s`);
    expect(ended.at(-1)).toBe("Ended at 300.");
    expect(viewOf(watched({ history: [] }), 80).slice(1)).toEqual([
      `[${" ".repeat(24)}] 0 of 1000`,
      "",
      "It has not been evaluated yet.",
    ]);
  });

  it("keeps to the width of a terminal, and steers none", () => {
    const lines = viewOf(watched({ name: "runs/\u001b[2Jx\u202e" }), 40);
    expect(lines[0]).toBe("runs/\\u{1b}[2Jx\\u{202e}: w-gp on grid, s");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(40);
    expect(lineOf(watched({ name: "a" }), watched().history[3]!)).toBe(
      "300/1000  critic loss -3  generator loss 3  running 1  EMD 2",
    );
  });
});

describe("monge watch", () => {
  let folder: string;
  const watch = (...argv: string[]) => captured(() => runCommand(["watch", ...argv]));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-watch-"));
    // Of too many dimensions for exact distances, which take long.
    const rng = createRng(0);
    const data = join(folder, "five.csv");
    await writeFile(data, ["a,b,c,d,e", ...Array.from({ length: 60 }, () => rng.normals(5).join())].join("\n"));
    const tiny = { as: "points", width: 8, depth: 1, batch: 16, settle: 0, iterations: 2, evaluateEvery: 2 } as const;
    for await (const _ of trainRun(await newRun({ ...tiny, data, loss: "w-gp" }, join(folder, "run")))) {
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("tells the last evaluation of a run that has ended, and how it ended", async () => {
    const { code, out } = await watch(join(folder, "run"));
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      expect.stringMatching(/^2\/2 {2}critic loss .* running /),
      "finished at iteration 2 of 2",
      "",
    ]);
  });

  it("ends with a run that diverges meanwhile, with its message", async () => {
    const run = join(folder, "run");
    await saveStatus(run, { state: "training", iterations: 4, message: null });
    const watching = watch(run, "--interval", "1");
    await saveStatus(run, { state: "diverged", iterations: 4, message: "The critic loss was not finite." });
    expect(await watching).toMatchObject({
      code: 1,
      out: expect.stringMatching(/The critic loss was not finite\.\n$/),
    });
  });

  it("refuses what is no run in a sentence", async () => {
    expect(await watch(folder)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/holds no run; give the folder of monge train/),
    });
    expect(await watch(join(folder, "none"))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/cannot be opened: no such file/),
    });
  });
});
