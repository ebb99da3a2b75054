import { describe, expect, it } from "vitest";
import { concat, square, type Tensor } from "../../src/engine/index.js";
import { createRng, type Rng } from "../../src/random.js";
import { acceptanceScorer } from "../../src/synthesis/acceptanceScorer.js";
import { balancingTilt } from "../../src/synthesis/balancingTilt.js";
import { accept, thinning } from "../../src/synthesis/thinning.js";
import { type AcceptanceProgress, trainAcceptance } from "../../src/synthesis/trainAcceptance.js";

/** Points in the plane: standard normal, and with another mean along the first axis. */
const real = (rng: Rng, n: number) => rng.normals(2 * n);
const SKEW = 0.6;
const skewed = (rng: Rng, n: number) => real(rng, n).map((x, at) => (at % 2 ? x : x + SKEW));

describe("rejection sampling by a classifier", () => {
  it("gives rows of a skewed generator the mean of the real ones", { timeout: 60_000 }, async () => {
    const acceptance = await trainAcceptance({ real, generated: skewed, width: 2, rows: 1500, seed: 1 });
    const scorer = await acceptanceScorer(acceptance);
    const rng = createRng(2);
    const rows = skewed(rng, 10_000);
    const logWeights = await scorer.run(rows);
    await scorer.release();
    const kept = accept(logWeights, rng, acceptance);
    const mean = (axis: number) => {
      let [sum, count] = [0, 0];
      kept.forEach((keep, i) => {
        sum += keep * rows[2 * i + axis]!;
        count += keep;
      });
      return { mean: sum / count, count };
    };
    const first = mean(0);
    expect(Math.abs(first.mean)).toBeLessThan(0.07);
    expect(Math.abs(mean(1).mean)).toBeLessThan(0.07);
    expect(first.count / 10_000).toBeCloseTo(acceptance.rate, 1);
    expect(acceptance.rate).toBeGreaterThan(0.2);
  });

  it("sees rows as it is told to, and makes the means of what it sees right", { timeout: 60_000 }, async () => {
    const view = { width: 2, of: (rows: Tensor) => concat([rows, square(rows)], 1) };
    const wide = (rng: Rng, n: number) => rng.normals(n).map((x) => 1.4 * x);
    const normals = (rng: Rng, n: number) => rng.normals(n);
    const options = { real: normals, generated: wide, width: 1, view, rows: 400, seed: 5 };
    const acceptance = await trainAcceptance(options);
    const scorer = await acceptanceScorer(acceptance, view);
    const rng = createRng(6);
    const rows = wide(rng, 10_000);
    const kept = accept(await scorer.run(rows), rng, acceptance);
    await scorer.release();
    const left = rows.filter((_, i) => kept[i] === 1);
    const meanSquare = left.reduce((sum, x) => sum + x * x, 0) / left.length;
    expect(Math.abs(meanSquare - 1)).toBeLessThan(0.08);
  });

  it("is the same for a seed, tells how far it is, and survives being written", { timeout: 60_000 }, async () => {
    const told: AcceptanceProgress[] = [];
    const options = { real, generated: skewed, width: 2, rows: 40, seed: 3 };
    const [a, b] = [
      await trainAcceptance({ ...options, onProgress: (progress) => told.push(progress) }),
      await trainAcceptance(options),
    ];
    expect(a).toEqual(b);
    expect(told.map(({ update }) => update)).toEqual(told.map((_, i) => i + 1));
    expect(told.at(-1)?.updates).toBe(told.length);
    const { parameters, tilt, ...plain } = a;
    const [scorer, again] = [
      await acceptanceScorer(a),
      await acceptanceScorer({ ...JSON.parse(JSON.stringify(plain)), parameters, tilt }),
    ];
    const rows = Float32Array.of(0, 0, 1, 1, -2, 5);
    expect(await again.run(rows)).toEqual(await scorer.run(rows));
    await Promise.all([scorer.release(), again.release()]);
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    const training = trainAcceptance({
      real,
      generated: skewed,
      width: 2,
      rows: 400,
      seed: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("enough")),
    });
    await expect(training).rejects.toThrow("enough");
  });
});

describe("how rows are let through", () => {
  it("is in proportion to their weights, up to a cap above which 1 % of all weight lies", () => {
    const logWeights = Float32Array.from({ length: 1001 }, (_, i) => i / 250);
    const { logCap, rate } = thinning(logWeights);
    const lost = (cap: number) => {
      const weights = [...logWeights].map(Math.exp);
      const above = weights.reduce((sum, weight) => sum + Math.max(0, weight - Math.exp(cap)), 0);
      return above / weights.reduce((sum, weight) => sum + weight);
    };
    expect(lost(logCap)).toBeLessThanOrEqual(0.01);
    expect(lost(logCap - 1 / 250)).toBeGreaterThan(0.01);
    const exact = [...logWeights].map((logWeight) => Math.min(1, Math.exp(logWeight - logCap)));
    expect(rate).toBeCloseTo(exact.reduce((sum, p) => sum + p) / 1001, 6);
    const rng = createRng(4);
    const kept = accept(new Float32Array(40_000).fill(3.5), rng, { logCap }).reduce((sum, keep) => sum + keep, 0);
    expect(kept / 40_000).toBeCloseTo(Math.exp(3.5 - logCap), 2);
    expect(accept(Float32Array.of(4, 1000), rng, { logCap })).toEqual(Uint8Array.of(1, 1));
  });

  it("keeps all where weights are level, and never overflows", () => {
    const level = thinning(new Float32Array(50));
    expect(level.rate).toBe(1);
    expect(accept(new Float32Array(50), createRng(1), level).every((keep) => keep === 1)).toBe(true);
    const far = thinning(Float32Array.of(-1e4, 1e4));
    expect(Number.isFinite(far.logCap)).toBe(true);
    expect(thinning(new Float32Array(0)).rate).toBe(1);
  });
});

describe("the tilt that makes means right", () => {
  it("is the logarithm of the odds' ratio for one column of yes and no", async () => {
    const rows = Float32Array.from({ length: 1000 }, (_, i) => (i < 200 ? 1 : 0));
    const [tilt] = await balancingTilt(rows, new Float64Array(1000), Float64Array.of(0.5));
    expect(tilt).toBeCloseTo(Math.log((0.5 / 0.5) * (0.8 / 0.2)), 1);
  });

  it("gives weighted rows the means asked for, beside weights that they have", async () => {
    const [n, width] = [4000, 3];
    const rng = createRng(5);
    const rows = rng.normals(n * width);
    const logWeights = Float64Array.from(rng.normals(n));
    const target = Float64Array.of(0.5, -0.3, 0);
    const tilt = await balancingTilt(rows, logWeights, target);
    const weights = logWeights.map((logWeight, i) =>
      Math.exp(tilt.reduce((sum, v, j) => sum + v * rows[i * width + j]!, logWeight)),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    target.forEach((mean, j) => {
      const found = weights.reduce((sum, weight, i) => sum + weight * rows[i * width + j]!, 0) / total;
      expect(found).toBeCloseTo(mean, 2);
    });
  });

  it("stays finite where means cannot be reached or columns say the same", async () => {
    const rows = Float32Array.from({ length: 200 }, (_, at) => (at % 4 < 2 ? 1 : 0));
    const tilt = await balancingTilt(rows, new Float64Array(100), Float64Array.of(1, 1));
    expect(tilt.every(Number.isFinite)).toBe(true);
    expect(
      (await balancingTilt(new Float32Array(0), new Float64Array(0), Float64Array.of(1))).every(Number.isFinite),
    ).toBe(true);
  });
});
