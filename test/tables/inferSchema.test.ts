import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { tableSchema } from "../../src/tables/schema.js";
import { cellsOf, inferColumn } from "./cellsOf.js";

/** `rows` texts, the given ones over and over. */
const over = (texts: readonly string[], rows = 60) =>
  Array.from({ length: rows }, (_, row) => texts[row % texts.length] ?? "");
const numbered = (rows: number, text: (row: number) => string) => Array.from({ length: rows }, (_, row) => text(row));

describe("the type of a column", () => {
  it.each<[string, string, string[]]>([
    ["integer", "age", over(["17", "90", "33"])],
    ["integer", "change", over(["+5", "-3", "0"])],
    ["integer", "population", over(["1,234", "56", "7,890,123"])],
    ["integer", "year", numbered(60, (row) => `${1950 + row}`)],
    ["integer", "whole with a point", over(["1.0", "2.0", "17.0", ""])],
    ["integer", "sentinel", over(["-999", "4", "5"])],
    ["integer", "x", numbered(30, (row) => `${row}`)],
    ["decimal", "price", over(["0.23", "0.3", "14"])],
    ["decimal", "comma", over(["1,5", "0,25", "1.234,75"])],
    ["decimal", "currency", over(["$1,234.50", "$5.00", "-$7.25"])],
    ["decimal", "share", over(["12.5%", "3%", "100%"])],
    ["decimal", "exponents", over(["1e5", "2.5e-3", "7E10"])],
    ["decimal", "all different", numbered(60, (row) => `${Math.sin(row)}`)],
    ["identifier", "long digits", numbered(60, (row) => `${20 + row}345678901234567${row % 10}`)],
    ["decimal", "both ends", over(["1e-12", "1e12", "0.5"])],
    ["boolean", "yes", over(["yes", "no"])],
    ["boolean", "labels", over(["-1", "1"])],
    ["boolean", "zero", over(["1", "0", ""])],
    ["boolean", "float", over(["0.0", "1.0"])],
    ["boolean", "letters", over(["T", "F", "NA"])],
    ["boolean", "german", over(["ja", "nein"])],
    ["category", "two numbers", over(["1", "2"])],
    ["category", "codes", over(["007", "008", "010"])],
    ["category", "quarter", over(["Q1", "Q2", "Q3"])],
    ["category", "houses", over(["12a", "13", "14a"])],
    ["category", "open ended", over(["1-10", "11-20", "90+"])],
    ["category", "unicode", over(["été", "日本", "naïve"])],
    ["date", "day", over(["20240101", "20240229", "19991231"])],
    ["date", "midnight", over(["2024-01-01 00:00:00", "2024-05-06 00:00:00"])],
    ["time", "clock", over(["14:30", "09:05", "00:00"])],
    ["timestamp", "moment", over(["2024-01-31T14:30:05Z", "2024-02-29T00:00:00Z"])],
    ["timestamp", "created_at", numbered(60, (row) => `${1_700_000_000 + 977 * row}`)],
    ["timestamp", "moved", numbered(60, (row) => `${1_700_000_000_000 + 977 * row}`)],
    ["integer", "income", numbered(60, (row) => `${1_700_000_000 + 977 * row}`)],
    ["constant", "same", over(["x"])],
    ["constant", "empty", over([""])],
    ["constant", "zero variance", over(["3.5"])],
    ["identifier", "id", numbered(60, (row) => `${row + 1}`)],
    ["identifier", "customerid", numbered(60, (row) => `${91_733 + 7919 * row}`)],
    ["integer", "paid", numbered(60, (row) => `${91_733 + 7919 * row}`)],
    ["identifier", "order", numbered(60, (row) => `ORD-${10_000 + row}`)],
    ["identifier", "padded", numbered(60, (row) => `${row}`.padStart(6, "0"))],
    ["identifier", "session", ["2f1c9b1e-3a57", "7a1c9b1e-3b57", "9b1c9b1e-3c57", "1c1c9b1e-3d57", "3d1c9b1e-3e57"]],
    ["category", "zip code of few", ["04109", "75001", "10115", "04107", "75011"]],
    ["text", "remarks of few", numbered(5, (row) => `called ${row} times to say so`)],
    ["category", "names of few", ["Oslo", "Rome", "Paris", "Bern", "Wien"]],
    ["text", "remark", numbered(60, (row) => `Customer ${row} called and said so`)],
    ["text", "mail", numbered(60, (row) => `someone${row % 20}@example.org`)],
  ])("is %s for %s", (type, name, cells) => {
    expect(inferColumn(name, cells).type).toBe(type);
  });

  it("keeps decimals, range, steps and how numbers are written", () => {
    expect(inferColumn("price", over(["0.23", "0.3", "14"]))).toMatchObject({ decimals: 2, range: [0.23, 14] });
    expect(inferColumn("price", over(["$1,234.50", "$5.00", "-$7.25"]))).toMatchObject({
      decimals: 2,
      range: [-7.25, 1234.5],
      style: { prefix: "$", thousands: ",", decimalMark: ".", leastDecimals: 2 },
    });
    expect(
      inferColumn(
        "amount",
        numbered(60, (row) => `${500 * row - 1500}`),
      ),
    ).toMatchObject({ step: 500, range: [-1500, 28_000] });
    expect(inferColumn("sizes", over(["1e-12", "1e12"], 10)).type).toBe("decimal");
  });

  it("is told by few rows, and by one row of a category", () => {
    const { schema } = inferSchema(cellsOf({ x: ["1", "2", "3"], y: ["2.5", "4", "8.5"], kind: ["a", "a", "b"] }));
    expect(schema.columns.map(({ type }) => type)).toEqual(["integer", "decimal", "category"]);
  });

  it("fits its schema, and survives a file", () => {
    const cells = cellsOf({
      'a "quoted" name, with ü': numbered(60, (row) => `${row % 7}.25`),
      id: numbered(60, (row) => `U${row}`),
      when: numbered(60, (row) => `2024-01-${`${(row % 31) + 1}`.padStart(2, "0")}`),
      city: numbered(60, (row) => ["Oslo", "Rome", ""][row % 3] ?? ""),
    });
    const { schema } = inferSchema(cells);
    expect(tableSchema.parse(JSON.parse(JSON.stringify(schema)))).toEqual(schema);
  });
});

describe("missing values", () => {
  it.each(["", " ", "NA", "N/A", "null", "None", "NaN", "nan", "-", "?", "."])("are %j among numbers", (token) => {
    expect(inferColumn("income", over(["12", "15", token, "1800"]))).toMatchObject({
      type: "integer",
      missing: [token],
    });
  });

  it("have the most frequent text first", () => {
    expect(inferColumn("income", over(["1", "2", "NA", "", "NA", "3"]))).toMatchObject({ missing: ["NA", ""] });
  });

  it("are few words that are no numbers, which is said", () => {
    const { schema, notes } = inferSchema(
      cellsOf({ age: over(["33", "41", "58", "unknown"]), x: over(["1.5", "2.5", "3"]) }),
    );
    expect(schema.columns[0]).toMatchObject({ type: "integer", missing: ["unknown"] });
    expect(notes).toEqual(['"age" has "unknown", taken as a missing value.']);
    const infinite = inferSchema(cellsOf({ rate: over(["0.5", "1.5", "2.5", "3", "4", "5", "inf", "-inf"]) }));
    expect(infinite.notes).toEqual(['"rate" has "inf", "-inf", taken as missing values.']);
  });

  it("are one text only among texts: NA is Namibia where cells are empty too", () => {
    expect(inferColumn("country", over(["NA", "DE", "FR", ""]))).toMatchObject({
      missing: [""],
      categories: ["NA", "DE", "FR"],
    });
    expect(inferColumn("work", over(["?", "Private", "State"]))).toMatchObject({
      missing: [],
      categories: ["?", "Private", "State"],
    });
  });

  it("are none where none are", () => {
    expect(inferColumn("size", over(["1.5", "2.5", "7"]))).toMatchObject({ missing: [] });
  });
});

describe("categories above the limit", () => {
  it("pool the rarest, whose frequencies are kept", () => {
    const cells = [...over(["a", "b"], 40), "rare", "rare", "once"];
    expect(inferColumn("kind", cells, { mostCategories: 3 })).toMatchObject({
      categories: ["a", "b", "(other)"],
      pooled: { texts: ["rare", "once"], counts: [2, 1] },
    });
  });

  it("stay as they are in columns that go together with others", () => {
    const kind = [...over(["a", "b"], 40), "rare", "rare", "once"];
    const cells = cellsOf({ kind, place: kind, other: kind });
    const { schema } = inferSchema(cells, { mostCategories: 3, together: [["kind", "place"]] });
    expect(schema.columns.map((column) => "pooled" in column && column.pooled !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("are said", () => {
    const city = numbered(3000, (row) => `City ${row % 1500}`);
    const { notes } = inferSchema(cellsOf({ city, x: numbered(3000, (row) => `${row % 9}.5`) }));
    expect(notes).toEqual([
      '"city" has 1,500 different texts: the 501 rarest are learned as one, and drawn by how often each occurs.',
    ]);
  });
});

describe("choices", () => {
  const cells = cellsOf({
    age: over(["17", "90", "33"]),
    name: over(["a", "b"]),
    no: numbered(60, (row) => `${row * row}`),
  });

  it("decide types, what is left out, and the key", () => {
    const { schema } = inferSchema(cells, { types: new Map([["age", "category"]]), drop: ["name"], key: "no" });
    expect(schema.columns.map(({ name, type }) => [name, type])).toEqual([
      ["age", "category"],
      ["no", "identifier"],
    ]);
  });

  it("begin with a schema that is known, of which only what is chosen is inferred anew", () => {
    const known = inferSchema(cells, { drop: ["no"], rules: ["age >= 0"] }).schema;
    const { schema } = inferSchema(cells, { schema: known, types: new Map([["age", "decimal"]]) });
    expect(schema).toMatchObject({
      columns: [{ name: "age", type: "decimal" }, known.columns[1]],
      rules: ["age >= 0"],
    });
  });

  it.each<[string, () => unknown]>([
    ['people.csv has no column "agee". Did you mean "age"?', () => inferSchema(cells, { drop: ["agee"] })],
    ['people.csv has no column "nam". Did you mean "name"?', () => inferSchema(cells, { together: [["age", "nam"]] })],
    [
      'Column "name" cannot be read as integer: its cells are such as "a", "b".',
      () => inferSchema(cells, { types: new Map([["name", "integer"]]) }),
    ],
    ['Column "age" is not a key: "17" is in more than one row.', () => inferSchema(cells, { key: "age" })],
    [
      "one.csv has too few rows, 1: a table to learn from has at least 2.",
      () => inferSchema(cellsOf({ a: ["1"] }, "one.csv")),
    ],
    [
      "Nothing of people.csv can be learned: its columns are left out, constant, identifiers or free text. Choose another type for one, such as category.",
      () => inferSchema(cellsOf({ same: over(["x"]), id: numbered(60, (row) => `${row}`) })),
    ],
  ])("are refused: %s", (message, infer) => {
    expect(infer).toThrow(new InputError(message));
  });
});

describe("a column of which a few texts are something else", () => {
  const notesOf = (name: string, cells: string[]) =>
    inferSchema(cellsOf({ [name]: cells, beside: numbered(cells.length, (row) => `${row % 3}.5`) })).notes;
  const day = (row: number) => new Date(Date.UTC(2021, 0, 1 + row)).toISOString().slice(0, 10);

  it.each<[string, string[], string]>([
    [
      "amount",
      numbered(60, (row) => (row === 3 ? "1o" : `${row % 9}`)),
      '"amount" would be numbers but for 1 row that holds something else, such as "1o": correct it, or leave it empty.',
    ],
    [
      "price",
      numbered(60, (row) => (row < 5 ? `a${row}` : `1.00${row % 9},5`)),
      '"price" would be numbers but for 5 rows that hold something else, such as "a0", "a1", "a2": correct them, or leave them empty.',
    ],
    [
      "due",
      numbered(60, (row) => (row === 40 ? "2021-02-31" : day(row))),
      '"due" would be days or times but for 1 row that holds something else, such as "2021-02-31": correct it, or leave it empty.',
    ],
  ])("is told: %s", (name, cells, note) => expect(notesOf(name, cells)).toContain(note));

  it.each<[string, string[]]>([
    ["codes", over(["007", "008", "010"])],
    ["houses", over(["12a", "13", "14a"])],
    ["mixed", over(["1", "2", "3", "a", "b"])],
    ["open", over(["1-10", "11-20", "90+"])],
    ["few", numbered(10, (row) => (row === 3 ? "1o" : `${row}`))],
    ["words", over(["red", "green", "blue"])],
  ])("is not told of %s", (name, cells) =>
    expect(notesOf(name, cells).filter((note) => / would be /.test(note))).toEqual([]),
  );
});
