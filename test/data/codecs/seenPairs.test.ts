import { describe, expect, it } from "vitest";
import { givenColumns } from "../../../src/data/codecs/givenColumns.js";
import { indexedRows } from "../../../src/data/codecs/indexedRows.js";
import { seenPairs, unseenPairs } from "../../../src/data/codecs/seenPairs.js";
import { rowLayout, tableRows } from "../../../src/data/codecs/tableRows.js";
import { createRng } from "../../../src/random.js";
import type { Table } from "../../../src/tables/table.js";
import { type ColumnSet, matches } from "../../../src/tables/where.js";

const ROWS = 500;
const rng = createRng(2);
const age = Float64Array.from({ length: ROWS }, () => 17 + rng.integer(70));
const table: Table = {
  name: "t",
  rows: ROWS,
  columns: [
    { kind: "numbers", name: "age", values: age },
    // Nobody below 40 is retired; wages are missing of those who are.
    category("work", ["none", "office", "retired"], (row) => (age[row]! < 40 ? rng.integer(2) : rng.integer(3))),
    { kind: "numbers", name: "wage", values: age.map((years) => (years >= 65 ? Number.NaN : years * rng.uniform())) },
    category("sex", ["f", "m"], (row) => row % 2),
  ],
};
const codec = tableRows(table);
const layout = rowLayout(codec);
const store = indexedRows(codec, table);
const all = Uint32Array.from({ length: ROWS }, (_, row) => row);
const seen = seenPairs(store.columns, all);

function category(name: string, categories: readonly string[], codeOf: (row: number) => number) {
  return {
    kind: "categories",
    name,
    categories,
    codes: Int32Array.from({ length: ROWS }, (_, row) => codeOf(row)),
  } as const;
}

const range = (column: string, from: number, to: number, missing = false): ColumnSet => ({
  ...{ column, kind: "numbers", missing },
  ranges: [[from, to]],
});
const codes = (column: string, ...of: number[]): ColumnSet => ({ column, kind: "categories", codes: of });
const missing = (column: string): ColumnSet => ({ column, kind: "numbers", ranges: [], missing: true });
const unseen = (...sets: ColumnSet[]) =>
  unseenPairs(seen, layout.columns, givenColumns(codec, sets)).map(([one, other]) => [
    one.layout.name,
    other.layout.name,
  ]);

describe("values that no row has together", () => {
  it.each<[string, ColumnSet[], string[][]]>([
    ["a category and a range", [range("age", 17, 35), codes("work", 2)], [["age", "work"]]],
    ["in any order", [codes("work", 2), range("age", -Infinity, 35)], [["age", "work"]]],
    ["what is missing and a range", [range("age", 20, 50), missing("wage")], [["age", "wage"]]],
    ["one of the sets is seen", [range("age", 17, 35), codes("work", 1, 2)], []],
    ["all is seen", [range("age", 50, 80), codes("work", 2), codes("sex", 0)], []],
    [
      "two pairs at once",
      [range("age", 17, 35), codes("work", 2), missing("wage")],
      [
        ["age", "work"],
        ["age", "wage"],
      ],
    ],
    ["one condition alone", [range("age", 17, 17)], []],
  ])("are known: %s", (_, sets, expected) => {
    expect(unseen(...sets)).toEqual(expected);
  });

  it("are never said of what some row has", () => {
    const drawn = createRng(6);
    let said = 0;
    for (let i = 0; i < 300; i++) {
      const [low, wage] = [17 + drawn.integer(70), 70 * drawn.uniform()];
      const sets = [
        range("age", low, low + drawn.integer(4)),
        range("wage", wage, wage + 3 * drawn.uniform(), i % 5 === 0),
      ];
      if (unseen(...sets).length === 0) continue;
      said++;
      expect(matches(sets, table)).not.toContain(1);
    }
    expect(said).toBeGreaterThan(50);
  });

  it("are those of the rows that were looked at", () => {
    const young = all.filter((row) => age[row]! < 40);
    const ofYoung = seenPairs(store.columns, young);
    const given = givenColumns(codec, [range("age", 50, 80), codes("sex", 0, 1)]);
    expect(unseenPairs(ofYoung, layout.columns, given)).toHaveLength(1);
    expect(unseenPairs(seen, layout.columns, given)).toEqual([]);
  });

  it("are known of as many columns as there is room for", () => {
    const wide: Table = {
      ...table,
      columns: Array.from({ length: 60 }, (_, i) =>
        category(
          `c${i}`,
          Array.from({ length: i === 0 ? 5 : 60 }, (_, code) => `${code}`),
          () => rng.integer(5),
        ),
      ),
    };
    const { columns, bits } = seenPairs(indexedRows(tableRows(wide), wide).columns, all);
    expect(columns.length).toBeGreaterThan(20);
    expect(columns.length).toBeLessThan(60);
    expect(bits.length).toBeLessThanOrEqual((2 ** 21 / 8) * (4 / 3) + 4);
  });
});
