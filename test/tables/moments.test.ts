import { describe, expect, it } from "vitest";
import { createRng } from "../../src/random.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import { momentFormatter, momentParser } from "../../src/tables/moments/momentPattern.js";
import { readTable } from "../../src/tables/readTable.js";
import type { MomentFormat } from "../../src/tables/schema.js";
import { tableWriter } from "../../src/tables/tableWriter.js";
import { cellsOf, inferColumn } from "./cellsOf.js";

const format = (pattern: string, offset = 0): MomentFormat => ({ pattern, offset, weight: 1 });
const DAY = 86_400_000;

describe("a pattern", () => {
  it.each([
    "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
    "EEE, dd MMM yyyy HH:mm:ss.SSS 'GMT'",
    "M/d/yyyy h:mm:ss.SSS a",
    "EEEE, MMMM do, yyyy, hh:mm:ss.SSS aaaa",
    "yyyyMMddHHmmssSSS",
    "T",
  ])("reads what it writes: %s", (pattern) => {
    const rng = createRng(3);
    const [parse, write] = [momentParser(format(pattern)), momentFormatter(format(pattern))];
    for (let i = 0; i < 500; i++) {
      const moment = Math.floor((rng.uniform() - 0.4) * 4e12);
      expect(parse(write(moment))).toBe(moment);
    }
  });

  it("agrees with the dates of JavaScript", () => {
    const [parse, write] = [
      momentParser(format("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")),
      momentFormatter(format("EEE, dd MMM yyyy HH:mm:ss 'GMT'")),
    ];
    for (const moment of [0, -1, DAY - 1, Date.UTC(1900, 1, 28), Date.UTC(2000, 1, 29, 23, 59, 59), 4e12]) {
      const date = new Date(moment);
      expect(parse(date.toISOString())).toBe(moment);
      expect(write(moment)).toBe(date.toUTCString());
    }
  });

  it.each([
    ["yyyy-MM-dd", "2023-02-29"],
    ["yyyy-MM-dd", "1900-02-29"],
    ["yyyy-MM-dd", "2024-04-31"],
    ["yyyy-MM-dd", "2024-13-01"],
    ["yyyy-MM-dd", "2024-00-10"],
    ["yyyyMMdd", "20240132"],
    ["HH:mm", "24:00"],
    ["HH:mm", "12:60"],
    ["h:mm a", "13:00 PM"],
    ["YYYY-'W'ww", "2023-W53"],
  ])("takes no day and no time that does not exist: %s %s", (pattern, text) => {
    expect(momentParser(format(pattern))(text)).toBeNaN();
  });

  it("says where it has a field that is not known", () => {
    expect(() => momentParser(format("yyyy-QQ"))).toThrow('"QQ" in "yyyy-QQ" is not a field of a date');
  });
});

describe("days and months in doubt", () => {
  const patterns = (cells: readonly string[]) => {
    const { schema, notes } = inferSchema(cellsOf({ day: cells, x: cells.map((_, row) => `${row}.5`) }));
    const column = schema.columns[0];
    return { patterns: column?.type === "date" ? column.formats.map(({ pattern }) => pattern) : [], notes };
  };

  it("are told by the values", () => {
    expect(patterns(["01/02/2024", "03/04/2024", "31/05/2024"])).toEqual({ patterns: ["dd/MM/yyyy"], notes: [] });
    expect(patterns(["1/2/2024", "3/4/2024", "5/31/2024"])).toEqual({ patterns: ["M/d/yyyy"], notes: [] });
  });

  it("are told by one value among thousands", () => {
    const cells = Array.from(
      { length: 4000 },
      (_, row) => `${(row % 12) + 1}/${(((row / 12) % 12) | 0) + 1}/${1950 + ((row / 144) | 0)}`,
    );
    expect(patterns([...cells, "13/1/2024"]).patterns).toEqual(["d/M/yyyy"]);
  });

  it("are said where nothing tells them", () => {
    expect(patterns(["01/02/2024", "03/04/2024", "11/12/2023"])).toEqual({
      patterns: ["MM/dd/yyyy"],
      notes: ['"day" is read as MM/dd/yyyy, though it might be dd/MM/yyyy.'],
    });
  });
});

describe("several formats in one column", () => {
  it("are kept with how often each occurs, zones that are mixed too", async () => {
    const cells = Array.from({ length: 400 }, (_, row) => {
      const day = `${(row % 28) + 1}`.padStart(2, "0");
      return row % 4 === 0 ? `2024-01-${day}T10:00:00+02:00` : `2024-01-${day}T10:00:00-05:00`;
    });
    const table = cellsOf({ at: cells, x: cells.map((_, row) => `${row % 5}.5`) });
    const { schema, notes } = inferSchema(table);
    expect(notes).toEqual([]);
    expect(schema.columns[0]).toMatchObject({
      type: "timestamp",
      formats: [
        { pattern: "yyyy-MM-dd'T'HH:mm:ssxxx", offset: -300 },
        { pattern: "yyyy-MM-dd'T'HH:mm:ssxxx", offset: 120 },
      ],
    });
    const read = readTable(table, schema);
    const written = (await tableWriter(schema, 1))(read).map(([text]) => text ?? "");
    const share = written.filter((text) => text.endsWith("-05:00")).length / 400;
    expect(Math.abs(share - 0.75)).toBeLessThan(0.07);
    expect(written.map((text) => Date.parse(text))).toEqual(cells.map((text) => Date.parse(text)));
  });

  it("lose no time: a day alone is written for a midnight", async () => {
    const cells = ["2024-01-31", "2024-01-31 10:00", "2024-02-01 17:30", "2024-02-02"];
    const table = cellsOf({ at: cells, x: ["1.5", "2.5", "3", "4"] });
    const { schema } = inferSchema(table);
    expect(schema.columns[0]).toMatchObject({
      type: "timestamp",
      formats: [{ pattern: "yyyy-MM-dd" }, { pattern: "yyyy-MM-dd HH:mm" }],
    });
    const written = (await tableWriter(schema, 1))(readTable(table, schema)).map(([text]) => text ?? "");
    expect(written.map((text) => Date.parse(`${text.padEnd(16, " 00:00").replace(" ", "T")}Z`))).toEqual(
      ["2024-01-31T00:00Z", "2024-01-31T10:00Z", "2024-02-01T17:30Z", "2024-02-02T00:00Z"].map((text) =>
        Date.parse(text),
      ),
    );
  });

  it("are none where times stand beside days", () => {
    expect(inferColumn("at", ["2024-01-31", "10:00", "17:30", "2024-02-02"]).type).toBe("category");
  });

  it("are counted over all rows", () => {
    const column = inferColumn("day", [...Array(30).fill("2024-01-05"), ...Array(10).fill("17.03.2021"), "2024-02-06"]);
    expect(column).toMatchObject({
      formats: [
        { pattern: "yyyy-MM-dd", weight: 31 },
        { pattern: "dd.MM.yyyy", weight: 10 },
      ],
    });
  });
});

describe("days and times that are written", () => {
  it("exist, whatever numbers are drawn between: no day 32, no minute 60", async () => {
    const cells = cellsOf({
      day: ["20240101", "20240229", "19991231", "19700131"],
      at: ["2024-01-31 14:30:05", "1999-12-31 23:59:59", "2024-02-29 00:00:00", "1969-07-20 20:17:40"],
      time: ["14:30:07", "00:00:00", "23:59:59", "07:05:01"],
    });
    const { schema } = inferSchema(cells);
    const rng = createRng(7);
    const drawn = (low: number, high: number) =>
      Float64Array.from({ length: 500 }, () => low + rng.uniform() * (high - low));
    const rows = (await tableWriter(schema, 1))({
      name: "drawn",
      rows: 500,
      columns: [
        { kind: "numbers", name: "day", values: drawn(-1e5, 1e5) },
        { kind: "numbers", name: "at", values: drawn(-1e13, 1e13) },
        { kind: "numbers", name: "time", values: drawn(-1e5, 2e5) },
      ],
    });
    for (const [day = "", at = "", time = ""] of rows) {
      expect(
        new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`)
          .toISOString()
          .slice(0, 10)
          .replaceAll("-", ""),
      ).toBe(day);
      expect(new Date(`${at.replace(" ", "T")}Z`).toISOString().slice(0, 19).replace("T", " ")).toBe(at);
      expect(time).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/);
      expect(day >= "19700131" && day <= "20240229" && at >= "1969" && at <= "2024-03").toBe(true);
    }
  });

  it("are first days of a month, or full hours, where all are", async () => {
    const cells = cellsOf({
      month: ["Jan 1 2000", "Feb 1 2000", "Mar 1 2010", "Dec 1 2004"],
      hour: ["2010-01-01T01:00:00", "2010-01-02T05:00:00", "2010-12-31T23:00:00", "2010-06-01T00:00:00"],
    });
    const { schema } = inferSchema(cells);
    expect(schema.columns).toMatchObject([{ step: "month" }, { step: 3_600_000 }]);
    const rows = (await tableWriter(schema, 1))({
      name: "drawn",
      rows: 2,
      columns: [
        { kind: "numbers", name: "month", values: Float64Array.of(11_000.4, 12_345) },
        {
          kind: "numbers",
          name: "hour",
          values: Float64Array.of(Date.UTC(2010, 4, 3, 17, 29, 59), Date.UTC(2010, 4, 3, 17, 31)),
        },
      ],
    });
    expect(rows).toEqual([
      ["Feb 1 2000", "2010-05-03T17:00:00"],
      ["Nov 1 2003", "2010-05-03T18:00:00"],
    ]);
  });
});
