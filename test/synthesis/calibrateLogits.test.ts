import { describe, expect, it } from "vitest";
import { drawNoise } from "../../src/networks/noise.js";
import { createRng } from "../../src/random.js";
import { calibrateLogits } from "../../src/synthesis/calibrateLogits.js";
import { emd } from "../../src/transport/emd.js";

/** The share of rows whose highest logit, with a bias, each category has. */
function shares(logits: Float32Array, bias: Float32Array): number[] {
  const categories = bias.length;
  const counts = new Array<number>(categories).fill(0);
  for (let from = 0; from < logits.length; from += categories) {
    const row = [...logits.subarray(from, from + categories)].map((logit, k) => logit + bias[k]!);
    counts[row.indexOf(Math.max(...row))]! += 1;
  }
  return counts.map((count) => (count * categories) / logits.length);
}

function gumbel(seed: number, count: number): Float32Array {
  return drawNoise({ shape: [1], distribution: "gumbel" }, createRng(seed), count);
}

describe("a bias that gives categories their target shares", () => {
  it("cuts two categories at the quantile of the difference of their logits", () => {
    const differences = Float32Array.from({ length: 1000 }, (_, i) => ((i * 617) % 1000) / 1000);
    const logits = Float32Array.from({ length: 2000 }, (_, at) => (at % 2 ? differences[(at - 1) / 2]! : 0));
    const { bias, error } = calibrateLogits(logits, [0.7, 0.3]);
    // The second wins where its difference is above 0.7.
    expect(bias[0]! - bias[1]!).toBeCloseTo(0.7, 1);
    expect(error).toBeLessThan(0.005);
    expect(shares(logits, bias)[1]).toBeCloseTo(0.3, 2);
  });

  it("solves the dual of the exact transport problem", () => {
    const [rows, target] = [200, [0.4, 0.3, 0.15, 0.1, 0.05]];
    const logits = createRng(3).normals(rows * 5);
    const { bias } = calibrateLogits(logits, target);
    const mean = target.reduce((sum, t, k) => sum + t * bias[k]!, 0);
    let highest = 0;
    for (let from = 0; from < logits.length; from += 5)
      highest += Math.max(...[...bias].map((b, k) => b + logits[from + k]!)) / rows;
    const costs = Array.from({ length: rows }, (_, i) => Array.from(logits.subarray(5 * i, 5 * i + 5), (l) => -l));
    const cost = emd({ costs, targetWeights: target });
    // The dual value of any prices is at most the least cost.
    expect(mean - highest).toBeLessThanOrEqual(cost + 1e-9);
    expect(mean - highest).toBeGreaterThan(cost - 0.003);
  });

  it("makes the marginals of many categories right within what sampling leaves", () => {
    const [rows, categories] = [4000, 30];
    const tastes = createRng(4).normals(categories);
    const logits = gumbel(5, rows * categories).map((noise, at) => noise + 3 * tastes[at % categories]!);
    const target = Float64Array.from({ length: categories }, (_, k) => 1 / (k + 1));
    const total = target.reduce((sum, t) => sum + t);
    const { bias, error, moved } = calibrateLogits(logits, target);
    const found = shares(logits, bias);
    const variation = found.reduce((sum, share, k) => sum + Math.abs(share - target[k]! / total), 0) / 2;
    expect(variation).toBeLessThan(0.01);
    expect(error).toBeCloseTo(variation, 6);
    expect(moved).toBeGreaterThan(0.5);
  });

  it("with Gumbel noise to come is log(target) - logits where all rows have the same", () => {
    const logits = Float32Array.of(3, -1, 0.5, 3, -1, 0.5);
    const target = [1e-4, 0.9, 0.0999];
    const { bias, error } = calibrateLogits(logits, target, { gumbel: true });
    const prices = target.map((t, k) => Math.log(t) - logits[k]!);
    prices.forEach((price, k) => {
      expect(bias[k]! - bias[0]!).toBeCloseTo(price - prices[0]!, 4);
    });
    expect(error).toBeLessThan(1e-6);
  });

  it("with Gumbel noise to come holds for fresh noise, rare categories included", () => {
    const [rows, target] = [20_000, [0.9, 0.0985, 0.001, 0.0005]];
    const own = createRng(6).normals(rows * 4);
    const { bias } = calibrateLogits(own, target, { gumbel: true });
    const found = shares(
      gumbel(7, own.length).map((noise, at) => noise + own[at]!),
      bias,
    );
    found.forEach((share, k) => {
      expect(Math.abs(share - target[k]!)).toBeLessThan(4 * Math.sqrt(target[k]! / rows));
    });
  });

  it("moves nothing where shares are right already", () => {
    const target = [0.5, 0.3, 0.2];
    const logits = Float32Array.from({ length: 300 }, (_, at) => Math.log(target[at % 3]!));
    const soft = calibrateLogits(logits, target, { gumbel: true });
    expect(soft.moved).toBeLessThan(1e-6);
    const hard = Float32Array.from({ length: 900 }, (_, at) => (at % 3 === Math.floor(at / 3) % 3 ? 1 : 0));
    expect(calibrateLogits(hard, [1, 1, 1])).toMatchObject({ bias: new Float32Array(3), moved: 0 });
  });

  it("stays finite where there is little to go by", () => {
    expect(calibrateLogits(Float32Array.of(1, 2), [5])).toEqual({ bias: Float32Array.of(0), error: 0, moved: 0 });
    const none = calibrateLogits(new Float32Array(0), [0.5, 0.5]);
    expect([...none.bias]).toEqual([0, 0]);
    const level = calibrateLogits(new Float32Array(30), [0.6, 0.2, 0.2]);
    expect(level.bias.every(Number.isFinite)).toBe(true);
    expect(level.error).toBeCloseTo(0.4, 6);
    const few = calibrateLogits(createRng(8).normals(2 * 50), new Array<number>(50).fill(1));
    expect(few.bias.every(Number.isFinite)).toBe(true);
    expect(few.error).toBeLessThanOrEqual(0.98);
    const far = calibrateLogits(Float32Array.of(1e12, -1e12, -1e12, 1e12), [0.5, 0.5], { gumbel: true });
    expect(far.bias.every(Number.isFinite)).toBe(true);
  });

  it("never chooses a category whose target is 0", () => {
    const logits = createRng(9).normals(900);
    const { bias, error } = calibrateLogits(logits, [0.5, 0, 0.5]);
    expect(shares(logits, bias)[1]).toBe(0);
    expect(error).toBeLessThan(0.02);
  });

  it("refuses targets that are no shares", () => {
    expect(() => calibrateLogits(new Float32Array(4), [1, -1])).toThrow("from 0");
    expect(() => calibrateLogits(new Float32Array(4), [0, 0])).toThrow("not all 0");
    expect(() => calibrateLogits(new Float32Array(5), [1, 1])).toThrow("whole rows");
  });
});
