import { describe, expect, it } from "vitest";
import { layRow } from "../../src/data/codecs/rowLayout.js";
import { gradients } from "../../src/engine/index.js";
import { momentsTerm } from "../../src/game/moments.js";
import { createRng, type Rng } from "../../src/random.js";
import "../allclose.js";
import { evaluate, values } from "../engine/evaluate.js";

const layout = layRow([
  { name: "city", choices: 3, hasQuantile: false },
  { name: "plain", choices: 0, hasQuantile: true },
  { name: "gated", choices: 2, hasQuantile: true },
]);
const { width } = layout;

/** Rows as a codec makes them: one choice each, and a quantile where it is open. */
function rowsOf(rng: Rng, count: number): number[][] {
  return Array.from({ length: count }, () => {
    const [city, open] = [rng.integer(3), rng.integer(2)];
    const quantile = () => Math.fround(2 * rng.uniform() - 1);
    return [...[0, 1, 2].map((k) => Number(k === city)), quantile(), 1 - open, open, open * quantile()];
  });
}

/** Choices, and 8 hat functions of each quantile, one of them with a gate: straight from their definition. */
function featuresOf([a = 0, b = 0, c = 0, plain = 0, shut = 0, open = 0, gated = 0]: readonly number[]): number[] {
  const hats = (q: number, gate: number) =>
    Array.from({ length: 8 }, (_, i) => gate * Math.max(0, 1 - Math.abs(q - ((2 * i) / 7 - 1)) * 3.5));
  return [a, b, c, shut, open, ...hats(plain, 1), ...hats(gated, open)];
}

/** The mean product of each two features. */
function productsOf(rows: readonly (readonly number[])[]): number[][] {
  const features = rows.map(featuresOf);
  const count = features[0]?.length ?? 0;
  const mean = (i: number, j: number) => features.reduce((sum, f) => sum + (f[i] ?? 0) * (f[j] ?? 0), 0) / rows.length;
  return Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => mean(i, j)));
}

/** The term by its formula, from all products. */
function termOf(data: readonly number[][], fakes: readonly number[][], weight: number): number {
  const half = Math.floor(fakes.length / 2);
  const [m, a, b] = [productsOf(data), productsOf(fakes.slice(0, half)), productsOf(fakes.slice(half, 2 * half))];
  const often = m.map((row, i) => Math.max(row[i] ?? 0, 1e-4));
  let sum = 0;
  for (const [i, row] of m.entries())
    for (const [j, wanted] of row.entries())
      sum +=
        (((a[i]?.[j] ?? 0) - wanted) * ((b[i]?.[j] ?? 0) - wanted)) /
        Math.sqrt((often[i] ?? 0) * (often[j] ?? 0) + 1e-4);
  return weight * sum;
}

const flat = (rows: readonly (readonly number[])[]) => values(rows.flat(), [rows.length, width]);

/** The term of the engine on fakes, and its gradient. */
async function computed(data: readonly number[][], fakes: readonly number[][], weight: number) {
  const term = momentsTerm(layout, () => Float32Array.from(data.flat()), weight);
  return evaluate(
    ({ x }) => {
      const value = term.of({ real: { x: x! }, fake: { x: x! } });
      return { value, gradient: gradients(value, [x!])[0] };
    },
    { x: flat(fakes) },
  );
}

describe("the moments of pairs", () => {
  it.each([2, 3, 8, 31])("are those of the formula, of %i fakes", async (count) => {
    const rng = createRng(count);
    const [data, fakes] = [rowsOf(rng, 50), rowsOf(rng, count)];
    const { value } = await computed(data, fakes, 2);
    expect(value!.data[0]).toBeCloseTo(termOf(data, fakes, 2), 3);
  });

  it("are 0 where each half of the fakes is the data, and their gradient too", async () => {
    const data = rowsOf(createRng(1), 12);
    const { value, gradient } = await computed(data, [...data, ...data], 5);
    expect(Math.abs(value!.data[0] ?? 1)).toBeLessThan(1e-6);
    expect(Math.max(...[...gradient!.data].map(Math.abs))).toBeLessThan(1e-5);
  });

  it("pass back the gradient that differences of the formula have", async () => {
    const rng = createRng(4);
    const data = rowsOf(rng, 40);
    // Soft choices and quantiles away from the corners of the hats, where there is a derivative.
    const fakes = rowsOf(rng, 6).map((row) =>
      row.map((x, place) => (place === 3 || place === 6 ? 0.9 * x + 0.011 : 0.8 * x + 0.1)),
    );
    const { gradient } = await computed(data, fakes, 1);
    const step = 1e-5;
    const moved = (at: number, by: number) =>
      termOf(
        data,
        fakes.map((row, i) => row.map((x, place) => (i * width + place === at ? x + by : x))),
        1,
      );
    const expected = fakes.flat().map((_, at) => (moved(at, step) - moved(at, -step)) / (2 * step));
    expect(gradient).toBeAllclose({ shape: [6, width], data: expected }, { relative: 2e-4 });
  });

  it("have the squared distance of the distributions for their mean, without what a batch adds", async () => {
    const rng = createRng(6);
    const data = rowsOf(rng, 200);
    // Fakes are drawn from few rows, so that what they are drawn from is known.
    const source = rowsOf(rng, 7);
    const truth = termOf(data, [...source, ...source], 1);
    const draws = 400;
    const batch = () => Array.from({ length: 8 }, () => source[rng.integer(7)] ?? []);
    const terms = Array.from({ length: draws }, () => termOf(data, batch(), 1));
    const mean = terms.reduce((sum, x) => sum + x, 0) / draws;
    const deviation = Math.sqrt(terms.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws);
    expect(Math.abs(mean - truth)).toBeLessThan((3 * deviation) / Math.sqrt(draws));
    // The squared distance of one batch is far above it.
    const biased = Array.from({ length: draws }, batch).map((b) => termOf(data, [...b, ...b], 1));
    expect(biased.reduce((sum, x) => sum + x, 0) / draws).toBeGreaterThan(truth + (10 * deviation) / Math.sqrt(draws));
  });

  it("are finite where a choice never occurs, and where a quantile is at its ends", async () => {
    const data = [-1, 1, -1, 1].map((q) => [1, 0, 0, q, 0, 1, -q]);
    const fakes = [
      [0, 1, 0, 1, 1, 0, 0],
      [0, 0, 1, -1, 1, 0, 0],
    ];
    const { value, gradient } = await computed(data, fakes, 2);
    expect(value!.data[0]).toBeCloseTo(termOf(data, fakes, 2), 3);
    expect([...gradient!.data].every(Number.isFinite)).toBe(true);
  });
});
