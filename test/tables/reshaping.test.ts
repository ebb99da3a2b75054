import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import {
  obeys,
  reshape,
  reshapeConditions,
  reshapingOf,
  reshapingSchema,
  restore,
  sentencesOf,
} from "../../src/tables/reshaping.js";
import type { TableSchema } from "../../src/tables/schema.js";
import type { Column, Table } from "../../src/tables/table.js";
import { type Columns, days, numbers, tableOf, texts } from "./columns.js";

const day = (text: string) => Date.parse(text) / 86_400_000;

/** A table's values by column, `null` where they are missing. */
function valuesOf(table: Table): Record<string, (number | string | null)[]> {
  return Object.fromEntries(
    table.columns.map((column) => [
      column.name,
      column.kind === "numbers"
        ? [...column.values].map((value) => (Number.isNaN(value) ? null : value))
        : [...column.codes].map((code) => column.categories[code] ?? null),
    ]),
  );
}

/** As a run keeps it: through JSON. */
function learned(schema: TableSchema, table: Table) {
  return reshapingSchema.parse(JSON.parse(JSON.stringify(reshapingOf(schema, table))));
}

/** What is modelled of a table, after it was seen that it comes back as it was. */
function modelledOf(columns: Columns, choices: { rules?: string[]; together?: string[][] }) {
  const { schema, table } = tableOf(columns, choices);
  const reshaping = learned(schema, table);
  const modelled = reshape(reshaping, table);
  const back = restore(reshaping, modelled);
  expect(back.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
  for (const [place, column] of table.columns.entries()) {
    const [found, known] = [back.columns[place], schema.columns[place]];
    // What is computed from numbers with all their digits comes back but for rounding.
    const hasAllDigits = known?.type === "decimal" && known.decimals === null;
    if (hasAllDigits && column.kind === "numbers" && found?.kind === "numbers") {
      const isSame = column.values.map((value, row) => {
        const other = found.values[row] ?? NaN;
        return Number(Number.isNaN(value) ? Number.isNaN(other) : Math.abs(other - value) <= 1e-9 * Math.abs(value));
      });
      expect(isSame).toEqual(isSame.map(() => 1));
    } else expect(found).toEqual(column);
  }
  return { schema, table, reshaping, modelled };
}

/** A table with other values, such as a generator makes. */
function withValues(table: Table, values: Readonly<Record<string, readonly number[]>>): Table {
  const columns = table.columns.map((column): Column => {
    const given = values[column.name] ?? [];
    if (column.kind === "numbers") return { ...column, values: Float64Array.from(given) };
    return { ...column, codes: Int32Array.from(given) };
  });
  return { ...table, rows: Object.values(values)[0]?.length ?? 0, columns };
}

describe("a column that is never below another", () => {
  const columns = {
    start: days(["2024-01-01", "2024-03-05", null, null, "2024-02-01", "2024-05-05"]),
    end: days(["2024-01-31", "2024-03-05", "2024-04-01", null, null, "2024-06-05"]),
  };

  it("is modelled as the gap, and by itself where the other is missing, each in all rows", () => {
    const { modelled, reshaping } = modelledOf(columns, { rules: ["start <= end"] });
    expect(valuesOf(modelled)).toEqual({
      start: columns.start.values,
      "gap of start <= end": [30, 0, 0, 0, null, 31],
      end: [...Array(3).fill(day("2024-04-01")), null, null, null],
    });
    expect(valuesOf(restore(reshaping, modelled))).toEqual({ start: columns.start.values, end: columns.end.values });
    expect(sentencesOf(reshaping)).toEqual([
      '"end" is learned as a distance, so that "start <= end" holds in every row; where what it is compared with is missing, it is learned by itself.',
    ]);
  });

  it("is never below it in rows that are made, whatever is missing", () => {
    const { modelled, reshaping, schema } = modelledOf(columns, { rules: ["start <= end"] });
    const made = withValues(modelled, {
      start: [19800.4, 19800.6, 19801, NaN, NaN, 19802],
      "gap of start <= end": [0.2, -3, 7, 5, NaN, NaN],
      end: [19000, 19000, 19000, 19850.2, NaN, 19850],
    });
    const back = restore(reshaping, made);
    expect(valuesOf(back)).toEqual({
      start: [19800, 19801, 19801, null, null, 19802],
      end: [19800, 19801, 19808, 19850, null, null],
    });
    expect([...obeys(schema, back)]).toEqual([1, 1, 1, 1, 1, 1]);
  });

  describe("and ends on one day in many rows", () => {
    const rng = createRng(4);
    const rows = Array.from({ length: 400 }, () => {
      const start = Math.floor(900 * Math.sqrt(rng.uniform()));
      return { start, end: Math.floor(1000 - (1000 - start) * rng.uniform() ** 4) };
    });
    const edge = {
      start: numbers(
        rows.map(({ start }) => start),
        0,
      ),
      end: numbers(
        rows.map(({ end }) => end),
        0,
      ),
    };

    it("is modelled as a part of the way there, so that the edge stays whatever the parts are", () => {
      const { modelled, reshaping } = modelledOf(edge, { rules: ["start <= end"] });
      expect(sentencesOf(reshaping)).toEqual([
        '"end" is learned as a part of the way to its last value, so that "start <= end" holds in every row.',
      ]);
      const largest = Math.max(...edge.end.values.map(Number));
      const made = withValues(modelled, { start: [0, 500, largest, 990], "gap of start <= end": [1, 1, 0.3, 0.5] });
      const { end } = valuesOf(restore(reshaping, made));
      expect(end).toEqual([largest, largest, largest, Math.round(990 + Math.max(0, largest - 990) / 2)]);
    });

    it("is modelled likewise where it is never above another, and begins on one day", () => {
      const mirrored = {
        a: numbers(
          rows.map(({ end }) => -end),
          0,
        ),
        b: numbers(
          rows.map(({ start }) => -start),
          0,
        ),
      };
      const { reshaping } = modelledOf(mirrored, { rules: ["b - a >= 0", "a <= b - 0"] });
      expect(reshaping.steps).toMatchObject([
        { kind: "gap", column: "a", limit: Math.min(...mirrored.a.values.map(Number)) },
      ]);
    });

    it("is a distance where the days in between are what rows have in common", () => {
      const soon = {
        order: edge.start,
        shipped: numbers(
          rows.map(({ start }) => start + 1 + rng.integer(4)),
          0,
        ),
      };
      const { reshaping } = modelledOf(soon, { rules: ["order < shipped"] });
      expect(reshaping.steps).toMatchObject([{ limit: null }]);
    });
  });

  it("is above it where the rule says so", () => {
    const whole = { low: numbers([1, 2, 30], 0), high: numbers([2, 9, 40], 0) };
    const { modelled, reshaping } = modelledOf(whole, { rules: ["low < high"] });
    const made = withValues(modelled, { low: [5, 5.4, 5.6, 7], "gap of low < high": [0, 0.3, 0.3, 3] });
    expect(valuesOf(restore(reshaping, made))).toEqual({ low: [5, 5, 6, 7], high: [6, 6, 7, 10] });
  });

  it("with fewer decimals is rounded up instead of below", () => {
    const coarse = { fine: numbers([1.25, 2.5], 2), coarse: numbers([2, 3], 0) };
    const { modelled, reshaping } = modelledOf(coarse, { rules: ["coarse >= fine"] });
    const made = withValues(modelled, { fine: [1.4, 1.4, 3], "gap of coarse >= fine": [0, 0.2, 0] });
    expect(valuesOf(restore(reshaping, made))).toEqual({ fine: [1.4, 1.4, 3], coarse: [2, 2, 3] });
  });

  it("of a chain follows the one before it", () => {
    const chain = { a: numbers([1, 5], 0), b: numbers([3, 5], 0), c: numbers([4, 9], 0) };
    const { modelled, reshaping } = modelledOf(chain, { rules: ["a <= b < c"] });
    expect(valuesOf(modelled)).toEqual({ a: [1, 5], "gap of a <= b": [2, 0], "gap of b < c": [1, 4] });
    expect(valuesOf(restore(reshaping, modelled))).toEqual({ a: [1, 5], b: [3, 5], c: [4, 9] });
  });

  it("derives each column once and none in a circle; what is left is enforced", () => {
    const circle = { a: numbers([1, 5], 0), b: numbers([1, 5], 0), c: numbers([1, 5], 0) };
    const { reshaping, modelled } = modelledOf(circle, {
      rules: ["a <= b", "b <= c", "c <= a", "c <= b", "a + b < 20"],
    });
    expect(modelled.columns.map(({ name }) => name)).toEqual(["a", "gap of a <= b", "gap of b <= c"]);
    expect(reshaping.enforced).toEqual(["c <= a", "c <= b", "a + b < 20"]);
    expect(sentencesOf(reshaping)).toContain('Rows that do not fulfil "a + b < 20" are replaced.');
  });

  it("derives the lesser where the greater follows from another rule already", () => {
    const columns = { a: numbers([1, 4], 0), b: numbers([2, 3], 0), end: numbers([5, 6], 0) };
    const { modelled } = modelledOf(columns, { rules: ["a <= end", "b <= end"] });
    expect(valuesOf(modelled)).toEqual({ a: [1, 4], "gap of b <= end": [3, 3], "gap of a <= end": [4, 2] });
  });

  it("keeps its own values where gaps would lose their digits", () => {
    const far = { low: numbers([-1e12, 1]), high: numbers([1e-12, 3]) };
    const { modelled, reshaping } = modelledOf(far, { rules: ["low <= high"] });
    expect(modelled.columns.map(({ name }) => name)).toEqual(["low", "high"]);
    expect(reshaping.enforced).toEqual(["low <= high"]);
  });
});

describe("a column that others determine", () => {
  const columns = {
    price: numbers([9.99, 0.333, 1.25], 3),
    quantity: numbers([3, 4, 2], 0),
    total: numbers([29.97, 1.33, 2.5], 2),
  };

  it("is left out and computed, rounded as it is written", () => {
    const { modelled, reshaping, schema } = modelledOf(columns, { rules: ["total = price * quantity"] });
    expect(valuesOf(modelled)).toEqual({ price: [9.99, 0.333, 1.25], quantity: [3, 4, 2] });
    expect(sentencesOf(reshaping)).toEqual([
      '"total" is computed by "total = price * quantity", which the data fulfils to within 0.002: it is rounded as the column is.',
    ]);
    const made = restore(reshaping, withValues(modelled, { price: [1.1114, 20, 5], quantity: [2.9, 3, 1] }));
    expect(valuesOf(made)).toEqual({ price: [1.111, 20, 5], quantity: [3, 3, 1], total: [3.33, 60, 5] });
    expect([...obeys(schema, made)]).toEqual([1, 0, 1]);
    expect([...obeys(schema, made, { ranges: false })]).toEqual([1, 1, 1]);
  });

  it("has all its digits where rounding is let go, and whole numbers stay whole", () => {
    const { modelled, reshaping } = modelledOf(columns, { rules: ["total = price * quantity"] });
    const made = withValues(modelled, { price: [1.12345], quantity: [2.2] });
    expect(valuesOf(restore(reshaping, made, { round: false }))).toEqual({
      price: [1.12345],
      quantity: [2],
      total: [2.2469],
    });
  });

  it("may stand on either side", () => {
    expect(modelledOf(columns, { rules: ["price * quantity = total"] }).modelled.columns).toHaveLength(2);
  });

  it("is missing where what it is computed from is", () => {
    const missing = { a: numbers([1, null, 3], 0), b: numbers([2, null, 6], 0) };
    const { modelled } = modelledOf(missing, { rules: ["b = 2 * a"] });
    expect(valuesOf(modelled)).toEqual({ a: [1, null, 3] });
  });

  it("is modelled nonetheless where it is missing in other rows, or cannot be computed", () => {
    const missing = { a: numbers([6, null, 3, 5], 0), b: numbers([2, 4, 3, 0], 0), c: numbers([3, 7, null, 9], 0) };
    const { modelled, reshaping } = modelledOf(missing, { rules: ["c = a / b"] });
    expect(modelled.columns.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    const made = withValues(modelled, { a: [8, NaN, 8, 8], b: [2, 2, 2, 0], c: [1, 5.2, NaN, 1] });
    expect(valuesOf(restore(reshaping, made))).toMatchObject({ c: [4, 5, null, 1] });
  });

  it("may be determined by one that is itself computed or compared", () => {
    const chain = { d: numbers([3, 8], 0), c: numbers([2, 7], 0), a: numbers([1, 2], 0), b: numbers([1, 5], 0) };
    const { modelled } = modelledOf(chain, { rules: ["d = c + 1", "c = a + b", "a <= b"] });
    expect(valuesOf(modelled)).toEqual({ a: [1, 2], "gap of a <= b": [0, 3] });
  });
});

describe("columns that go together", () => {
  const columns = {
    city: texts(["Paris", "Lyon", "Rome", "Paris", null]),
    size: numbers([2, 0.5, 2.8, 2, null], 1),
    country: texts(["France", "France", "Italy", "France", "Italy"]),
    other: numbers([1, 2, 3, 4, 5], 0),
  };

  it("become one column of the combinations that were seen, and come back", () => {
    const { modelled, reshaping, table } = modelledOf(columns, { together: [["city", "country", "size"]] });
    expect(modelled.columns.map(({ name }) => name)).toEqual(["city+country+size", "other"]);
    const [joined] = modelled.columns;
    expect(joined).toMatchObject({
      categories: ['["Paris","France",2]', '["Lyon","France",0.5]', '["Rome","Italy",2.8]', '[null,"Italy",null]'],
    });
    const made = restore(reshaping, withValues(modelled, { "city+country+size": [3, 1, 1], other: [1, 2, 3] }));
    expect(valuesOf(made)).toEqual({
      city: [null, "Lyon", "Lyon"],
      size: [null, 0.5, 0.5],
      country: ["Italy", "France", "France"],
      other: [1, 2, 3],
    });
    const unseen = {
      ...table,
      columns: table.columns.map((column) =>
        "codes" in column ? { ...column, codes: column.codes.map(() => 0) } : column,
      ),
    };
    expect(valuesOf(reshape(reshaping, unseen))["city+country+size"]?.slice(1, 3)).toEqual([null, null]);
    expect(sentencesOf(reshaping)).toEqual([
      '"city" and "country" and "size" go together in the 4 combinations that the data has.',
    ]);
  });

  it("are those too that a rule holds equal", () => {
    const same = { a: texts(["x", "y", "x"]), b: texts(["x", "y", "x"]) };
    expect(valuesOf(modelledOf(same, { rules: ["a = b"] }).modelled)).toEqual({
      "a+b": ['["x","x"]', '["y","y"]', '["x","x"]'],
    });
  });

  it("get a name that no other column has", () => {
    const { modelled } = modelledOf(
      { ...columns, "city+country": numbers([1, 2, 3, 4, 5]) },
      { together: [["city", "country"]] },
    );
    expect(modelled.columns.map(({ name }) => name)).toEqual(["city+country'", "size", "other", "city+country"]);
  });

  it("are refused where they are none of the table's, in two groups or of too many combinations", () => {
    const many = numbers(
      Array.from({ length: 10_001 }, (_, row) => row),
      0,
    );
    const refused = (given: Columns, together: string[][]) => {
      const { schema, table } = tableOf(given, { together });
      return expect(() => reshapingOf(schema, table));
    };
    refused(columns, [["city", "contry"]]).toThrow('test has no column "contry". Did you mean "country"?');
    refused(columns, [
      ["city", "country"],
      ["country", "size"],
    ]).toThrow('"country" is in two groups');
    const pooled = { type: "category", categories: ["a", "(other)"], pooled: { texts: ["b", "c"], counts: [1, 1] } };
    refused({ a: { schema: pooled, values: ["a"] }, b: texts(["x"]) }, [["a", "b"]]).toThrow(
      '"a" has rare texts that are learned as one',
    );
    refused({ a: many, b: many }, [["a", "b"]]).toThrow(
      "The columns a, b have 10001 combinations, and 10000 at most can be kept together",
    );
  });

  it("asked for by conditions are the combinations that fit", () => {
    const { reshaping } = modelledOf(
      { ...columns, low: numbers([0, 0, 0, 0, 0], 0) },
      { together: [["city", "country", "size"]], rules: ["low <= other"] },
    );
    const other = { column: "other", kind: "numbers", ranges: [[1, 2]], missing: false } as const;
    const low = { ...other, column: "low" };
    const italy = { column: "country", kind: "categories", codes: [1] } as const;
    const large = { column: "size", kind: "numbers", ranges: [[1, 9]], missing: true } as const;
    expect(reshapeConditions(reshaping, [other, italy, low, large])).toEqual({
      modelled: [low, { column: "city+country+size", kind: "categories", codes: [2, 3] }],
      rejected: [other],
    });
    const lyon = { column: "city", kind: "categories", codes: [1] } as const;
    expect(() => reshapeConditions(reshaping, [italy, lyon])).toThrow(
      'No row of the data has what is asked of "country", "city" together',
    );
  });
});

describe("rules are checked on the data first", () => {
  it.each([
    ["low <= high", "does not hold in 2 of 4 rows, the first of which is row 2"],
    ["low < high and low > 0", "does not hold in 3 of 4 rows, the first of which is row 1"],
    ["total = low + high", "does not hold in 1 of 4 rows, the first of which is row 3"],
    ["if kind = 'x' then low >= 2", "does not hold in 1 of 4 rows, the first of which is row 1"],
  ])("%s", (rule, message) => {
    const { schema, table } = tableOf(
      {
        low: numbers([1, 3, 3, null]),
        high: numbers([1, 2, 2, 2]),
        total: numbers([2, 5, 5.001, 7], 3),
        kind: texts(["x", "y", "y", "x"]),
      },
      { rules: [rule] },
    );
    expect(() => reshapingOf(schema, table)).toThrow(message);
    expect(() => reshapingOf(schema, table)).toThrow(rule);
  });
});

it("a table without rows or without rules stays as it is", () => {
  modelledOf({ a: numbers([]), b: numbers([]), c: texts(["x"]) }, {});
  const empty = { a: numbers([], 0), b: numbers([], 0), c: numbers([]), d: numbers([]) };
  modelledOf(empty, { rules: ["a = b", "c < d"], together: [] });
  modelledOf(empty, { together: [["a", "b"]] });
});

describe("random tables come back as they were, and rows made at random obey", () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))("seed %i", (seed) => {
    const rng = createRng(seed);
    const rows = rng.integer(30) + 1;
    const decimals = [0, 1, 2, null][rng.integer(4)] ?? null;
    const scale = 10 ** (rng.integer(8) - 3);
    const perUnit = 10 ** (decimals ?? 0);
    const grid = (value: number) => (decimals === null ? value : Math.round(value * perUnit) / perUnit) + 0;
    const some = (make: (row: number) => number | null) =>
      Array.from({ length: rows }, (_, row) => (rng.uniform() < 0.2 ? null : make(row)));
    const plus = (one: number | null | undefined, other: number) =>
      one === null || one === undefined ? null : grid(one + other);
    const start = some(() => grid(scale * rng.normal()));
    const middle = some((row) => plus(start[row], grid(scale * rng.uniform())) ?? grid(rng.normal()));
    const end = some((row) => plus(middle[row] ?? start[row], grid(rng.integer(3))) ?? 3);
    const amount = some(() => rng.integer(5));
    const total = some((row) => {
      const [one, count] = [start[row], amount[row]];
      return one === null || one === undefined || !count ? 7 : grid(one / count);
    });
    const city = Array.from({ length: rows }, () => ["a", "b", null][rng.integer(3)] ?? null);
    const { schema, reshaping, modelled, table } = modelledOf(
      {
        total: numbers(total, decimals),
        start: numbers(start, decimals),
        end: numbers(end, decimals),
        middle: numbers(middle, decimals),
        amount: numbers(amount, 0),
        city: texts(city),
        code: numbers(
          amount.map((value) => (value === null ? null : value % 2)),
          0,
        ),
      },
      { rules: ["start <= middle", "middle <= end", "total = start / amount"], together: [["code", "city"]] },
    );
    expect([...obeys(schema, table)]).toEqual(Array.from({ length: rows }, () => 1));
    const made = modelled.columns.map((column): Column => {
      if (column.kind === "categories")
        return { ...column, codes: column.codes.map(() => rng.integer(column.categories.length)) };
      return { ...column, values: column.values.map(() => (rng.uniform() < 0.2 ? NaN : scale * rng.normal())) };
    });
    const back = restore(reshaping, { ...modelled, columns: made });
    expect(reshaping.enforced).toEqual([]);
    expect([...obeys(schema, back, { ranges: false })]).toEqual(Array.from({ length: rows }, () => 1));
    expect(back.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name));
  });
});
