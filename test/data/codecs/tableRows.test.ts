import { describe, expect, it } from "vitest";
import { decode, encode } from "../../../src/data/codecs/index.js";
import { indexedRows } from "../../../src/data/codecs/indexedRows.js";
import {
  decodeRows,
  type NumberRows,
  rowLayout,
  type TableRows,
  tableRows,
  tableRowsSchema,
} from "../../../src/data/codecs/tableRows.js";
import { rowsDataset } from "../../../src/data/rows.js";
import { partedRows } from "../../../src/data/stored.js";
import { createRng } from "../../../src/random.js";
import type { Column, Table } from "../../../src/tables/table.js";

const numbers = (name: string, values: readonly number[]): Column => ({
  kind: "numbers",
  name,
  values: Float64Array.from(values),
});
const categories = (name: string, names: readonly string[], codes: readonly number[]): Column => ({
  kind: "categories",
  name,
  categories: names,
  codes: Int32Array.from(codes),
});
const tableOf = (...columns: Column[]): Table => {
  const [first] = columns;
  const rows = first?.kind === "numbers" ? first.values.length : (first?.codes.length ?? 0);
  return { name: "t", rows, columns };
};
const { NaN: missing } = Number;
const range = (count: number, of: (i: number) => number) => Array.from({ length: count }, (_, i) => of(i));
const all = (count: number) => Uint32Array.from({ length: count }, (_, i) => i);
/** The flat rows that `encode` takes. */
const flat = ({ rows, columns }: Table) =>
  range(rows, (row) => row).flatMap((row) =>
    columns.map((column) => (column.kind === "numbers" ? column.values[row] : column.codes[row]) ?? missing),
  );
const only = (codec: TableRows): NumberRows => {
  const [column] = codec.columns;
  if (column?.kind !== "numbers") throw new Error("the first column has no numbers");
  return column;
};

/** The same numbers, to what a float32 says of a place between two values that hardly repeat. */
function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [i, wanted] of expected.entries()) {
    if (Number.isNaN(wanted)) expect(found[i]).toBeNaN();
    else expect(Math.abs((found[i] ?? missing) - wanted)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(wanted)));
  }
}

/** Tables that peers trip over, each with what its columns become. */
const cases: readonly [string, Table][] = [
  ["one row", tableOf(numbers("x", [4]), categories("c", ["a"], [0]))],
  ["one category in all rows", tableOf(categories("c", ["a"], [0, 0, 0]))],
  ["one row of a category", tableOf(categories("c", ["a", "b"], [0, 0, 1, 0]))],
  ["a category that no row has", tableOf(categories("c", ["a", "none", "b"], [0, 2, 2]))],
  ["all missing", tableOf(numbers("x", [missing, missing]), categories("c", [], [-1, -1]))],
  ["some missing", tableOf(numbers("x", [1, missing, 2]), categories("c", ["a", "b"], [1, -1, 0]))],
  ["zero variance", tableOf(numbers("x", [7, 7, 7]), categories("c", ["a", "b"], [1, 0, 0]))],
  ["labels -1 and 1", tableOf(numbers("label", [-1, 1, 1, -1]))],
  ["1e-12 beside 1e12", tableOf(numbers("x", [1e-12, 1e12, -1e12, 2e-12, missing, 0]))],
  [
    "ties without atoms",
    tableOf(
      numbers(
        "x",
        range(400, (i) => i % 40),
      ),
    ),
  ],
  [
    "atoms, missing and a rest",
    tableOf(
      numbers(
        "x",
        range(400, (i) => (i % 3 === 0 ? 0 : i % 7 === 0 ? missing : i)),
      ),
    ),
  ],
  [
    "different values",
    tableOf(
      numbers(
        "x",
        range(100, (i) => Math.exp(i / 3)),
      ),
      numbers(
        "y",
        range(100, (i) => i),
      ),
    ),
  ],
];

describe("rows of a table", () => {
  it.each(cases)("come back as they were: %s", (_, table) => {
    const codec = tableRows(table);
    const values = flat(table);
    const samples = encode(codec, values);
    expectClose(decode(codec, samples), values);
    expect(samples.every((x) => Math.abs(x) <= 1)).toBe(true);
  });

  it.each(cases)("drawn with their ties come back as they were: %s", (_, table) => {
    const codec = tableRows(table);
    const samples = indexedRows(codec, table).encoded(all(table.rows), createRng(2));
    const back = decodeRows(codec, samples, "t");
    const withoutNumbers = ({ columns }: Table) =>
      columns.map((column) => (column.kind === "numbers" ? column.name : column));
    expect(withoutNumbers(back)).toEqual(withoutNumbers(table));
    expectClose(flat(back), flat(table));
  });

  it.each(cases)("have one choice in each column, and a quantile only where it is open: %s", (_, table) => {
    const codec = tableRows(table);
    const { width, columns } = rowLayout(codec);
    const samples = indexedRows(codec, table).encoded(all(table.rows), createRng(3));
    for (let row = 0; row < table.rows; row++) {
      for (const { start, choices, quantile, gate } of columns) {
        const chosen = samples.subarray(row * width + start, row * width + start + choices);
        if (choices > 0) expect([...chosen].sort()).toEqual([...Array(choices - 1).fill(0), 1]);
        const isShut = gate !== null && samples[row * width + gate] === 0;
        if (quantile !== null && isShut) expect(samples[row * width + quantile]).toBe(0);
      }
    }
  });

  it.each(cases)("are kept as plain data: %s", (_, table) => {
    const codec = tableRows(table);
    expect(tableRowsSchema.parse(JSON.parse(JSON.stringify(codec)))).toEqual(codec);
    for (const { shares } of codec.columns) expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});

describe("atoms of a number", () => {
  it("are all its values where there are 12 at most", () => {
    const twelve = only(
      tableRows(
        tableOf(
          numbers(
            "x",
            range(120, (i) => i % 12),
          ),
        ),
      ),
    );
    expect([twelve.atoms, twelve.rest]).toEqual([range(12, (i) => i), null]);
    const thirteen = only(
      tableRows(
        tableOf(
          numbers(
            "x",
            range(130, (i) => i % 13),
          ),
        ),
      ),
    );
    expect([thirteen.atoms, thirteen.shares]).toEqual([[], [1]]);
  });

  it("are values above 2 % that stand out from those beside them, and no others", () => {
    // 0 in half of the rows; 50 in 3.5 %, beside values of 0.5 %; the values from 90 on in 2.5 % each, beside each other.
    const rows = [...range(500, () => 0), ...range(30, () => 50), ...range(250, (i) => 90 + (i % 10))];
    const others = range(220, (i) => 28 + (i % 44));
    const { atoms, shares, hasMissing } = only(tableRows(tableOf(numbers("x", [...rows, ...others]))));
    expect(atoms).toEqual([0, 50]);
    expect([hasMissing, shares]).toEqual([false, [0.5, 0.035, 0.465]]);
  });

  it("have a place for what is missing between them and the rest", () => {
    const x = [...range(60, () => 0), ...range(20, () => missing), ...range(20, (i) => i + 1)];
    const codec = tableRows(tableOf(numbers("x", x)));
    expect(only(codec).shares).toEqual([0.6, 0.2, 0.2]);
    expect(rowLayout(codec)).toEqual({
      width: 4,
      columns: [{ name: "x", start: 0, choices: 3, quantile: 3, gate: 2 }],
    });
  });

  it("leave a column that has none, and nothing missing, its quantile alone", () => {
    const codec = tableRows(
      tableOf(
        numbers(
          "x",
          range(50, (i) => i),
        ),
      ),
    );
    expect(rowLayout(codec)).toEqual({
      width: 1,
      columns: [{ name: "x", start: 0, choices: 0, quantile: 0, gate: null }],
    });
  });
});

describe("values that the table has not", () => {
  it("are those beside them, and never another column's", () => {
    const few = tableOf(numbers("few", [1, 2, 10, 1]), numbers("next", [0, 5, 0, 5]));
    const codec = tableRows(few);
    const rows = [...[2.4, 0], ...[-1e300, 0], ...[7, 5], ...[missing, 5]];
    expect([...decode(codec, encode(codec, rows))]).toEqual([...[2, 0], ...[1, 0], ...[10, 5], ...[10, 5]]);
  });

  it("end where the column ends", () => {
    const codec = tableRows(
      tableOf(
        numbers(
          "x",
          range(3000, (i) => i / 7),
        ),
      ),
    );
    expect([...encode(codec, [-1e9, 1e9])]).toEqual([-1, 1]);
    expect([...decode(codec, Float32Array.of(-3, 3))]).toEqual([0, 2999 / 7]);
  });

  it("are the last choice where a category has no such place", () => {
    const codec = tableRows(tableOf(categories("c", ["a", "b"], [0, 1]), categories("d", ["e", "f"], [0, 1])));
    expect([...encode(codec, [5, 0, -1, 1])]).toEqual([...[0, 1, 1, 0], ...[0, 1, 0, 1]]);
  });
});

describe("a codec that was made of some rows", () => {
  const x = [...range(40, (i) => i), missing, 1000];
  const table = tableOf(
    numbers("x", x),
    categories(
      "c",
      ["a", "b", "rare"],
      x.map((_, i) => (i < 40 ? i % 2 : i === 40 ? 2 : -1)),
    ),
  );
  const codec = tableRows(table, all(40));

  it("knows no value of the others, but for names of categories and that some are missing", () => {
    const { rest, shares, hasMissing } = only(codec);
    expect([rest?.values.at(-1), hasMissing, shares]).toEqual([39, true, [0, 1]]);
    expect(codec.columns[1]).toMatchObject({ categories: ["a", "b", "rare"], shares: [0.5, 0.5, 0, 0] });
  });

  it("encodes them all the same: numbers beyond its own as the last of these", () => {
    const [found, c] = decodeRows(codec, indexedRows(codec, table).encoded(all(42), createRng(1))).columns;
    expectClose(found?.kind === "numbers" ? found.values : [], [...x.slice(0, -1), 39]);
    expect(c).toEqual(table.columns[1]);
  });

  it("is that of the rows that are not held out", () => {
    const { codec: own, heldOut } = rowsDataset(table, { seed: 3 });
    expect(own).toEqual(tableRows(table, partedRows(42, 3).training));
    expect(heldOut?.codec).toEqual(own);
  });
});

describe("quantiles of rows that share a value", () => {
  const table = tableOf(
    numbers(
      "x",
      range(260, (i) => i % 13),
    ),
  );
  const store = indexedRows(tableRows(table), table);

  it("are drawn anew, uniform over [-1, 1] as a whole", () => {
    const rng = createRng(7);
    const draws = range(40, () => 0).flatMap(() => [...store.encoded(all(260), rng)]);
    expect(new Set(draws).size).toBeGreaterThan(10_000);
    // Kolmogorov and Smirnov: 1.95 / sqrt(n) is passed by chance once in a thousand times.
    const sorted = draws.sort((a, b) => a - b);
    const distance = Math.max(...sorted.map((x, i) => Math.abs((x + 1) / 2 - (i + 0.5) / sorted.length)));
    expect(distance).toBeLessThan(1.95 / Math.sqrt(sorted.length));
  });

  it("are the same from the same generator", () => {
    expect(store.encoded(all(260), createRng(1))).toEqual(store.encoded(all(260), createRng(1)));
  });

  it("are kept in as few bytes as the different values ask for", () => {
    const wide = tableOf(
      numbers(
        "x",
        range(70_000, (i) => i),
      ),
      numbers(
        "y",
        range(70_000, (i) => i % 300),
      ),
    );
    const { content, rows } = indexedRows(tableRows(wide), wide);
    expect(rows).toBe(70_000);
    expect(content.filter((_, i) => i % 2 === 0).map(({ byteLength }) => byteLength)).toEqual([280_000, 140_000]);
  });
});
