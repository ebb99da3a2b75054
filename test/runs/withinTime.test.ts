import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunSettings } from "../../src/runs/config.js";
import { resumeRun } from "../../src/runs/resumeRun.js";
import { newRun, type Run } from "../../src/runs/run.js";
import { loadRun } from "../../src/runs/savedRun.js";
import { trainRun } from "../../src/runs/trainRun.js";
import { withinTime } from "../../src/runs/withinTime.js";

const settings: RunSettings = {
  ...{ data: "grid", loss: "w-gp", width: 4, depth: 1, batch: 8, criticSteps: 1 },
  ...{ iterations: 1_000_000, evaluateEvery: 0, checkpointEvery: 0 },
};
let folder: string;
const at = (name: string) => join(folder, name);
const inSeconds = (seconds: number) => performance.now() + 1000 * seconds;

async function trained(run: Run): Promise<string | undefined> {
  let last: string | undefined;
  for await (const { type } of trainRun(run)) last = type;
  return last;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-time-"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a run within some time", { timeout: 120_000 }, () => {
  it("is exactly a run of as many iterations as fit, and tells how long its parts take", async () => {
    const { run, takes } = await withinTime(await newRun(settings, at("timed")), inSeconds(5));
    const { iterations } = run.config;
    expect(iterations).toBeGreaterThan(1);
    expect(iterations).toBeLessThan(1_000_000);
    expect(takes).toMatchObject({ evaluation: 0, finish: 0 });
    expect(iterations * (takes?.iteration ?? 0)).toBeLessThan(5);
    expect(run.endsAt).toBeGreaterThan(0);
    expect(await trained({ ...run, endsAt: undefined })).toBe("end");
    await trained(await newRun({ ...settings, iterations }, at("counted")));
    const states = ["timed", "counted"].map((name) =>
      readFile(join(at(name), "checkpoints", String(iterations).padStart(8, "0"), "state.safetensors")),
    );
    const [timed, counted] = await Promise.all(states);
    expect(timed?.equals(counted ?? new Uint8Array())).toBe(true);
    expect((await loadRun(at("timed"))).changes).toEqual([]);
  });

  it("has no more iterations than it was to have, and one at least", async () => {
    const of = async (iterations: number, seconds: number) => {
      const timed = await withinTime(await newRun({ ...settings, iterations }, at("none")), inSeconds(seconds));
      return [timed.run.config.iterations, timed.isTooShort];
    };
    expect(await of(3, 1000)).toEqual([3, false]);
    expect(await of(3, 0.001)).toEqual([1, true]);
  });

  it("ends at an iteration when the time is up all the same, which is kept as a change, and can be made longer", async () => {
    const run = await newRun({ ...settings, iterations: 50, schedule: "constant" }, at("late"));
    expect(await trained({ ...run, endsAt: performance.now() })).toBe("end");
    const saved = await loadRun(at("late"));
    expect(saved.progress.iteration).toBe(1);
    expect(saved.config.iterations).toBe(1);
    expect(saved.changes).toEqual([{ iteration: 1, setting: "iterations", from: 50, to: 1 }]);
    const { run: longer } = await withinTime(await resumeRun(at("late"), { iterations: 1_000_000 }), inSeconds(4));
    expect(longer.config.iterations).toBeGreaterThan(1);
    expect(longer.record.changes.at(-1)).toMatchObject({ iteration: 1, setting: "iterations", from: 1_000_000 });
    expect(await trained({ ...longer, endsAt: undefined })).toBe("end");
    expect((await loadRun(at("late"))).progress.iteration).toBe(longer.config.iterations);
  });

  it("of a table leaves time for its evaluations and its finish, once its prior is fitted", async () => {
    // More columns than updates of the classifier are timed.
    const names = Array.from({ length: 20 }, (_, i) => `column ${i}`);
    const rows = Array.from({ length: 100 }, (_, i) => names.map((_, column) => ["a", "b", "c"][(i + column) % 3]));
    await writeFile(at("rows.csv"), [names, ...rows].map((row) => `${row.join()}\n`).join(""));
    const given = { ...settings, data: at("rows.csv"), evaluateEvery: 100, prior: 2, iterations: 5 };
    const { run, takes } = await withinTime(await newRun(given, at("table")), inSeconds(1000));
    expect(run.isPriorOpen).toBe(false);
    for (const seconds of Object.values(takes ?? {})) expect(seconds).toBeGreaterThan(0);
    await trained(run);
    await trained(await newRun(given, at("untimed")));
    const [timed, untimed] = await Promise.all(["table", "untimed"].map((name) => loadRun(at(name))));
    expect(timed?.model.state).toEqual(untimed?.model.state);
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort();
    await expect(withinTime(await newRun(settings, at("stopped")), inSeconds(5), { signal })).rejects.toThrow(/abort/i);
  });
});
