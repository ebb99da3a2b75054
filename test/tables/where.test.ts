import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { matches, tableConditions } from "../../src/tables/where.js";
import { type Columns, days, numbers, tableOf, texts } from "./columns.js";

const columns: Columns = {
  sex: texts(["Female", "Male", "Female", null]),
  age: numbers([17, 90, 35, 40], 0),
  "hours-per-week": numbers([1, 2, 3, null], 0),
  city: texts(["Paris", "Rome", "Washington, D.C.", "missing"]),
  born: days(["2024-01-31", "2024-02-29", "2023-12-31", null]),
  income: numbers([1.5, null, 2.25, -3], 2),
  rate: numbers([1e-12, 1e12, 0, 5]),
  "a=b": texts(["x", "x, y", 'say "x"', "!missing"]),
  "größe (cm)": numbers([1, 2, 3, 4]),
  seen: {
    schema: {
      type: "timestamp",
      range: [Date.parse("2024-01-01T00:00Z"), Date.parse("2024-01-03T00:00Z")],
      formats: [{ pattern: "d.M.yyyy HH:mm" }],
    },
    values: ["2024-01-01T00:00Z", "2024-01-01T23:59:59.999Z", "2024-01-02T00:00Z", "2024-01-03T00:00Z"].map(Date.parse),
  },
  shipped: {
    schema: { type: "date", range: [19_000, 21_000], formats: [{ pattern: "dd.MM.yyyy" }] },
    values: ["2024-01-31", "2024-02-01", "2024-12-09", "2024-12-10"].map((text) => Date.parse(text) / 86_400_000),
  },
  price: {
    schema: {
      type: "decimal",
      decimals: 2,
      range: [1000, 3000.5],
      style: { prefix: "$", thousands: ",", decimalMark: "." },
    },
    values: [1000, 1234.5, 3000.5, 2000],
  },
  open: {
    schema: { type: "time", range: [0, 86_399], formats: [{ pattern: "h:mm a" }] },
    values: [0, 3600, 43_200, 82_800],
  },
  country: { schema: { type: "constant", text: "DE" }, values: ["DE", "DE", "DE", "DE"] },
  id: { schema: { type: "identifier", form: { kind: "sequence", next: 1 } }, values: [] },
};

/** The rows that fulfil some conditions, counted from 1. */
function rowsWhere(...where: string[]): number[] {
  const { schema, table } = tableOf(columns);
  const fits = matches(tableConditions(where, schema), table);
  return [...fits.keys()].filter((row) => fits[row] === 1).map((row) => row + 1);
}

describe("conditions that users write down", () => {
  it.each<[string[], number[]]>([
    [[], [1, 2, 3, 4]],
    [["sex=Female"], [1, 3]],
    [[" sex = Female "], [1, 3]],
    [["sex=Male,Female"], [1, 2, 3]],
    [["sex=missing"], [4]],
    [["sex=!missing"], [1, 2, 3]],
    [["sex=Male, missing"], [2, 4]],
    [["city=Washington, D.C."], [3]],
    [['city=Paris,"Washington, D.C."'], [1, 3]],
    [["city=missing"], [4]],
    [["age=30..40"], [3, 4]],
    [["age= 30 .. 40 "], [3, 4]],
    [["age=..35"], [1, 3]],
    [["age=41.."], [2]],
    [["age=..20,40,80..100"], [1, 2, 4]],
    [["age=17"], [1]],
    [["hours-per-week=2..,missing"], [2, 3, 4]],
    [["income=missing"], [2]],
    [["income=!missing"], [1, 3, 4]],
    [["income=-3..1.5"], [1, 4]],
    [["income=.5..2.5e0"], [1, 3]],
    [["born=2024-01-01..2024-06-30"], [1, 2]],
    [["born=2023-12-31,2024-02-29"], [2, 3]],
    [["rate=1e-12"], [1]],
    [["rate=1e-13..1e-11,1e11..1e13"], [1, 2]],
    [["a=b=x"], [1]],
    [['"a=b"=x'], [1]],
    [["'a=b'=\"x, y\""], [2]],
    [['a=b="say ""x"""'], [3]],
    [["a=b='say \"x\"','x, y'"], [2, 3]],
    [["a=b=!missing"], [4]],
    [["größe (cm)=2..3"], [2, 3]],
    [["`größe (cm)`=2..3"], [2, 3]],
    [["seen=2024-01-01"], [1, 2]],
    [["seen=..2024-01-02"], [1, 2, 3]],
    [["seen=2.1.2024 00:00.."], [3, 4]],
    [["shipped=1.2.2024..09.12.2024"], [2, 3]],
    [["shipped=2024-12-10"], [4]],
    [["seen=2024-01-02T00:00Z"], [3]],
    [["price=1,234.50..$3,000"], [2, 4]],
    [["price=1234.5,2000"], [2, 4]],
    [["price=1,234.5"], [2]],
    [["open=1:00 AM..12:00 PM"], [2, 3]],
    [["open=13:00..23:30"], [4]],
    [["country=DE"], [1, 2, 3, 4]],
    [["sex=Female", "age=30.."], [3]],
    [["age=30..", "age=..39", "age=17..36,90"], [3]],
    [["sex=Male,missing", "sex=!missing"], [2]],
    [["born=!missing", "income=!missing", "city=Paris", "age=17", "rate=1e-12..", "open=!missing"], [1]],
  ])("%j", (where, rows) => {
    expect(rowsWhere(...where)).toEqual(rows);
  });

  it("are sets of a column's values", () => {
    const { schema } = tableOf(columns);
    expect(tableConditions(["sex=missing,Male", "age=..30,40", "country=DE"], schema)).toEqual([
      { column: "sex", kind: "categories", codes: [-1, 1] },
      {
        column: "age",
        kind: "numbers",
        ranges: [
          [-Infinity, 30],
          [40, 40],
        ],
        missing: false,
      },
    ]);
  });

  it.each([
    ["sxe=Female", 'The table has no column "sxe". Did you mean "sex"?'],
    ['"a=c"=x', 'The table has no column "a=c". Did you mean "a=b"?'],
    ["sex", '"sex" is not a condition: it has the form column=value'],
    ["sex=", "sex= asks for nothing"],
    ["sex=Femle", 'There is no sex "Femle": it is one of Female, Male. Did you mean sex=Female?'],
    ["sex=Female,female", 'There is no sex "female"'],
    ["sex=qqqqqq", 'There is no sex "qqqqqq": it is one of Female, Male.'],
    ['sex="missing"', 'There is no sex "missing"'],
    ["age>=30", '"age>=30" is not a condition: ranges are written with two dots, such as age=30..40'],
    ["age=old", '"old" is not a value of "age", which holds whole numbers from 0 to 90.'],
    ["age=40..30", "age=40..30 is empty: it ends before it begins"],
    ["age=30.2..30.8", '30.2..30.8 has no value of "age"'],
    ["age=100..120", '100..120 lies outside of "age", which holds whole numbers from 0 to 90.'],
    ["age=30,..", '".." is not a value of "age"'],
    ["age=missing", 'No value of "age" is missing in the data.'],
    ["born=2024-02-30", '"2024-02-30" is not a value of "born"'],
    ["born=1940-01-01..1949-12-31", '1940-01-01..1949-12-31 lies outside of "born", which holds'],
    ["country=FR", '"country" is "DE" in every row.'],
    ["id=3", '"id" is made up for each row'],
  ])("%s is refused", (where, message) => {
    expect(() => rowsWhere(where)).toThrow(InputError);
    expect(() => rowsWhere(where)).toThrow(message);
  });

  it("that exclude each other are refused", () => {
    expect(() => rowsWhere("age=..20", "age=30..")).toThrow(
      'The conditions on "age" exclude each other: age=..20, age=30...',
    );
    expect(() => rowsWhere("sex=Male", "sex=missing")).toThrow('The conditions on "sex" exclude each other');
  });
});

it("of columns that are made up it can be asked where they are missing, and of pooled texts for all", () => {
  const pooled = {
    schema: { type: "category", categories: ["a", "(other)"], pooled: { texts: ["b", "c"], counts: [1, 1] } },
    values: ["a"],
  };
  const form = { kind: "sequence", next: 1 };
  const { schema } = tableOf({ pooled, id: { schema: { type: "identifier", form, missing: [""] }, values: [null] } });
  expect(tableConditions(["pooled=(other)", "id=missing"], schema)).toEqual([
    { column: "pooled", kind: "categories", codes: [1] },
    { column: "id", kind: "categories", codes: [-1] },
  ]);
  expect(tableConditions(["id=!missing"], schema)).toEqual([{ column: "id", kind: "categories", codes: [0] }]);
  expect(() => tableConditions(["pooled=b"], schema)).toThrow(
    '"b" is one of 2 rare texts of "pooled" that are learned as one',
  );
  expect(() => tableConditions(["id=7"], schema)).toThrow('Of "id" only missing or not missing can be asked for');
});

it("a column that numbers or texts do not fit is a fault of the program", () => {
  const { table } = tableOf({ a: numbers([1]), b: texts(["x"]) });
  const set = { column: "a", kind: "categories", codes: [0] } as const;
  expect(() => matches([set], table)).toThrow(RangeError);
  expect(() => matches([{ ...set, column: "c" }], table)).toThrow("the table has no column c");
});
