import { describe, expect, it } from "vitest";
import { createRng, type Rng } from "../../src/random.js";
import { acceptanceScorer } from "../../src/synthesis/acceptanceScorer.js";
import { accept, thinning } from "../../src/synthesis/thinning.js";
import { type AcceptanceProgress, trainAcceptance } from "../../src/synthesis/trainAcceptance.js";

/** Points in the plane: standard normal, and with another mean along the first axis. */
const real = (rng: Rng, n: number) => rng.normals(2 * n);
const SKEW = 0.6;
const skewed = (rng: Rng, n: number) => real(rng, n).map((x, at) => (at % 2 ? x : x + SKEW));

describe("rejection sampling by a classifier", () => {
  it("gives rows of a skewed generator the mean of the real ones", { timeout: 60_000 }, async () => {
    const acceptance = await trainAcceptance({ real, generated: skewed, width: 2, rows: 3000, seed: 1 });
    const scorer = await acceptanceScorer(acceptance);
    const rng = createRng(2);
    const rows = skewed(rng, 20_000);
    const logits = await scorer.score(rows);
    await scorer.release();
    const kept = accept(logits, rng, acceptance);
    const mean = (axis: number) => {
      let [sum, count] = [0, 0];
      kept.forEach((keep, i) => {
        sum += keep * rows[2 * i + axis]!;
        count += keep;
      });
      return { mean: sum / count, count };
    };
    // The exact logarithm of the ratio is SKEW^2 / 2 - SKEW x: correlated with the logits, and about as steep.
    const first = mean(0);
    expect(Math.abs(first.mean)).toBeLessThan(0.1);
    expect(Math.abs(mean(1).mean)).toBeLessThan(0.06);
    expect(first.count / 20_000).toBeCloseTo(acceptance.rate, 1);
    expect(acceptance.rate).toBeGreaterThan(0.2);
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
    const { parameters, ...plain } = a;
    const [scorer, again] = [
      await acceptanceScorer(a),
      await acceptanceScorer({ ...JSON.parse(JSON.stringify(plain)), parameters }),
    ];
    const rows = Float32Array.of(0, 0, 1, 1, -2, 5);
    expect(await again.score(rows)).toEqual(await scorer.score(rows));
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
  it("is in proportion to the power 1.1 of their ratio, up to the 98 % quantile", () => {
    const logits = Float32Array.from({ length: 101 }, (_, i) => i / 25);
    const { logCap, rate } = thinning(logits);
    expect(logCap).toBeCloseTo((1.1 * 98) / 25, 5);
    const exact = [...logits].map((logit) => Math.min(1, Math.exp(1.1 * logit - logCap)));
    expect(rate).toBeCloseTo(exact.reduce((sum, p) => sum + p) / 101, 6);
    const rng = createRng(4);
    const level = new Float32Array(40_000).fill(3.2);
    const kept = accept(level, rng, { logCap }).reduce((sum, keep) => sum + keep, 0);
    expect(kept / 40_000).toBeCloseTo(Math.exp(1.1 * 3.2 - logCap), 2);
    expect(accept(Float32Array.of(4, 1000), rng, { logCap })).toEqual(Uint8Array.of(1, 1));
  });

  it("keeps all where the classifier cannot tell, and never overflows", () => {
    const level = thinning(new Float32Array(50));
    expect(level.rate).toBe(1);
    expect(accept(new Float32Array(50), createRng(1), level).every((keep) => keep === 1)).toBe(true);
    const far = thinning(Float32Array.of(-1e4, 1e4));
    expect(Number.isFinite(far.logCap)).toBe(true);
    expect(thinning(new Float32Array(0)).rate).toBe(1);
  });
});
