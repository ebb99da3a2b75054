import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { followable, loadResults } from "../../src/report/index.js";
import type { ComparisonStanding } from "../../src/runs/compare.js";
import { syntheticComparison } from "./synthetic.js";

const { results } = syntheticComparison();
const none: ComparisonStanding = { iterations: 8000, results: { ...results, runs: [] } };
const first: ComparisonStanding = { iterations: 8000, results: { ...results, runs: results.runs.slice(0, 1) } };
const both: ComparisonStanding = { iterations: 8000, results };

let folder: string;
const unfinished = () => join(folder, "unfinished.json");
/** How many runs the folder tells of; 0 where it tells of none. */
const runsToFollow = () =>
  loadResults(unfinished()).then(
    ({ runs }) => runs.length,
    () => 0,
  );

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-unfinished-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it("a comparison is there to be followed while it is under way, and leaves nothing of that when it is finished", async () => {
  const made = await followable(folder, async (tell) => {
    tell(none);
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual(["status.json"]));
    tell(first);
    await vi.waitFor(async () => expect(await runsToFollow()).toBe(1));
    tell(both);
    await vi.waitFor(async () => expect(await runsToFollow()).toBe(2));
    expect((await readdir(folder)).sort()).toEqual(["status.json", "unfinished.json"]);
    return "made";
  });
  expect(made).toBe("made");
  expect(await readdir(folder)).toEqual([]);
});

it("one that is stopped keeps what it had, and the next one begins without it", async () => {
  const stop = followable(folder, async (tell) => {
    tell(none);
    tell(first);
    tell(both);
    throw new DOMException("stopped", "AbortError");
  });
  await expect(stop).rejects.toThrow("stopped");
  expect((await readdir(folder)).sort()).toEqual(["status.json", "unfinished.json"]);
  expect(await runsToFollow()).toBe(2);
  await followable(folder, async (tell) => {
    tell(none);
    await vi.waitFor(async () => expect(await readdir(folder)).toEqual(["status.json"]));
  });
});

it("one that never began writes nothing", async () => {
  const refused = followable(folder, () => Promise.reject(new Error("an option is wrong")));
  await expect(refused).rejects.toThrow("an option is wrong");
  expect(await readdir(folder)).toEqual([]);
});

it("a folder that cannot be written ends nothing", async () => {
  const made = followable("/dev/null/nowhere", async (tell) => {
    tell(none);
    tell(both);
    return "made";
  });
  expect(await made).toBe("made");
});
