import { describe, expect, it } from "vitest";
import type { Tensor, TensorData } from "../../src/engine/index.js";
import { minibatchDeviation, type Network, pixelNorm } from "../../src/networks/index.js";
import { createRng } from "../../src/random.js";
import { evaluate, values } from "../engine/evaluate.js";

async function applied(layer: Network, x: TensorData): Promise<TensorData> {
  const context = { training: true, noise: {}, buffers: {}, update: () => {} };
  const { y } = await evaluate(({ x }: { readonly x: Tensor }) => ({ y: layer.apply({}, x, context) }), { x });
  return y!;
}

describe("pixel normalisation", () => {
  it("gives the numbers of each pixel the size 1", async () => {
    const x = values([3, 4, 0, 0, 1e-20, 0, -5, 12], [1, 2, 2, 2]);
    const { data, shape } = await applied(pixelNorm(), x);
    expect(shape).toEqual([1, 2, 2, 2]);
    const root = Math.SQRT2;
    const expected = [(3 / 5) * root, (4 / 5) * root, 0, 0, 1e-16, 0, (-5 / 13) * root, (12 / 13) * root];
    for (const [k, value] of expected.entries()) expect(data[k]).toBeCloseTo(value, 6);
  });
});

describe("minibatch deviation", () => {
  /** Of each group its mean deviation. */
  function deviations(x: TensorData, n: number, members: number): number[] {
    const size = x.data.length / n;
    const groups = n / members;
    return Array.from({ length: groups }, (_, g) => {
      const ofElement = (k: number) => {
        const all = Array.from({ length: members }, (_, m) => x.data[(m * groups + g) * size + k]!);
        const mean = all.reduce((a, b) => a + b) / members;
        return Math.sqrt(all.reduce((sum, v) => sum + (v - mean) ** 2, 0) / members + 1e-8);
      };
      return Array.from({ length: size }, (_, k) => ofElement(k)).reduce((a, b) => a + b) / size;
    });
  }

  it.each([
    ["groups of four", 8, 4, 4],
    ["groups of two", 6, 2, 2],
    ["the whole batch, where the groups do not fill it", 6, 4, 6],
  ])("adds the mean deviation within %s", async (_, n, group, members) => {
    const shape = [n, 2, 3, 2];
    const x = values([...createRng(1).normals(n * 12)], shape);
    const { data, shape: given } = await applied(minibatchDeviation(group), x);
    expect(given).toEqual([n, 2, 3, 3]);
    const expected = deviations(x, n, members);
    for (let sample = 0; sample < n; sample++) {
      for (let pixel = 0; pixel < 6; pixel++) {
        const from = (sample * 6 + pixel) * 3;
        expect([...data.subarray(from, from + 2)]).toEqual([...x.data.subarray((sample * 6 + pixel) * 2).slice(0, 2)]);
        expect(data[from + 2]).toBeCloseTo(expected[sample % expected.length]!, 5);
      }
    }
  });

  it("is next to 0 where all samples are alike, of points too", async () => {
    const { data } = await applied(minibatchDeviation(), values([1, 2, 1, 2, 1, 2, 1, 2], [4, 2]));
    expect(data).toEqual(Float32Array.from([1, 2, 1e-4, 1, 2, 1e-4, 1, 2, 1e-4, 1, 2, 1e-4]));
  });

  it("depends on its batch, so that no gradient penalty goes with it, and has groups of two at least", () => {
    expect(minibatchDeviation().usesBatchStatistics).toBe(true);
    for (const group of [1, 2.5]) expect(() => minibatchDeviation(group)).toThrow("whole number from 2");
  });
});
