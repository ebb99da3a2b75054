import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { obeys } from "../../src/tables/reshaping.js";
import { truthOf } from "../../src/tables/rules/evaluate.js";
import { clausesOf } from "../../src/tables/rules/rule.js";
import { type Columns, days, numbers, tableOf, texts } from "./columns.js";

const flags = (values: readonly (string | null)[]) => ({
  schema: { type: "boolean", categories: ["no", "yes"] },
  values,
});
const times = (values: readonly number[]) => ({
  schema: { type: "time", range: [0, 86_400], formats: [{ pattern: "HH:mm:ss" }] },
  values,
});
const moments = (values: readonly string[]) => ({
  schema: { type: "timestamp", range: [0, 1e15], formats: [{ pattern: "yyyy-MM-dd HH:mm:ss" }] },
  values: values.map((text) => Date.parse(text)),
});

/** What a rule says of each row: true, false, or `undefined` where it is unknown. */
function truths(rule: string, columns: Columns): (boolean | undefined)[] {
  const { schema, table } = tableOf(columns);
  const clauses = clausesOf(rule, schema.columns).map(({ condition }) => [...truthOf(condition, table)]);
  expect(clauses.length).toBeGreaterThan(0);
  return Array.from({ length: table.rows }, (_, row) => {
    const said = clauses.map((clause) => clause[row]);
    if (said.includes(0)) return false;
    return said.includes(2) ? undefined : true;
  });
}

/** The message with which a rule is refused. */
function refusal(rule: string, columns: Columns): string {
  try {
    truths(rule, columns);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  throw new Error(`${rule} was not refused`);
}

describe("a rule is computed", () => {
  const a = numbers([1, 2, 3]);
  it.each<[string, boolean[]]>([
    ["a + 1 * 2 = 5", [false, false, true]],
    ["(a + 1) * 2 = 8", [false, false, true]],
    ["a - 1 - 1 = 1", [false, false, true]],
    ["12 / a / 2 = 2", [false, false, true]],
    ["-a + 4 > --1", [true, true, false]],
    ["2 - -a = 5", [false, false, true]],
    ["a = 1 or a = 2 and a = 3", [true, false, false]],
    ["(a = 1 or a = 2) and a = 2", [false, true, false]],
    ["not a = 1 or a = 1", [true, true, true]],
    ["not (a = 1 or a = 2)", [false, false, true]],
    ["1 < a <= 3", [false, true, true]],
    ["3 >= a > 1 = 1", [false, true, true]],
    ["if a > 1 then a > 2", [true, false, true]],
    ["if a > 1 then if a > 2 then a = 4", [true, true, false]],
    ["IF a>1 THEN NOT a>2 AND a<>7", [true, true, false]],
    ["a ≥ 2", [false, true, true]],
    [".5e1 - a × 1 == 3.0", [false, true, false]],
  ])("%s", (rule, expected) => {
    expect(truths(rule, { a })).toEqual(expected);
  });

  it("numbers that differ by rounding alone are equal, and others are not", () => {
    const columns = {
      a: numbers([0.1]),
      b: numbers([0.2]),
      c: numbers([0.3]),
      tiny: numbers([1e-12]),
      large: numbers([1e12]),
    };
    for (const rule of [
      "a + b = c",
      "a + b <= c",
      "c >= a + b",
      "c - b >= a",
      "a + b - c = 0",
      "tiny < large",
      "tiny > 0",
    ])
      expect([rule, ...truths(rule, columns)]).toEqual([rule, true]);
    for (const rule of ["a + b > c", "a + b != c", "c - b < a", "tiny = 0", "tiny * 2 = tiny", "large + 1 = large"])
      expect([rule, ...truths(rule, columns)]).toEqual([rule, false]);
  });

  it("what is computed may be half of a last decimal from the column that it is compared with", () => {
    const columns = {
      total: numbers([3.33, 3.33, 3.34], 2),
      price: numbers([10, 10.02, 10], 2),
      whole: numbers([3, 3, 4], 0),
    };
    expect(truths("total = price / 3", columns)).toEqual([true, false, false]);
    expect(truths("whole = total", columns)).toEqual([true, true, false]);
    expect(truths("whole = 3.4", columns)).toEqual([false, false, false]);
  });

  it("division by zero and overflow leave it unknown", () => {
    const columns = { a: numbers([1, 1e308, 0]), b: numbers([0, 10, 0]) };
    expect(truths("a / b > 3", columns)).toEqual([undefined, true, undefined]);
    expect(truths("a * b < 3", columns)).toEqual([true, undefined, true]);
  });
});

describe("missing values", () => {
  const columns = { a: numbers([1, null, null]), b: numbers([2, 3, null]), c: texts(["x", null, "y"]) };
  it.each<[string, (boolean | undefined)[]]>([
    ["a < b", [true, undefined, undefined]],
    ["a is missing", [false, true, true]],
    ["a is not missing", [true, false, false]],
    ["c is missing or c = 'x'", [true, true, false]],
    ["a < b or b > 2", [true, true, undefined]],
    ["a > b and b < 3", [false, false, undefined]],
    ["not a > b", [true, undefined, undefined]],
    ["c != 'x'", [false, undefined, true]],
    ["if c = 'y' then b is missing", [true, undefined, true]],
  ])("%s", (rule, expected) => {
    expect(truths(rule, columns)).toEqual(expected);
  });

  it("a rule about them counts as fulfilled", () => {
    const { schema, table } = tableOf(columns, { rules: ["a < b", "c != 'x'"] });
    expect([...obeys(schema, table)]).toEqual([0, 1, 1]);
  });
});

describe("texts, days and times", () => {
  it("texts are compared with texts, numbers that are categories, and other columns", () => {
    const columns = { a: texts(["1", "-1", "2"]), b: texts(["2", "-1", "1"]), c: flags(["yes", "no", null]) };
    expect(truths("a = -1", columns)).toEqual([false, true, false]);
    expect(truths("1 = a", columns)).toEqual([true, false, false]);
    expect(truths("a = b", columns)).toEqual([false, true, false]);
    expect(truths("b != a", columns)).toEqual([true, false, true]);
    expect(truths("c", columns)).toEqual([true, false, undefined]);
    expect(truths("not c", columns)).toEqual([false, true, undefined]);
    expect(truths("c = False", columns)).toEqual([false, true, undefined]);
    expect(truths("if c then a = '1'", columns)).toEqual([true, true, undefined]);
  });

  it("days differ by days, times and moments by seconds, and a day begins at midnight", () => {
    const columns = {
      start: days(["2024-02-28", "2024-12-31"]),
      end: days(["2024-03-01", "2025-01-01"]),
      open: times([3600, 7200]),
      close: times([7200, 7201]),
      seen: moments(["2024-02-28T00:00:01Z", "2025-01-01T00:00:00Z"]),
      left: moments(["2024-02-28T01:00:01Z", "2025-01-01T00:00:30Z"]),
    };
    expect(truths("end - start = 2", columns)).toEqual([true, false]);
    expect(truths("start + 1 = end", columns)).toEqual([false, true]);
    expect(truths("2 + start = end", columns)).toEqual([true, false]);
    expect(truths("close - open > 1", columns)).toEqual([true, false]);
    expect(truths("left - seen = 3600", columns)).toEqual([true, false]);
    expect(truths("seen + 30 = left", columns)).toEqual([false, true]);
    expect(truths("seen - start <= 1", columns)).toEqual([true, false]);
    expect(truths("start < seen", columns)).toEqual([true, true]);
    expect(truths("end < seen", columns)).toEqual([false, false]);
    expect(truths("start > '2024-06-30'", columns)).toEqual([false, true]);
    expect(truths('"2024-03-01" = end', columns)).toEqual([true, false]);
    expect(truths("end - '2024-01-01' < 100", columns)).toEqual([true, false]);
    expect(truths("seen >= '2025-01-01'", columns)).toEqual([false, true]);
  });
});

it("names of columns stand as they are, or in quotes", () => {
  const columns = {
    "order date": numbers([1]),
    order: numbers([5]),
    "education-num": numbers([2]),
    education: texts(["x"]),
    num: numbers([3]),
    "größe (cm)": numbers([4]),
    日付: numbers([6]),
    "2024": numbers([7]),
    and: numbers([8]),
    'say "a"': numbers([9]),
    "a.b": numbers([10]),
    "it's": numbers([11]),
  };
  const rules = [
    "order date = 1",
    "order = 5",
    "order>4",
    "education-num = 2 and num=3",
    "num - num = 0",
    "größe (cm) = 4",
    "日付 = 6",
    "`2024` = 7 and '2024' = 7",
    '"and" = 8 and "order date" = 1',
    '"say ""a""" = 9',
    "a.b = 10",
    "'it''s' = 11 and it's = 11",
  ];
  for (const rule of rules) expect([rule, ...truths(rule, columns)]).toEqual([rule, true]);
});

describe("what cannot be checked is refused in a sentence", () => {
  const columns = {
    start: days(["2024-01-01"]),
    end: days(["2024-01-02"]),
    price: numbers([1, 2]),
    status: texts(["open", "closed"]),
    id: { schema: { type: "identifier", form: { kind: "sequence", next: 1 } }, values: ["a"] },
    country: { schema: { type: "constant", text: "DE" }, values: ["DE"] },
  };
  it.each([
    ["strat <= end", 'there is no column "strat", did you mean "start"?'],
    ["start <= ende", 'there is no column "ende", did you mean "end"?'],
    ["status = closed", 'there is no column "closed". Text is put in quotes.'],
    ["price = 'cheap'", '"price" is a number, and the text "cheap" is none and no column either.'],
    [
      "price = 'pricee'",
      '"price" is a number, and the text "pricee" is none and no column either, did you mean "price"?',
    ],
    ["start < 'ende'", '"start" is a day, and the text "ende" is none and no column either, did you mean "end"?'],
    ["start < '2024-02-30'", 'the text "2024-02-30" is none'],
    ["status > 'open'", "\"status > 'open'\" asks for the order of texts"],
    ["status = 'opne'", '"status" is never "opne", did you mean "open"? It is one of open, closed.'],
    ["status = 3", '"status" is never "3". It is one of open, closed.'],
    ["status = price", '"status" is text, which cannot be compared with a number.'],
    ["status = true", '"status" is text, and never true or false.'],
    ["status + 1 = 2", '"status" is not a number, day or time'],
    ["start < 3", '"start" is a day and "3" is a number; they cannot be compared.'],
    ["start + end > start", '"start + end" computes with a day and a day, which means nothing.'],
    ["start * 2 = end", '"start * 2" computes with a day and a number'],
    ["-start = end", '"start" is not a number, and cannot follow a minus sign.'],
    ["price", '"price" by itself is neither true nor false'],
    ["price + 1 and price > 1", '"price + 1" by itself is neither true nor false'],
    ["(price > 1) > 1", '"(price > 1)" is true or false, and cannot be compared'],
    ["price + 1 is missing", '"price + 1" is not a column'],
    ["id = 3", '"id" is made up for each row'],
    ["id is missing", '"id" is made up for each row'],
    ["country = 'DE'", '"country" is the same in all rows.'],
    ["'a' = 'b'", 'the text "a" has no column beside it'],
    ["", "is not understood: at its beginning it ends where a column"],
    ["price >", 'after "price >" it ends where a column, a number, text in quotes or "(" is expected.'],
    ["price > 1 2", 'after "price > 1" "2" stands where its end is expected.'],
    ["(price > 1", 'after "(price > 1" it ends where ")" is expected.'],
    ["price ; 1", '";" stands where its end'],
    ["price > 'a", `"'" stands where a column`],
    ["price is nothing", '"nothing" stands where "missing" or "not missing" is expected.'],
    ["if price > 1", 'it ends where "then" is expected.'],
    ["price => 1", '">" stands where a column'],
    ["\u001b[2Jprice > ", "\\u{1b}"],
  ])("%s", (rule, message) => {
    expect(refusal(rule, columns)).toContain(message);
  });

  it.each(["(", "not ", "-", "if price > 1 then "])("many times %s", (begin) => {
    expect(refusal(`${begin.repeat(5000)}price > 1`, columns)).toContain("is nested too deeply: write it as several.");
  });
});
