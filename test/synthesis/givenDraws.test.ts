import { describe, expect, it } from "vitest";
import { givenColumns } from "../../src/data/codecs/givenColumns.js";
import { decodeRows, rowLayout, tableRows } from "../../src/data/codecs/tableRows.js";
import { rowsDataset } from "../../src/data/rows.js";
import { createRng } from "../../src/random.js";
import { fitPrior } from "../../src/synthesis/fitPrior.js";
import { givenDraws } from "../../src/synthesis/givenDraws.js";
import type { Table } from "../../src/tables/table.js";
import type { ColumnSet } from "../../src/tables/where.js";

const ROWS = 4000;

/** Two kinds of rows: in the one `a` and `b` are small, in the other large; `gone` is missing in the first alone. */
function twoKinds(): Table {
  const rng = createRng(3);
  const isFirst = Array.from({ length: ROWS }, (_, i) => i % 2 === 0);
  const numbers = (name: string, of: (first: boolean) => number) =>
    ({ kind: "numbers", name, values: Float64Array.from(isFirst, of) }) as const;
  return {
    name: "kinds",
    rows: ROWS,
    columns: [
      numbers("a", (first) => rng.uniform() + (first ? 0 : 1)),
      numbers("b", (first) => rng.integer(20) + (first ? 0 : 20)),
      numbers("gone", (first) => (first ? Number.NaN : rng.integer(3))),
      {
        kind: "categories",
        name: "kind",
        categories: ["first", "second", "never"],
        codes: Int32Array.from(isFirst, (first) => (rng.uniform() < 0.9 === first ? 0 : 1)),
      },
    ],
  };
}

const table = twoKinds();
const codec = tableRows(table);
const layout = rowLayout(codec);
const prior = await fitPrior(rowsDataset(table), { classes: 2, iterations: 30, seed: 1 });
const range = (column: string, from: number, to: number, missing = false): ColumnSet => ({
  ...{ column, kind: "numbers", missing },
  ranges: [[from, to]],
});
const nothing = (column: string): ColumnSet => ({ column, kind: "numbers", ranges: [], missing: true });
const kinds = (...codes: number[]): ColumnSet => ({ column: "kind", kind: "categories", codes });

/** The values that are given of rows, by column. */
function drawn(sets: readonly ColumnSet[], n = 3000, seed = 5): Readonly<Record<string, readonly number[]>> {
  const conditions = givenDraws(layout, givenColumns(codec, sets), prior, createRng(seed))(n);
  const [columns, length] = [layout.columns.length, layout.columns.length + layout.width];
  const rows = new Float32Array(n * layout.width);
  for (let row = 0; row < n; row++)
    rows.set(conditions.subarray(row * length + columns, (row + 1) * length), row * layout.width);
  return Object.fromEntries(
    decodeRows(codec, rows).columns.map((column) => [
      column.name,
      [...(column.kind === "numbers" ? column.values : column.codes)],
    ]),
  );
}

const share = (values: readonly number[] = [], holds: (value: number, i: number) => boolean) =>
  values.filter(holds).length / values.length;

describe("what is given of several columns", () => {
  it("is drawn jointly: each row has the values of one kind, in the shares of the data", () => {
    const { a = [], b = [] } = drawn([range("a", 0, 2), range("b", 0, 39)]);
    expect(share(a, (value, i) => value < 1 === (b[i] ?? 0) < 20)).toBeGreaterThan(0.98);
    expect(share(a, (value) => value < 1)).toBeCloseTo(0.5, 1);
  });

  it("shifts by what else is asked for", () => {
    // Of the rows in which a is below 1.2 a sixth are of the second kind, of those from 0.8 on five sixths.
    const of = (from: number, to: number) => drawn([range("a", from, to), range("b", 0, 39)]).b;
    expect(share(of(0, 1.2), (value) => value >= 20)).toBeCloseTo(1 / 6, 1);
    expect(share(of(0.8, 2), (value) => value >= 20)).toBeCloseTo(5 / 6, 1);
  });

  it("has the joint distribution of sets, ranges and missing values, by Bayes' rule", () => {
    const { gone, kind, a } = drawn([range("gone", 0, 1, true), kinds(0, 1), range("a", 0, 2)], 6000);
    const rows = [...Array(ROWS).keys()].filter((row) => !(numbersOf("gone")[row] === 2));
    const real = (holds: (row: number) => boolean) => rows.filter(holds).length / rows.length;
    expect(share(gone, Number.isNaN)).toBeCloseTo(
      real((row) => Number.isNaN(numbersOf("gone")[row])),
      1,
    );
    for (const code of [0, 1])
      expect(
        Math.abs(
          share(kind, (value, i) => value === code && (a?.[i] ?? 0) < 1) -
            real((row) => codesOf()[row] === code && (numbersOf("a")[row] ?? 0) < 1),
        ),
      ).toBeLessThan(0.03);
  });

  it("keeps within ranges, whose ends cut the intervals of the prior", () => {
    const { a = [], b = [] } = drawn([range("a", 0.333, 0.3331), range("b", 7, 8)]);
    // The quantile is a float32.
    expect(a.every((value) => value > 0.333 - 1e-6 && value < 0.3331 + 1e-6)).toBe(true);
    expect(new Set(b)).toEqual(new Set([7, 8]));
  });

  it("may be single values, also where no row has them together", () => {
    const { gone, b, a = [] } = drawn([nothing("gone"), range("b", 30, 30), range("a", 1.5, 1.5)], 50);
    expect([new Set(gone), new Set(b)]).toEqual([new Set([NaN]), new Set([30])]);
    for (const value of a) expect(value).toBeCloseTo(1.5, 4);
  });

  it("is the same for the same seed", () => {
    const sets = [range("a", 0, 1), kinds(0, 1)];
    expect(drawn(sets, 100, 1)).toEqual(drawn(sets, 100, 1));
    expect(drawn(sets, 100, 1)).not.toEqual(drawn(sets, 100, 2));
  });
});

function numbersOf(name: string): Float64Array {
  const column = table.columns.find((candidate) => candidate.name === name);
  return column?.kind === "numbers" ? column.values : new Float64Array(0);
}

function codesOf(): Int32Array {
  const column = table.columns.at(-1);
  return column?.kind === "categories" ? column.codes : new Int32Array(0);
}
