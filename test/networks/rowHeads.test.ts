import { describe, expect, it } from "vitest";
import { layRow } from "../../src/data/codecs/rowLayout.js";
import { gradients, mul, sum } from "../../src/engine/index.js";
import { rowHeads } from "../../src/networks/rowHeads.js";
import { createRng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

// Choices of several numbers, some as many as others, and quantiles with a gate and without.
const layout = layRow([
  { name: "three", choices: 3, hasQuantile: false },
  { name: "plain", choices: 0, hasQuantile: true },
  { name: "gated", choices: 2, hasQuantile: true },
  { name: "one", choices: 1, hasQuantile: false },
  { name: "four", choices: 4, hasQuantile: true },
  { name: "five", choices: 5, hasQuantile: false },
]);
const { width, columns } = layout;
const heads = rowHeads(layout, 0.5);
const rng = createRng(11);
const drawn = (n: number) => ({
  logits: values(
    [...rng.normals(n * width)].map((x) => 2 * x),
    [n, width],
  ),
  uniform: values([...rng.uniforms(n * width)], [n, width]),
});

/** What the heads make of rows, and the gradient of a weighted sum of them. */
async function applied(inputs: ReturnType<typeof drawn>, weights: number[]) {
  const weighted = { ...inputs, weights: values(weights, inputs.logits.shape) };
  return evaluate(({ logits, uniform, weights }) => {
    const row = heads.apply(logits!, uniform!);
    const [gradient] = gradients(sum(mul(row, weights!)), [logits!]);
    return { row, gradient };
  }, weighted);
}

const gumbel = (u: number) => -Math.log(-Math.log(u * (1 - 2e-6) + 1e-6));

describe("the heads of a row", () => {
  it("draw one choice of each column, the largest with its Gumbel noise, and open quantiles by it", async () => {
    const n = 200;
    const inputs = drawn(n);
    const { row } = await applied(inputs, Array(n * width).fill(1));
    for (let i = 0; i < n; i++) {
      const at = ({ data }: { readonly data: ArrayLike<number> }, place: number) =>
        data[i * width + place] ?? Number.NaN;
      for (const { start, choices, quantile, gate } of columns) {
        const noisy = Array.from(
          { length: choices },
          (_, k) => at(inputs.logits, start + k) + gumbel(at(inputs.uniform, start + k)),
        );
        const best = noisy.indexOf(Math.max(...noisy));
        expect(noisy.map((_, k) => at(row!, start + k))).toEqual(noisy.map((_, k) => (k === best ? 1 : 0)));
        if (quantile === null) continue;
        const open = gate === null ? 1 : at(row!, gate);
        expect(at(row!, quantile)).toBeCloseTo(open * Math.tanh(at(inputs.logits, quantile)), 6);
      }
    }
  });

  it("draw one choice where several are alike", async () => {
    const alike = {
      logits: values(Array(width).fill(0), [1, width]),
      uniform: values(Array(width).fill(0.5), [1, width]),
    };
    const { row } = await applied(alike, Array(width).fill(1));
    for (const { start, choices } of columns)
      if (choices > 0) expect([...row!.data].slice(start, start + choices)).toEqual([1, ...Array(choices - 1).fill(0)]);
  });

  it("draw choices as often as the softmax of the logits says, whatever the temperature", async () => {
    const n = 20_000;
    const logits = Float32Array.from({ length: width }, () => rng.normal());
    const { row } = await applied(
      {
        logits: values(Array.from({ length: n }, () => [...logits]).flat(), [n, width]),
        uniform: values([...rng.uniforms(n * width)], [n, width]),
      },
      Array(n * width).fill(1),
    );
    for (const { start, choices } of columns.filter(({ choices }) => choices > 1)) {
      const weights = [...logits.subarray(start, start + choices)].map(Math.exp);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const counts = weights.map((_, k) => {
        let count = 0;
        for (let i = 0; i < n; i++) count += row!.data[i * width + start + k] ?? Number.NaN;
        return count;
      });
      const chiSquare = counts.reduce((sum, count, k) => {
        const expected = (n * (weights[k] ?? 0)) / total;
        return sum + (count - expected) ** 2 / expected;
      }, 0);
      // What chi-square with so many degrees of freedom passes once in a thousand times.
      expect(chiSquare).toBeLessThan([0, 10.8, 13.8, 16.3, 18.5][choices - 1] ?? 0);
    }
  });

  it("pass back the gradient of the softmax at the temperature, and that of the quantile, as calculus says", async () => {
    const n = 5;
    const inputs = drawn(n);
    const weights = [...rng.normals(n * width)];
    const { row, gradient } = await applied(inputs, weights);
    const expected = new Float64Array(n * width);
    for (let i = 0; i < n; i++) {
      const at = (data: ArrayLike<number>, place: number) => data[i * width + place] ?? Number.NaN;
      for (const { start, choices, quantile, gate } of columns) {
        const places = Array.from({ length: choices }, (_, k) => start + k);
        const noisy = places.map(
          (place) => (at(inputs.logits.data, place) + gumbel(at(inputs.uniform.data, place))) / 0.5,
        );
        const largest = Math.max(...noisy);
        const shares = noisy.map((x) => Math.exp(x - largest));
        const total = shares.reduce((sum, share) => sum + share, 0);
        const position = quantile === null ? 0 : Math.tanh(at(inputs.logits.data, quantile));
        // The gate is a factor of the quantile, which passes its gradient on to the choices.
        const ofChoice = places.map(
          (place) => at(weights, place) + (place === gate && quantile !== null ? at(weights, quantile) * position : 0),
        );
        const mean = shares.reduce((sum, share, k) => sum + (share / total) * (ofChoice[k] ?? 0), 0);
        for (const [k, place] of places.entries())
          expected[i * width + place] = ((shares[k] ?? 0) / total) * ((ofChoice[k] ?? 0) - mean) * 2;
        if (quantile === null) continue;
        const open = gate === null ? 1 : at(row!.data, gate);
        expected[i * width + quantile] = at(weights, quantile) * open * (1 - position ** 2);
      }
    }
    expect(gradient).toBeAllclose({ shape: [n, width], data: expected }, { relative: 2e-5 });
  });

  it("stay finite for logits and uniform numbers at their ends", async () => {
    const ends = {
      logits: values(
        Array(width)
          .fill(0)
          .map((_, i) => (i % 2 ? 1e3 : -1e3)),
        [1, width],
      ),
      uniform: values(
        Array(width)
          .fill(0)
          .map((_, i) => (i % 3 ? 0 : 1 - 2 ** -24)),
        [1, width],
      ),
    };
    const { row, gradient } = await applied(ends, [...rng.normals(width)]);
    expect([...row!.data, ...gradient!.data].every(Number.isFinite)).toBe(true);
  });

  it("may be of choices alone, or of quantiles alone", async () => {
    const of = async (choices: number, hasQuantile: boolean) => {
      const own = rowHeads(layRow([{ name: "x", choices, hasQuantile }]), 0.2);
      const length = choices + (hasQuantile ? 1 : 0);
      const inputs = {
        logits: values(Array(length).fill(0.5), [1, length]),
        uniform: values(Array(length).fill(0.5), [1, length]),
      };
      const { row } = await evaluate(({ logits, uniform }) => ({ row: own.apply(logits!, uniform!) }), inputs);
      return [...row!.data];
    };
    expect(await of(2, false)).toEqual([1, 0]);
    const [quantile] = await of(0, true);
    expect(quantile).toBeCloseTo(Math.tanh(0.5), 6);
  });
});
