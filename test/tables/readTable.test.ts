import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { readTable } from "../../src/tables/readTable.js";
import { cellsOf } from "./cellsOf.js";

const real = cellsOf({
  age: ["17", "90", "", "33"],
  city: ["Oslo", "Rome", "Oslo", "Paris"],
  paid: ["yes", "no", "yes", "NA"],
  day: ["2024-01-31", "1999-12-31", "2024-02-29", "1970-01-02"],
  time: ["14:30", "00:00", "23:59", "07:05"],
});
const { schema } = inferSchema(real);

describe("a table as numbers", () => {
  it("has numbers, days, seconds and places of categories, and what is missing", () => {
    expect(readTable(real, schema)).toEqual({
      name: "people.csv",
      rows: 4,
      columns: [
        { kind: "numbers", name: "age", values: Float64Array.of(17, 90, NaN, 33) },
        { kind: "categories", name: "city", categories: ["Oslo", "Rome", "Paris"], codes: Int32Array.of(0, 1, 0, 2) },
        { kind: "categories", name: "paid", categories: ["no", "yes"], codes: Int32Array.of(1, 0, 1, -1) },
        { kind: "numbers", name: "day", values: Float64Array.of(19_753, 10_956, 19_782, 1) },
        { kind: "numbers", name: "time", values: Float64Array.of(52_200, 0, 86_340, 25_500) },
      ],
    });
  });
});

describe("a second file", () => {
  const second = {
    age: ["5", "null"],
    city: ["Rome", "Bern"],
    paid: ["no", ""],
    day: ["2030-05-05", "?"],
    time: ["12:00", "12:01"],
  };

  it("has its columns in any order, further ones, and texts that the first did not have", () => {
    const { age, ...others } = second;
    const table = readTable(cellsOf({ ...others, more: ["a", "b"], age }), schema);
    expect(table.columns).toMatchObject([
      { name: "age", values: Float64Array.of(5, NaN) },
      { name: "city", categories: ["Oslo", "Rome", "Paris", "Bern"], codes: Int32Array.of(1, 3) },
      { name: "paid", codes: Int32Array.of(0, -1) },
      { name: "day", values: Float64Array.of(22_039, NaN) },
      { name: "time" },
    ]);
  });

  it("is told column by column what does not fit", () => {
    const { time, ...others } = { ...second, age: ["young", "5"], paid: ["1", "0"], day: ["31.12.2024", "x"] };
    expect(() => readTable(cellsOf(others, "other.csv"), schema)).toThrow(
      new InputError(
        'other.csv does not have the columns that are expected: "age" should hold whole numbers from 17 to 90, and has "young"; ' +
          '"paid" should hold "no" or "yes", and has none of them but "1", "0"; ' +
          '"day" should hold 1970-01-02 to 2024-02-29, as yyyy-MM-dd, and has "31.12.2024", "x"; "time" is not there.',
      ),
    );
    expect(time).toEqual(["12:00", "12:01"]);
  });
});

describe("codes of rare categories", () => {
  it("are one", () => {
    const cells = cellsOf({ city: ["a", "a", "a", "b", "c", "d"], x: ["1.5", "2", "3", "4", "5", "6"] });
    const pooled = inferSchema(cells, { mostCategories: 2 }).schema;
    expect(readTable(cells, pooled).columns[0]).toMatchObject({
      categories: ["a", "(other)"],
      codes: Int32Array.of(0, 0, 0, 1, 1, 1),
    });
  });
});
