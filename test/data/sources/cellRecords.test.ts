import { describe, expect, it } from "vitest";
import { cellsOfRecords, cellsOfRows } from "../../../src/data/sources/cellRecords.js";
import { parseExactly } from "../../../src/data/sources/exactJson.js";
import { jsonRows } from "../../../src/data/sources/json.js";
import { InputError } from "../../../src/errors.js";
import { cellRows } from "./cellRows.js";

describe("cells of records", () => {
  it("are their values as text, under all names that any of them has", () => {
    const table = cellsOfRecords("people", [
      { name: "Ada", age: 36, born: new Date(Date.UTC(1815, 11, 10)), tags: ["a", { b: 1n }] },
      { name: "", age: null, member: false, __proto__: null },
      { age: Number.NaN, count: 12345678901234567890n, born: undefined, name: "Grace 🚢" },
    ]);
    expect(cellRows(table)).toEqual([
      ["name", "age", "born", "tags", "member", "count"],
      ["Ada", "36", "1815-12-10T00:00:00.000Z", '["a",{"b":"1"}]', "", ""],
      ["", "", "", "", "false", ""],
      ["Grace 🚢", "", "", "", "", "12345678901234567890"],
    ]);
    expect(table).toMatchObject({ name: "people", rows: 3, rowsInFile: 3, warnings: [] });
    expect(table.columns[3]).toEqual({ name: "tags", texts: ['["a",{"b":"1"}]', ""], codes: Uint32Array.of(0, 1, 1) });
  });

  it("may have names that every object has", () => {
    const records = JSON.parse('[{"__proto__":1,"constructor":2},{"x":3}]');
    expect(cellRows(cellsOfRecords("odd", records))).toEqual([
      ["__proto__", "constructor", "x"],
      ["1", "2", ""],
      ["", "", "3"],
    ]);
  });

  it("are a sample where they take too much, and columns that come late are empty before", () => {
    const entries = Array.from({ length: 5000 }, (_, i) => ({ n: i, ...(i >= 4000 && { late: i }) }));
    const table = cellsOfRows("many", { entries }, { cells: 2000, textBytes: 1e9 });
    expect(table.rows).toBeLessThanOrEqual(1000);
    expect(table.rows).toBeGreaterThan(300);
    for (const [n, late] of cellRows(table).slice(1)) expect(late).toBe(Number(n) >= 4000 ? n : "");
  });

  it.each<[string, Parameters<typeof cellsOfRows>[1], RegExp]>([
    ["no record", { entries: [] }, /^t holds no rows; give an array of records/],
    ["empty records", { entries: [{}, {}] }, /^t holds no rows/],
    ["rows of different lengths", { entries: [[1], [1, 2]] }, /^t, row 2: it has 2 cells where the first has 1/],
    ["an empty name", { entries: [{ "": 1 }] }, /^t: the name of column 1 is ""/],
  ])("are refused with %s", (_, rows, message) => {
    expect(() => cellsOfRows("t", rows)).toThrow(InputError);
    expect(() => cellsOfRows("t", rows)).toThrow(message);
  });
});

describe("cells of JSON", () => {
  const expected = [
    ["x", "y"],
    ["1", "a"],
    ["", '{"z":[1]}'],
  ];
  it.each([
    ["records", '[{"x":1,"y":"a"},{"x":null,"y":{"z":[1]}}]'],
    ["records, one a line", '{"x":1,"y":"a"}\n\n{"y":{"z":[1]}}\n'],
    ["columns and samples", '{"columns":["x","y"],"samples":[[1,"a"],[null,{"z":[1]}]]}'],
  ])("are read from %s", (_, text) => {
    expect(cellRows(cellsOfRows("t", jsonRows(new TextEncoder().encode(text), "t")))).toEqual(expected);
  });

  it("have the digits of numbers that no float64 holds", () => {
    const text =
      '[{"id":1152921504606846977,"size":1e400,"x":-9007199254740993,"note":"9007199254740993 \\" 1e999","y":[0.30000000000000004,1e3]}]';
    expect(cellRows(cellsOfRows("t", jsonRows(new TextEncoder().encode(text), "t", parseExactly)))[1]).toEqual([
      ...["1152921504606846977", "1e400", "-9007199254740993"],
      ...['9007199254740993 " 1e999', "[0.30000000000000004,1000]"],
    ]);
    for (const wrong of ["[1152921504606846977,]", "[1152921504606846977-]", '["1152921504606846977]'])
      expect(() => parseExactly(wrong)).toThrow(SyntaxError);
  });
});
