import { describe, expect, it } from "vitest";
import { givenColumns } from "../../../src/data/codecs/givenColumns.js";
import { drawMasks, maskLength } from "../../../src/data/codecs/rowMask.js";
import { decodeRows, rowLayout, tableRows } from "../../../src/data/codecs/tableRows.js";
import { createRng } from "../../../src/random.js";
import { givenDraws } from "../../../src/synthesis/givenDraws.js";
import type { Column, Table } from "../../../src/tables/table.js";
import type { ColumnSet } from "../../../src/tables/where.js";

const ROWS = 600;
const x: Column = { kind: "numbers", name: "x", values: Float64Array.from({ length: ROWS }, (_, i) => i % 30) };
const gaps: Column = {
  kind: "numbers",
  name: "gaps",
  values: Float64Array.from({ length: ROWS }, (_, i) => (i % 4 === 0 ? Number.NaN : i % 4 === 1 ? 0 : i)),
};
const city: Column = {
  kind: "categories",
  name: "city",
  categories: ["Bern", "Graz", "Pisa"],
  codes: Int32Array.from({ length: ROWS }, (_, i) => [0, 0, 0, 1, 1, -1][i % 6] ?? -1),
};
const real: Column = { kind: "numbers", name: "real", values: Float64Array.from({ length: ROWS }, (_, i) => i / 7) };
const table: Table = { name: "t", rows: ROWS, columns: [x, gaps, city, real] };
const codec = tableRows(table);
const layout = rowLayout(codec);
const length = maskLength(layout);
const between = (column: string, from: number, to: number, missing = false): ColumnSet => ({
  ...{ column, kind: "numbers", ranges: [[from, to]] },
  missing,
});

/** The rows that conditions give, decoded, with the columns that are given. */
function given(sets: readonly ColumnSet[], n = 400) {
  const conditions = givenDraws(layout, givenColumns(codec, sets), null, createRng(4))(n);
  const columns = layout.columns.length;
  const masks = Array.from({ length: n }, (_, row) => [...conditions.subarray(row * length, row * length + columns)]);
  const rows = Array.from({ length: n }, (_, row) => [
    ...conditions.subarray(row * length + columns, (row + 1) * length),
  ]);
  return { masks, columns: decodeRows(codec, Float32Array.from(rows.flat())).columns, rows };
}
const numbersOf = (column: Column | undefined) => (column?.kind === "numbers" ? [...column.values] : []);

describe("what is given in training", () => {
  it("is part of the rows themselves, by whole columns", () => {
    const n = 2000;
    const rng = createRng(1);
    const rows = Float32Array.from({ length: n * layout.width }, () => rng.normal());
    const conditions = drawMasks(layout, rows, rng);
    let [nothing, total] = [0, 0];
    for (let i = 0; i < n; i++) {
      const condition = conditions.subarray(i * length, (i + 1) * length);
      const mask = condition.subarray(0, layout.columns.length);
      for (const [place, { start, choices, quantile }] of layout.columns.entries()) {
        const end = start + choices + (quantile === null ? 0 : 1);
        const own = [...rows.subarray(i * layout.width + start, i * layout.width + end)];
        const found = [...condition.subarray(layout.columns.length + start, layout.columns.length + end)];
        expect(found).toEqual(mask[place] === 1 ? own : own.map(() => 0));
      }
      const count = mask.reduce((sum, one) => sum + one, 0);
      total += count;
      if (count === 0) nothing += 1;
    }
    // Half of the rows have nothing, and of the others those whose share s leaves all 4 columns out: the mean of (1 - s)^4, a fifth.
    expect(Math.abs(nothing / n - 0.6)).toBeLessThan(3 * Math.sqrt((0.6 * 0.4) / n));
    expect(Math.abs(total / n / 4 - 0.25)).toBeLessThan(0.03);
  });
});

describe("what is given by conditions", () => {
  it("is of the values that are allowed, each as often as the data has it", () => {
    const { masks, columns, rows } = given([{ column: "city", kind: "categories", codes: [1, -1] }], 3000);
    expect(new Set(masks.map(String))).toEqual(new Set(["0,0,1,0"]));
    const codes = columns[2]?.kind === "categories" ? [...columns[2].codes] : [];
    expect(new Set(codes)).toEqual(new Set([1, -1]));
    // Graz has two rows where a missing city has one.
    const graz = codes.filter((code) => code === 1).length / 3000;
    expect(Math.abs(graz - 2 / 3)).toBeLessThan(3 * Math.sqrt(2 / 9 / 3000));
    // Nothing stands where nothing is given.
    const { start = 0, choices = 0 } = layout.columns[2] ?? {};
    for (const row of rows) expect(row.filter((_, i) => i < start || i >= start + choices)).not.toContain(1);
  });

  it("lies in the range that is asked for, from end to end", () => {
    const { columns } = given([between("x", 3, 8.5)], 2000);
    expect([...new Set(numbersOf(columns[0]))].sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8]);
  });

  it("may have no end, and be among atoms, the rest and what is missing", () => {
    const [, column] = given([between("gaps", Number.NEGATIVE_INFINITY, 10, true)], 2000).columns;
    const found = numbersOf(column);
    expect(found.every((value) => Number.isNaN(value) || value <= 10)).toBe(true);
    const share = (of: (value: number) => boolean) => found.filter(of).length / found.length;
    // Of 305 rows 150 are missing and 150 are 0; 2, 3, 6, 7 and 10 are left.
    expect(share(Number.isNaN)).toBeCloseTo(150 / 305, 1);
    expect(share((value) => value === 0)).toBeCloseTo(150 / 305, 1);
    expect(share((value) => value > 0)).toBeGreaterThan(0);
    expect(numbersOf(given([between("real", 80, Number.POSITIVE_INFINITY)]).columns[3]).every((v) => v >= 80)).toBe(
      true,
    );
  });

  it("may be one value, of columns of each kind", () => {
    expect(new Set(numbersOf(given([between("x", 4, 4)]).columns[0]))).toEqual(new Set([4]));
    for (const value of numbersOf(given([between("real", 100 / 7, 100 / 7)]).columns[3]))
      expect(value).toBeCloseTo(100 / 7, 4);
    const [one, several] = givenColumns(codec, [between("x", 4, 4), between("real", 1, 2)]);
    expect([one?.isOneValue, several?.isOneValue]).toEqual([true, false]);
  });

  it("has the share of rows that the data has of it", () => {
    const shareOf = (set: ColumnSet) => givenColumns(codec, [set])[0]?.share;
    expect(shareOf(between("x", 0, 14))).toBeCloseTo(0.5, 6);
    expect(shareOf(between("gaps", 0, 0))).toBeCloseTo(0.25, 6);
    expect(shareOf({ column: "city", kind: "categories", codes: [0] })).toBeCloseTo(0.5, 6);
  });

  it("has none where no row fits, and leaves out columns that the codec has not", () => {
    const shares = [between("x", 30, 99), between("x", 3.2, 3.8), between("x", 9, 1)].map(
      (set) => givenColumns(codec, [set])[0]?.share,
    );
    expect(shares).toEqual([0, 0, 0]);
    expect(givenColumns(codec, [{ column: "city", kind: "categories", codes: [2] }])[0]?.share).toBe(0);
    expect(givenColumns(codec, [between("other", 0, 1)])).toEqual([]);
  });

  it("is of a continuous column too, where its range has no end", () => {
    const many: Table = {
      name: "many",
      rows: 5000,
      columns: [
        { kind: "numbers", name: "x", values: Float64Array.from({ length: 5000 }, (_, i) => Math.exp(i / 500)) },
      ],
    };
    const own = tableRows(many);
    const draw = (set: ColumnSet) => {
      const columns = givenColumns(own, [set]);
      const conditions = givenDraws(rowLayout(own), columns, null, createRng(0))(100);
      return { share: columns[0]?.share, values: [...decodeOf(conditions)] };
    };
    const decodeOf = (conditions: Float32Array) =>
      numbersOf(
        decodeRows(
          own,
          conditions.filter((_, i) => i % 2 === 1),
        ).columns[0],
      );
    const upper = draw(between("x", Math.exp(5), Number.POSITIVE_INFINITY));
    expect(upper.share).toBeCloseTo(0.5, 3);
    expect(Math.min(...upper.values)).toBeGreaterThan(Math.exp(5) * 0.99);
    expect(Math.max(...upper.values)).toBeLessThanOrEqual(Math.exp(4999 / 500));
    const one = draw(between("x", 20, 20));
    expect(one.share).toBeGreaterThan(0);
    for (const value of one.values) expect(value).toBeCloseTo(20, 3);
  });
});
