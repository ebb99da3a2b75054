import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDataset } from "../../src/data/open.js";
import { createRng } from "../../src/random.js";
import { type RunSettings, resolveConfig } from "../../src/runs/config.js";
import { earlyEnd } from "../../src/runs/earlyEnd.js";
import { runPairing } from "../../src/runs/pairingRun.js";
import { resumeRun } from "../../src/runs/resumeRun.js";
import { newRun, type Run } from "../../src/runs/run.js";
import { loadRun } from "../../src/runs/savedRun.js";
import { trainRun } from "../../src/runs/trainRun.js";

let folder: string;
const at = (name: string) => join(folder, name);
const tiny = { as: "points", width: 8, depth: 1, batch: 16, settle: 0, evaluateEvery: 2, iterations: 6 } as const;
const settings = (more: Partial<RunSettings> = {}): RunSettings => ({
  ...{ ...tiny, data: at("five.csv"), loss: "w-gp", stopWhen: "slopeMax>0" },
  ...more,
});

async function endOf(run: Run) {
  for await (const event of trainRun(run)) {
    if (event.type === "end") return { iteration: event.progress.iteration, reason: event.reason };
  }
  return undefined;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-early-"));
  // Of too many dimensions for exact distances, which take long.
  const rng = createRng(0);
  const rows = Array.from({ length: 60 }, () => rng.normals(5).join());
  await writeFile(at("five.csv"), ["a,b,c,d,e", ...rows].join("\n"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("a run that ended early keeps its rule and its length, is at its end, and goes on without the rule", async () => {
  const ended = { iteration: 2, reason: expect.stringMatching(/^slopeMax is .*, above 0$/) };
  expect(await endOf(await newRun(settings(), at("run")))).toEqual(ended);
  const saved = await loadRun(at("run"));
  expect(saved.config).toMatchObject({ iterations: 6, stopWhen: "slopeMax>0" });
  expect(saved.changes).toEqual([]);
  expect(earlyEnd(saved)).toEqual(ended.reason);
  expect(await endOf(await resumeRun(at("run")))).toEqual(ended);
  expect(await endOf(await resumeRun(at("run"), { stopWhen: "none" }))).toEqual({ iteration: 6 });
  const further = await loadRun(at("run"));
  expect(further.changes).toEqual([{ iteration: 2, setting: "stopWhen", from: "slopeMax>0", to: "none" }]);
  expect(earlyEnd(further)).toBeUndefined();
});

it("a comparison trains a run that ended early no further", async () => {
  const data = await openDataset(at("five.csv"));
  const told: string[] = [];
  const onProgress = ({ warning }: { readonly warning?: string }) => {
    if (warning !== undefined) told.push(warning);
  };
  const config = resolveConfig(settings(), data);
  const first = await runPairing(config, data, { folder: at("kept"), onProgress });
  expect(first.result.iterations).toBe(2);
  expect(told).toEqual([expect.stringMatching(/^Ended at iteration 2 of 6: slopeMax is .*\.$/)]);
  expect((await runPairing(config, data, { folder: at("kept"), onProgress })).result.iterations).toBe(2);
  expect(told.length).toBe(1);
});
