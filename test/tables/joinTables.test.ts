import { expect, it } from "vitest";
import { joinTables } from "../../src/tables/joinTables.js";
import type { Table } from "../../src/tables/table.js";

const table = (name: string, values: number[], codes: number[]): Table => ({
  name,
  rows: values.length,
  columns: [
    { kind: "numbers", name: "n", values: Float64Array.from(values) },
    { kind: "categories", name: "c", categories: ["a", "b"], codes: Int32Array.from(codes) },
  ],
});

it("joins rows in their order, missing ones too, also of tables without rows", () => {
  const joined = joinTables([table("first", [1, Number.NaN], [0, -1]), table("none", [], []), table("last", [3], [1])]);
  expect(joined).toEqual(table("first", [1, Number.NaN, 3], [0, -1, 1]));
  expect(() => joinTables([])).toThrow(RangeError);
});
