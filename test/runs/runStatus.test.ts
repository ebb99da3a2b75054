import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunSettings } from "../../src/runs/config.js";
import { resumeRun } from "../../src/runs/resumeRun.js";
import { newRun } from "../../src/runs/run.js";
import { type RunStatus, statusOf } from "../../src/runs/runStatus.js";
import { trainRun } from "../../src/runs/trainRun.js";

const tiny: RunSettings = {
  data: "ring",
  loss: "w-gp",
  width: 8,
  depth: 1,
  batch: 16,
  iterations: 3,
  evaluateEvery: 0,
};
const wild = { ...tiny, loss: "w-none", optimizer: "sgd", learningRate: 1e20, iterations: 50 } as const;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-status-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (name: string) => readFile(join(folder, name, "status.json"), "utf8");

describe("what a run says of itself", () => {
  it("is that it trains, before its first iteration, and then how it ended", async () => {
    const [states, controller] = [[] as string[], new AbortController()];
    for await (const event of trainRun(await newRun(tiny, join(folder, "run")), { signal: controller.signal })) {
      states.push(`${event.type} ${statusOf(await textOf("run"))!.state}`);
      if (event.type === "step") controller.abort();
    }
    expect(states).toEqual(["start training", "step training", "stopped stopped"]);

    const more = await resumeRun(join(folder, "run"), { iterations: 5 });
    const during = new Set<unknown>();
    for await (const event of trainRun(more))
      if (event.type === "step") during.add(statusOf(await textOf("run"))!.iterations);
    expect([...during]).toEqual([5]);
    expect(statusOf(await textOf("run"))).toMatchObject({ state: "finished", iterations: 5, message: null });
  });

  it("is why, where it diverged", async () => {
    for await (const _ of trainRun(await newRun(wild, join(folder, "wild")))) {
    }
    expect(statusOf(await textOf("wild"))).toMatchObject({
      state: "diverged",
      message: expect.stringMatching(/not finite/),
    });
  });

  it("is that it stopped, where its process was killed; a run of another machine is believed", async () => {
    const dead = spawnSync(process.execPath, ["--version"]).pid;
    const told = JSON.parse(await textOf("run")) as RunStatus;
    const { host: here, started } = told.process;
    const stateOf = (host: string, id: number, since = started) =>
      statusOf(JSON.stringify({ ...told, state: "training", process: { host, id, started: since } }))!.state;
    expect(stateOf(here, process.pid)).toBe("training");
    if (started !== null) expect(stateOf(here, process.pid, "another boot")).toBe("stopped");
    expect(stateOf(here, dead)).toBe("stopped");
    expect(stateOf("elsewhere", dead)).toBe("training");
  });

  it.each(["", "{", "null", '{"state":"training"}', '{"state":"asleep","iterations":3,"message":null}'])(
    "is nothing in %j",
    (text) => expect(statusOf(text)).toBeNull(),
  );
});
