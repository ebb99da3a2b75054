import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CompareProgress, type ComparisonStanding, compare, comparisonSoFar } from "../../src/runs/compare.js";
import type { Comparison } from "../../src/runs/results.js";

// The figure depends on nothing of a comparison, and takes longer than all of these.
vi.mock("../../src/figures/oneDimensional.js", () => ({ oneDimensionalFigure: async () => null }));

const tiny = { width: 8, depth: 1, batch: 16, iterations: 4, evaluateEvery: 2 };

describe("a comparison that keeps its runs in a folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "monge-compare-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const options = { data: "ring", losses: ["bce", "w-gp"], seeds: [0], settings: tiny, workers: 0 };

  /** Stops at the second evaluation of the second run. */
  async function interrupted() {
    const controller = new AbortController();
    const onProgress = ({ loss, evaluation }: CompareProgress) => {
      if (loss === "w-gp" && evaluation?.iteration === 2) controller.abort();
    };
    const stopped = compare({ ...options, folder, signal: controller.signal, onProgress });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  }

  /** What does not depend on the clock. */
  function withoutSeconds({ results, pictures, real }: Comparison) {
    const runs = results.runs.map(({ seconds, history, ...run }) => ({
      ...run,
      history: history.map(({ seconds, ...evaluation }) => evaluation),
    }));
    return { runs, pictures, real };
  }

  it("goes on where it was interrupted, and gives the results of one that was not", async () => {
    await interrupted();
    const trained: string[] = [];
    const standings: ComparisonStanding[] = [];
    const onProgress = ({ loss, iteration }: CompareProgress) => trained.push(`${loss} ${iteration}`);
    const resumed = await compare({ ...options, folder, onProgress, onStanding: (s) => standings.push(s) });
    expect([...new Set(trained)]).toEqual(["w-gp 3", "w-gp 4"]);
    expect(standings[0]!.results.runs.map(({ loss, iterations }) => [loss, iterations])).toEqual([
      ["bce", 4],
      ["w-gp", 2],
    ]);
    expect(withoutSeconds(resumed)).toEqual(withoutSeconds(await compare(options)));
    expect(withoutSeconds(await compare({ ...options, folder }))).toEqual(withoutSeconds(resumed));
  });

  it("tells what there is after an interruption, as it stands", async () => {
    await expect(comparisonSoFar({ ...options, folder })).rejects.toThrow(/keeps no run/);
    await interrupted();
    const { results, pictures } = await comparisonSoFar({ ...options, folder });
    expect(results.runs.map(({ loss, iterations, stopped }) => [loss, iterations, stopped])).toEqual([
      ["bce", 4, null],
      ["w-gp", 2, null],
    ]);
    expect(pictures[1]!.samples.map(({ iteration }) => iteration)).toEqual([0, 2]);
    expect(pictures.every(({ surface }) => surface!.values.every(Number.isFinite))).toBe(true);
  });

  it("refuses runs of other settings or data, unless they are to be trained anew", async () => {
    await compare({ ...options, folder });
    const wider = { ...options, folder, settings: { ...tiny, width: 9 } };
    await expect(compare(wider)).rejects.toThrow(
      /bce-seed-0 keeps a run of other settings \(width is 8 there and 9 here\)/,
    );
    await expect(compare({ ...options, folder, data: "moons" })).rejects.toThrow(/its data is not the same/);
    const trained: string[] = [];
    const onProgress = ({ loss, evaluation }: CompareProgress) => evaluation && trained.push(loss);
    await compare({ ...wider, losses: ["bce"], anew: "others", onProgress });
    expect(trained).toEqual(["bce", "bce", "bce"]);
    await compare({ ...wider, losses: ["bce"], onProgress });
    expect(trained).toHaveLength(3);
    await compare({ ...wider, losses: ["bce"], anew: "all", onProgress });
    expect(trained).toHaveLength(6);
  });
});
