import { describe, expect, it } from "vitest";
import { marginalsOf } from "../../src/figures/marginals.js";
import { numberMarginal } from "../../src/figures/numberMarginal.js";
import { createRng } from "../../src/random.js";
import type { Column, Table } from "../../src/tables/table.js";

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const numbers = (...values: number[]) => Float64Array.from(values);
const normals = (seed: number, count: number, of: (value: number) => number = (value) => value) =>
  Float64Array.from(createRng(seed).normals(count), of);

describe("a column of numbers", () => {
  it("has the share of every row once: in an atom, in a bin, or beyond all bins", () => {
    const draw = (seed: number) => normals(seed, 1000, (value) => (value < -0.5 ? 0 : value * 1000));
    const { atoms, histogram } = numberMarginal(draw(1), draw(2));
    expect(atoms.map(({ value }) => value)).toEqual([0]);
    for (const side of ["real", "synthetic"] as const) {
      const total = sum([...atoms.map((atom) => atom[side]), ...histogram![side], histogram!.beyond[side]]);
      expect(total).toBeCloseTo(1, 12);
    }
  });

  it("counts a value on an edge in the bin above, and the largest in the last", () => {
    const { histogram } = numberMarginal(numbers(0, 0.5, 1), numbers(0.25, 1));
    const { edges, real, synthetic } = histogram!;
    expect([edges[0], edges.at(-1)]).toEqual([0, 1]);
    expect(real.flatMap((share, bin) => (share > 0 ? [bin] : []))).toEqual([0, 4, 7]);
    expect(synthetic.flatMap((share, bin) => (share > 0 ? [bin] : []))).toEqual([2, 7]);
  });

  it("gives whole numbers bins of equally many whole numbers", () => {
    const few = numberMarginal(numbers(1, 2, 2, 5), numbers(2, 3)).histogram!;
    expect(few.edges).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
    expect(few.real).toEqual([0.25, 0.5, 0, 0, 0.25]);
    const many = normals(3, 2000, (value) => Math.round(100 * value));
    const widths = numberMarginal(many, many).histogram!.edges.map((edge, i, all) => edge - (all[i - 1] ?? Number.NaN));
    expect(new Set(widths.slice(1)).size).toBe(1);
    expect(Number.isInteger(widths[1])).toBe(true);
  });

  it("finds the place and size of the largest gap, which is Kolmogorov's and Smirnov's statistic", () => {
    // Of 4 and 3 values: F = 3/4 and G = 0 just before 4.
    expect(numberMarginal(numbers(1, 2, 3, 9), numbers(4, 5, 10)).gap).toEqual({ at: 3, real: 0.75, synthetic: 0 });
    expect(numberMarginal(numbers(1, 2), numbers(2, 1)).gap).toMatchObject({ real: 0, synthetic: 0 });
  });

  it("shows where the real rows are, however far a synthetic row lies", () => {
    const real = normals(1, 1000);
    const { histogram } = numberMarginal(real, Float64Array.from([...normals(2, 999), 1e12]));
    expect(histogram!.edges.at(-1)).toBeLessThan(10);
    expect(histogram!.beyond.synthetic).toBeGreaterThan(0);
  });

  it("has a logarithmic scale for a long tail above 0 only", () => {
    const scaleOf = (of: (value: number) => number) =>
      numberMarginal(normals(1, 500, of), normals(2, 500, of)).histogram!.scale;
    expect(scaleOf((value) => Math.exp(2 * value))).toBe("log");
    expect(scaleOf((value) => Math.exp(2 * value) - 0.1)).toBe("linear");
    expect(scaleOf((value) => 40 + 5 * value)).toBe("linear");
  });

  const odd: [name: string, real: Float64Array, synthetic: Float64Array][] = [
    ["nothing", numbers(), numbers()],
    ["only missing values", numbers(Number.NaN), numbers(Number.NaN, Number.NaN)],
    ["one value", numbers(3.5), numbers(3.5)],
    ["a real side without values", numbers(Number.NaN), numbers(1, 2)],
    ["a synthetic side without values", numbers(1, 2), numbers()],
    ["one value everywhere, and another", numbers(0, 0, 0), numbers(7.5, 7.5)],
    ["1e-12 beside 1e12", numbers(1e-12, 1e12), numbers(1e-12, 1)],
    ["the largest doubles", numbers(-1e308, 1e308), numbers(0)],
  ];
  it.each(odd)("can be %s", (_, real, synthetic) => {
    const { histogram } = numberMarginal(real, synthetic);
    if (!histogram) return expect([...real, ...synthetic].every(Number.isNaN)).toBe(true);
    const { edges, curves } = histogram;
    expect(edges.every((edge, i) => Number.isFinite(edge) && (i === 0 || edge > edges[i - 1]!))).toBe(true);
    expect([...histogram.real, ...histogram.synthetic].every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(curves.every(({ x }) => Number.isFinite(x))).toBe(true);
  });
});

describe("columns of a table", () => {
  const table = (...columns: Column[]): Table => ({ name: "t", rows: 4, columns });
  const category = (name: string, categories: string[], ...codes: number[]): Column => ({
    kind: "categories",
    name,
    categories,
    codes: Int32Array.from(codes),
  });

  it("are compared by the text of their categories, missing values apart", () => {
    const [marginal] = marginalsOf(
      table(category("city", ["Bonn", "Ulm"], 0, 0, 1, -1)),
      table(category("city", ["Ulm", "Bonn", "Trier"], 0, 0, 1, 2)),
    );
    expect(marginal).toEqual({
      kind: "categories",
      name: "city",
      missing: { real: 0.25, synthetic: 0 },
      bars: [
        { label: "Bonn", real: 2 / 3, synthetic: 0.25 },
        { label: "Ulm", real: 1 / 3, synthetic: 0.5 },
        { label: "Trier", real: 0, synthetic: 0.25 },
      ],
      others: null,
    });
  });

  it("pool all but the eight most frequent categories of either table", () => {
    const names = Array.from({ length: 12 }, (_, i) => `c${i}`);
    const codes = names.flatMap((_, i) => Array.from({ length: 12 - i }, () => i));
    const [marginal] = marginalsOf(table(category("c", names, ...codes)), table(category("c", names, 11, 11)));
    if (marginal?.kind !== "categories") throw new Error("categories");
    expect(marginal.bars.map(({ label }) => label)).toEqual(["c11", "c0", "c1", "c2", "c3", "c4", "c5", "c6"]);
    expect(marginal.others).toEqual({ count: 4, real: (5 + 4 + 3 + 2) / 78, synthetic: 0 });
  });

  it("leave out what only one table has, or has as another kind", () => {
    const values: Column = { kind: "numbers", name: "b", values: numbers(1, Number.NaN) };
    const marginals = marginalsOf(
      table(category("a", ["x"], 0), category("b", ["x"], 0), values),
      table({ kind: "numbers", name: "b", values: numbers(2, 3) }),
    );
    expect(marginals.map(({ kind, missing }) => [kind, missing.real])).toEqual([["numbers", 0.5]]);
  });
});
