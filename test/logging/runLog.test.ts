import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import { openDataset } from "../../src/data/open.js";
import { InputError } from "../../src/errors.js";
import { loggers } from "../../src/logging/catalogue.js";
import { createRng } from "../../src/random.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { runPairings } from "../../src/runs/pairingRuns.js";
import { resumeRun } from "../../src/runs/resumeRun.js";
import { newRun, type Run } from "../../src/runs/run.js";
import { trainRun } from "../../src/runs/trainRun.js";
import type { TrainEvent } from "../../src/training/train.js";
import { captured } from "../cli/captured.js";

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const tiny = { as: "points", width: 8, depth: 1, batch: 16, settle: 0, evaluateEvery: 10, iterations: 20 } as const;
const settings = (more: Partial<RunSettings> = {}) => ({ ...tiny, data: at("five.csv"), loss: "w-gp", ...more });
/** What the logger of one's own was called with. */
let calls: unknown[][] = [];
/** What it refuses to do. */
let refused = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-run-log-"));
  const rng = createRng(0);
  // Of too many dimensions for exact distances, which take long.
  const rows = Array.from({ length: 60 }, () => rng.normals(5).join());
  await writeFile(at("five.csv"), ["a,b,c,d,e", ...rows].join("\n"));
  loggers.add({
    name: "own",
    title: "my log",
    summary: "Remembers what it is told.",
    target: { placeholder: "NAME", isRequired: false },
    async open({ isNew, iteration }, target) {
      const note = async (name: string, ...what: unknown[]) => {
        if (refused === name) throw name === "begin" ? new InputError("not today.") : new Error(`no ${name} today`);
        calls.push([name, ...what]);
      };
      await note("open", target, isNew, iteration);
      return {
        begin: () => note("begin"),
        scalars: (iteration, values) => note("scalars", iteration, Object.keys(values)),
        images: (iteration, pictures) => note("images", iteration, Object.keys(pictures)),
        histograms: (iteration, values) => note("histograms", iteration, Object.keys(values)),
        end: (ending) => note("end", ending),
      };
    },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  calls = [];
  refused = "";
});

async function trained(run: Run, logs: readonly string[], stopAfter = Number.POSITIVE_INFINITY): Promise<TrainEvent[]> {
  const controller = new AbortController();
  const events: TrainEvent[] = [];
  for await (const event of trainRun(run, { logs, logEvery: 5, signal: controller.signal })) {
    events.push(event);
    if (event.type === "step" && event.iteration >= stopAfter) controller.abort();
  }
  return events;
}

it("a logger of one's own hears of losses, figures, pictures and numbers, and how it ended", async () => {
  await trained(await newRun(settings(), at("own")), ["own=here"]);
  expect(calls.map(([name, first]) => (name === "open" ? `open ${first}` : `${name} ${first ?? ""}`.trim()))).toEqual([
    ...["open here", "begin", "scalars 0", "images 0", "histograms 0", "scalars 5", "scalars 10"],
    ...[
      "scalars 10",
      "images 10",
      "histograms 10",
      "scalars 15",
      "scalars 20",
      "scalars 20",
      "images 20",
      "histograms 20",
    ],
    "end finished",
  ]);
  const told = new Map(calls.map(([name, , names]) => [name, names]));
  expect(calls[5]?.[2]).toEqual(["training/criticLoss", "training/generatorLoss", "training/value"]);
  expect(told.get("scalars")).toEqual(
    expect.arrayContaining(["evaluation/slopeMax", "evaluation/realScoreRange/smallest", "evaluation/seconds"]),
  );
  expect(told.get("images")).toEqual(["samples"]);
  expect(told.get("histograms")).toEqual(
    expect.arrayContaining(["generator/dense1.weight", "critic/dense2.bias", "samples/a", "samples/e"]),
  );
});

it("one that fails is told once, and the run goes on as it would without", async () => {
  refused = "scalars";
  const events = await trained(await newRun(settings(), at("failing")), ["own", "jsonl"]);
  const warnings = events.flatMap((event) => (event.type === "warning" ? [event.message] : []));
  expect(warnings).toEqual(["The log to my log fails; training continues: no scalars today."]);
  const plain = await trained(await newRun(settings(), at("plain")), []);
  const figures = (all: readonly TrainEvent[]) =>
    all.flatMap((one) => (one.type === "evaluation" ? [one.evaluation.figures] : []));
  expect(figures(events)).toEqual(figures(plain));
  expect((await readFile(at("failing", "log.jsonl"), "utf8")).split("\n").length).toBe(8);
});

it("one that cannot begin stops all before anything is written", async () => {
  refused = "begin";
  const run = await newRun(settings(), at("begin"));
  await expect(trained(run, ["own"])).rejects.toThrow("not today.");
  refused = "open";
  await expect(trained(await newRun(settings(), at("open")), ["own"])).rejects.toThrow("no open today");
  expect(await readdir(folder)).not.toContain("open");
  expect(await readdir(at("begin"))).toEqual([]);
});

it("a run that is stopped and resumed has the log of one never stopped, and one that replaces it has a log of its own or none", async () => {
  const logs = ["csv", "jsonl", "tensorboard"];
  const iterations = async (name: string) =>
    (await readFile(at(name, "log.csv"), "utf8")).split("\n").map((row) => row.split(",")[0]);
  await trained(await newRun(settings({ checkpointEvery: 6 }), at("stopped")), logs, 16);
  await trained(await resumeRun(at("stopped"), {}, { checkpoint: 12 }), logs);
  expect(await iterations("stopped")).toEqual(["iteration", "0", "5", "10", "10", "15", "20", "20", ""]);
  await trained(await newRun(settings({ iterations: 10 }), at("stopped"), { force: true }), ["csv"]);
  expect(await iterations("stopped")).toEqual(["iteration", "0", "5", "10", "10", ""]);
  expect((await readdir(at("stopped"))).filter((name) => /jsonl|tfevents/.test(name))).toEqual([]);
});

it("runs of a comparison are logged each by itself", async () => {
  const data = await openDataset(at("five.csv"));
  const configs = [0, 1].map((seed) => resolveConfig(settings({ seed, iterations: 10 }), data));
  const logs = [`csv=${at("logs")}`];
  await runPairings(configs, data, { folder: at("compared"), workers: 0, logs });
  expect((await readdir(at("logs"))).sort()).toEqual(["w-gp-seed-0", "w-gp-seed-1"]);
  expect(await readdir(at("logs", "w-gp-seed-1"))).toEqual(["log.csv"]);
  await expect(runPairings(configs, data, { workers: 0, logs })).rejects.toThrow(/give a folder, or leave out logs/);
});

it("train refuses a log that there is not, and a server that is not there, in a sentence", async () => {
  const train = (log: string) =>
    captured(() => runCommand(["train", "grid", "--out", at("refused"), "--iterations", "1", "--log", log, "--quiet"]));
  expect(await train("tensorbord")).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /There is no log called "tensorbord". Did you mean tensorboard\? Known: tensorboard, mlflow, csv, jsonl/,
    ),
  });
  expect(await train("mlflow")).toMatchObject({ code: 2, err: expect.stringContaining("give mlflow=URL") });
  expect(await train("mlflow=http://127.0.0.1:1")).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^monge: The MLflow server at http:\/\/127.0.0.1:1 does not answer .*\.$/m),
  });
  expect(await readdir(folder)).not.toContain("refused");
});
