import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { oneDimensionalFigure } from "../../src/figures/oneDimensional.js";
import { type CompareProgress, type ComparisonStanding, compare } from "../../src/runs/compare.js";

const tiny = { width: 8, depth: 1, batch: 16, iterations: 4, evaluateEvery: 4, settle: 5 };

describe("a comparison", () => {
  it("trains every pairing with every seed and keeps their figures and pictures in that order", async () => {
    const seen: CompareProgress[] = [];
    const { results, pictures, real, shape } = await compare({
      data: "ring",
      losses: ["bce", "w-gp"],
      seeds: [0, 1],
      settings: tiny,
      workers: 0,
      onProgress: (progress) => seen.push(progress),
    });
    expect(results.runs.map(({ loss, seed }) => `${loss} ${seed}`)).toEqual(["bce 0", "w-gp 0", "bce 1", "w-gp 1"]);
    for (const run of results.runs) {
      expect(run.iterations).toBe(4);
      expect(run.history.map(({ iteration }) => iteration)).toEqual([0, 4]);
      const { figures } = run;
      expect(figures).toMatchObject(run.history.at(-1)!.figures);
      expect(figures).toMatchObject({ modesTotal: 8, emd: expect.any(Number), feedbackFirst: expect.any(Number) });
      expect(figures.settledUpdates).toBe(run.loss === "bce" ? undefined : 5);
      // One evaluation after the first is too few.
      expect(figures.estimatePearson).toBeUndefined();
      expect(figures.wassersteinEstimate === undefined).toBe(run.loss === "bce");
    }
    expect(
      pictures.every(({ samples, surface }) => samples.length === 2 && surface!.values.every(Number.isFinite)),
    ).toBe(true);
    expect(real.length % shape[0]!).toBe(0);
    expect(seen.filter(({ evaluation }) => evaluation)).toHaveLength(4 * 2);
  });

  it("tells how all runs stand: before the first iteration, after each evaluation, and with what each has ended", async () => {
    const seen: ComparisonStanding[] = [];
    const { results } = await compare({
      data: "ring",
      losses: ["bce", "w-none"],
      seeds: [0],
      settings: { ...tiny, optimizer: "sgd", learningRate: 1e20 },
      workers: 0,
      onStanding: (standing) => seen.push(standing),
    });
    expect(seen.every(({ iterations }) => iterations === 8)).toBe(true);
    expect(seen[0]!.results).toEqual({ version: 2, data: "ring", metrics: [], runs: [] });
    expect(seen[1]!.results.runs).toMatchObject([
      { loss: "bce", iterations: 0, figures: { modesTotal: 8 }, stopped: null },
    ]);
    expect(seen.at(-1)!.results).toEqual(results);
    expect(results.runs[1]!.stopped).toMatch(/not finite/);
  });

  it("tells what is wrong with a run while it is trained, and with which", async () => {
    const told: string[] = [];
    await compare({
      data: "ring",
      losses: ["w-none"],
      seeds: [3],
      settings: {
        ...{ ...tiny, depth: 3, settle: 0, iterations: 8, evaluateEvery: 2 },
        ...{ learningRate: 0.02, generatorRate: 1e-9, schedule: "constant" },
      },
      workers: 0,
      onWarning: (sentence) => told.push(sentence),
    });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^w-none, seed 3: the critic runs away: from iteration \d+ to \d+ its /);
  });

  it("refuses an unknown pairing before anything is trained", async () => {
    const seen: CompareProgress[] = [];
    const options = {
      data: "ring",
      losses: ["w-gp", "w-pg"],
      seeds: [0],
      onProgress: (p: CompareProgress) => seen.push(p),
    };
    await expect(compare(options)).rejects.toThrow(InputError);
    expect(seen).toEqual([]);
  });

  it("stops when its signal is aborted", async () => {
    const signal = AbortSignal.abort();
    const options = { data: "ring", losses: ["w-gp"], seeds: [0], settings: tiny, workers: 0, signal };
    await expect(compare(options)).rejects.toBe(signal.reason);
  });
});

describe("the one-dimensional figure", () => {
  it("shows a flat sigmoid that gives fakes nothing, and a critic's line of slope about 1", async () => {
    const { x, fake, curves, optimal } = await oneDimensionalFigure();
    const [bce, w] = curves as [(typeof curves)[number], (typeof curves)[number]];
    const center = fake.reduce((sum, value) => sum + value, 0) / fake.length;
    const atFakes = x.reduce(
      (best, value, i) => (Math.abs(value - center) < Math.abs(x[best]! - center) ? i : best),
      0,
    );
    expect(bce.output).toBe("probability");
    expect(bce.values[atFakes]).toBeLessThan(0.01);
    expect(bce.feedback[atFakes]).toBeLessThan(0.01);
    expect(w.output).toBe("score");
    expect(w.feedback[atFakes]).toBeGreaterThan(0.8);
    const between = Array.from(x.keys()).filter((i) => Math.abs(x[i]!) < 1.5);
    const slope = (w.values[between.at(-1)!]! - w.values[between[0]!]!) / (x[between.at(-1)!]! - x[between[0]!]!);
    expect(slope).toBeGreaterThan(0.8);
    expect(slope).toBeLessThan(1.3);
    const best = (optimal[between.at(-1)!]! - optimal[between[0]!]!) / (x[between.at(-1)!]! - x[between[0]!]!);
    expect(best).toBeCloseTo(1, 5);
  });
});
