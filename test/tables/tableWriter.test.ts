import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { numberFormatter, numberParser } from "../../src/tables/numberText.js";
import { readTable } from "../../src/tables/readTable.js";
import { gridOf } from "../../src/tables/rounding.js";
import type { NumberStyle } from "../../src/tables/schema.js";
import { tableWriter, writtenColumns } from "../../src/tables/tableWriter.js";
import { cellsOf } from "./cellsOf.js";

const rows = (text: (row: number) => string, count = 60) => Array.from({ length: count }, (_, row) => text(row));

describe("numbers that are written", () => {
  const plain = { prefix: "", suffix: "", thousands: "", decimalMark: ".", leastDecimals: 0, plus: false } as const;
  const styles: [string, NumberStyle][] = [
    ["plain", plain],
    ["dollars", { ...plain, prefix: "$", thousands: ",", leastDecimals: 2 }],
    ["German euros", { ...plain, suffix: " €", thousands: ".", decimalMark: "," }],
    ["French percent", { ...plain, suffix: " %", thousands: "\u202f", decimalMark: ",", plus: true }],
    ["Swiss", { ...plain, prefix: "CHF ", thousands: "'" }],
  ];

  it.each(styles)("are read as what they are: %s", (_, style) => {
    const rng = createRng(2);
    const [write, exact, parse] = [numberFormatter(style, 3), numberFormatter(style, null), numberParser(style)];
    for (let i = 0; i < 500; i++) {
      const value = rng.normal() * 10 ** (rng.uniform() * 12 - 4);
      expect(parse(exact(value))).toBe(value);
      expect(parse(write(value))).toBe(Number(value.toFixed(3)) || 0);
    }
    for (const value of [0, -0, 1e-12, 1e12, -1e21, 5e-324]) expect(parse(exact(value))).toBeCloseTo(value, 12);
    expect(write(-0.0001)).not.toContain("-");
  });

  it("are whole, in their range and with their decimals, unless these are let go", async () => {
    const { schema } = inferSchema(cellsOf({ count: ["1", "2", "30"], price: ["0.5", "2.25", "9"] }));
    const table = {
      name: "drawn",
      rows: 3,
      columns: [
        { kind: "numbers", name: "count", values: Float64Array.of(-4.2, 2.6, 31) } as const,
        { kind: "numbers", name: "price", values: Float64Array.of(-1, 3.14632, NaN) } as const,
      ],
    };
    expect((await tableWriter(schema, 1))(table)).toEqual([
      ["1", "0.5"],
      ["3", "3.15"],
      ["30", ""],
    ]);
    expect((await tableWriter(schema, 1, { clamp: false }))(table)).toEqual([
      ["-4", "-1"],
      ["3", "3.15"],
      ["31", ""],
    ]);
    expect((await tableWriter(schema, 1, { round: false }))(table)[1]).toEqual(["3", "3.14632"]);
  });
});

describe("decimals of numbers that have them in different numbers", () => {
  const rng = createRng(8);
  const rounded = (decimals: number) => `${Number((100 * rng.uniform()).toFixed(decimals))}`;
  const mixed = rows((row) => rounded([0, 0, 0, 1, 2, 3][row % 6] ?? 0), 6000);

  it("are as often as they are, which rounding twice does not change", () => {
    const { schema } = inferSchema(cellsOf({ x: mixed }));
    const [column] = schema.columns;
    if (column?.type !== "decimal") throw new Error("x is no decimal");
    expect(column.decimals).toBe(3);
    const { natural } = gridOf(column);
    const made = Array.from({ length: 20_000 }, () => natural(100 * rng.uniform()));
    const needed = (value: number) => `${value}`.split(".")[1]?.length ?? 0;
    for (const [k, share] of [0.52, 0.17, 0.16, 0.15].entries())
      expect(Math.abs(made.filter((value) => needed(value) === k).length / made.length - share)).toBeLessThan(0.015);
    expect(made.map(natural)).toEqual(made);
    const known = mixed.map(Number);
    expect(known.map(natural)).toEqual(known);
  });

  it("are left to chance where the data leaves them to it, as measurements do", () => {
    const { schema } = inferSchema(cellsOf({ x: rows(() => rounded(2), 3000) }));
    expect(schema.columns[0]).not.toHaveProperty("decimalShares");
  });

  it("are not counted in what many rows have: a zero says nothing of the others", () => {
    const { schema } = inferSchema(cellsOf({ x: rows((row) => (row % 2 ? "0" : rounded(2)), 3000) }));
    expect(schema.columns[0]).not.toHaveProperty("decimalShares");
  });
});

describe("a table that is written", () => {
  const cells = cellsOf({
    id: rows((row) => `${row + 1}`),
    mail: rows((row) => `a${row}@example.org`),
    same: rows(() => "x"),
    city: [...rows((row) => (row % 2 ? "a" : "b"), 40), ...rows(() => "rare", 15), ...rows((row) => `once ${row}`, 5)],
    x: rows((row) => (row % 4 === 0 ? "NA" : `${row}.5`)),
    note: rows((row) => `Something that only row ${row} says`),
  });
  const { schema } = inferSchema(cells, { mostCategories: 3, personal: "replace" });
  const table = readTable(cells, schema);

  it("has the schema's columns in its order", () => {
    expect(writtenColumns(schema)).toEqual(["id", "mail", "same", "city", "x", "note"]);
    expect(table.columns.map(({ name }) => name)).toEqual(["city", "x"]);
  });

  it("is the same for the same seed, and another for another", async () => {
    const [once, again, other] = [
      await tableWriter(schema, 4),
      await tableWriter(schema, 4),
      await tableWriter(schema, 5),
    ];
    // Writers that are used in turn do not disturb one another.
    const [a, b] = [once(table), again(table)];
    expect(once(table)).toEqual(again(table));
    expect(a).toEqual(b);
    expect(other(table)).not.toEqual(a);
  });

  it("never has an identifier or an address twice, over all of its chunks", async () => {
    const write = await tableWriter(schema, 4);
    const all = [...write(table), ...write(table), ...write(table)];
    expect(new Set(all.map(([id]) => id)).size).toBe(180);
    expect(new Set(all.map(([, mail]) => mail)).size).toBe(180);
    expect((await tableWriter(schema, 0))(table)[0]?.[0]).toBe("61");
  });

  it("has pooled texts as often as the data, and what was missing", async () => {
    const write = await tableWriter(schema, 4);
    const written = Array.from({ length: 20 }, () => write(table)).flat();
    const pooled = written.map((row) => row[3] ?? "").filter((text) => text !== "a" && text !== "b");
    expect(pooled.length).toBe(400);
    expect(Math.abs(pooled.filter((text) => text === "rare").length / 400 - 0.75)).toBeLessThan(0.08);
    expect(new Set(pooled)).toEqual(new Set(["rare", "once 0", "once 1", "once 2", "once 3", "once 4"]));
    expect(written.filter((row) => row[4] === "NA").length).toBe(20 * 15);
  });

  it("says what it lacks", async () => {
    const write = await tableWriter(schema, 4);
    expect(() => write({ ...table, columns: table.columns.slice(1) })).toThrow("the table has no column city");
  });
});
