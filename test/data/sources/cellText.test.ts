import { describe, expect, it } from "vitest";
import { type CellOptions, cellsOfText } from "../../../src/data/sources/cellText.js";
import { InputError } from "../../../src/errors.js";
import { cellRows } from "./cellRows.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");
const read = (text: string | Uint8Array, options?: CellOptions) =>
  cellsOfText(typeof text === "string" ? utf8(text) : text, "t.csv", options);

describe("cells of a delimited text", () => {
  it("are the places of their different texts, in the order in which these first appear", () => {
    expect(read("sex,age\nf,30\nm,\nf,30\n")).toEqual({
      name: "t.csv",
      rows: 3,
      rowsInFile: 3,
      columns: [
        { name: "sex", texts: ["f", "m"], codes: Uint32Array.of(0, 1, 0) },
        { name: "age", texts: ["30", ""], codes: Uint32Array.of(0, 1, 0) },
      ],
      warnings: [],
    });
  });

  const people = [
    ["Größe, cm", "名"],
    ["1,5", 'the "x"'],
    ["", "two\nlines"],
  ];
  it.each<[string, string | Uint8Array]>([
    ["commas", '"Größe, cm",名\n"1,5","the ""x"""\n,"two\nlines"\n'],
    ["semicolons, decimal commas and CRLF", 'Größe, cm;名\r\n1,5;the "x"\r\n;"two\nlines"'],
    ["tabs and a byte order mark", '\uFEFFGröße, cm\t名\n1,5\tthe "x"\n\t"two\nlines"\n'],
    ["bars and spaces", ' Größe, cm | 名 \n\n 1,5 | the "x"\n  | "two\nlines" \n'],
    ["UTF-16", utf16('"Größe, cm",名\n"1,5","the ""x"""\n,"two\nlines"\n')],
    ["UTF-16, high bytes first", utf16('"Größe, cm",名\n"1,5","the ""x"""\n,"two\nlines"\n').swap16()],
  ])("are the same with %s", (_, text) => {
    expect(cellRows(read(text))).toEqual(people);
  });

  it("may be Latin-1, told by any cell or name, which is said", () => {
    const warnings = ["t.csv is not UTF-8 and was read as Latin-1."];
    for (const text of ["city,n\nKöln,1\n", "Stadt,Größe\nA,1\n"]) {
      const table = read(Buffer.from(text, "latin1"));
      expect(cellRows(table).join("\n")).toBe(text.trim());
      expect(table.warnings).toEqual(warnings);
    }
  });

  it("are parted by what is said, and have names where it is said", () => {
    expect(cellRows(read("a;b,c\n1;2,3\n", { delimiter: "," }))).toEqual([
      ["a;b", "c"],
      ["1;2", "3"],
    ]);
    expect(cellRows(read("a,b\nc,d\n", { header: false }))).toEqual([
      ["1", "2"],
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  it("have numbers for names where the first row is all numbers, which is said", () => {
    const table = read("1,2\n3,4\n");
    expect(cellRows(table)[0]).toEqual(["1", "2"]);
    expect(table.rows).toBe(2);
    expect(table.warnings).toEqual([expect.stringMatching(/first row \(1, 2\) was taken as a row of numbers/)]);
  });

  it("may be in one column, where an empty cell stands in quotation marks", () => {
    expect(cellRows(read('a\nx\n""\n\ny\n'))).toEqual([["a"], ["x"], [""], ["y"]]);
  });

  it("leave out a first column that only counts the rows, which is said", () => {
    for (const text of [",a\n0,x\n1,y\n", '"","a"\n"1","x"\n"2","y"\n', "Unnamed: 0,a\n0,x\n1,y\n"]) {
      const table = read(text);
      expect(cellRows(table)).toEqual([["a"], ["x"], ["y"]]);
      expect(table.warnings).toEqual([expect.stringMatching(/only counts the rows, and is left out/)]);
    }
    expect(cellRows(read("Unnamed: 0,a\n0,x\n0,y\n"))[0]).toEqual(["Unnamed: 0", "a"]);
  });

  it("leave out columns without a name and without a cell, which is said", () => {
    const table = read("a,b,,\n1,x,,\n2,y,,\n");
    expect(cellRows(table)).toEqual([
      ["a", "b"],
      ["1", "x"],
      ["2", "y"],
    ]);
    expect(table.warnings).toEqual(["t.csv: columns without a name and without a cell are left out (2)."]);
  });

  it("of many columns are read", () => {
    const names = Array.from({ length: 15_000 }, (_, i) => `c${i}`);
    const table = read(`${names.join()}\n${names.map((_, i) => i % 7).join()}\n`);
    expect(table.columns).toHaveLength(15_000);
    expect(table.columns[14_999]).toEqual({ name: "c14999", texts: [String(14_999 % 7)], codes: Uint32Array.of(0) });
  });
});

describe("a text that is no table of cells is refused:", () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /^t\.csv is empty; give a table with a row of column names/],
    ["blank lines", "\n \n", /^t\.csv is empty/],
    ["only a header", "a,b\n", /^t\.csv has column names but no rows below them/],
    ["a short row", "a,b\n1,x\n2\n", /^t\.csv, line 3: the row has 1 cells where the first has 2/],
    ["a long row", "a,b\nx,1\n\n2,y,z\n", /^t\.csv, line 4: the row has 3 cells where the first has 2/],
    ["a name that is there twice", "a,b,a\n1,2,3\n", /^t\.csv, line 1: two columns are named "a"/],
    ["a column without a name", "a,,c\n1,2,3\n", /^t\.csv: column 2 has no name; name it or remove it/],
    ["a first column without a name that counts nothing", ",b\nx,2\n", /^t\.csv: column 1 has no name/],
    [
      "an open quotation mark",
      'a,b\n1,"x\n2,y\n',
      /^t\.csv is not a valid CSV file: a quotation mark in line 2 is not closed/,
    ],
    ["bytes of 0", utf16("a,b\n1,2\n").subarray(2), /is not a table of text: it holds binary data/],
    ["70,000 columns", `a${",b".repeat(70_000)}\n`, /line 1: the row has more than 65536 cells/],
  ])("%s", (_, text, message) => {
    expect(() => read(text)).toThrow(InputError);
    expect(() => read(text)).toThrow(message);
  });
});

describe("a table that takes too much memory", () => {
  const many = (rows: number) => `n,even\n${Array.from({ length: rows }, (_, i) => `${i},${i % 2}`).join("\n")}\n`;

  it("is a random sample of its rows, in their order, the same each time", () => {
    const table = read(many(10_000), { limits: { cells: 4000, textBytes: 1e9 } });
    expect(table.rowsInFile).toBe(10_000);
    expect(table.rows).toBeGreaterThan(1000);
    expect(table.rows).toBeLessThanOrEqual(2000);
    expect(table.warnings).toEqual([
      `t.csv has 10000 rows, more than fit into memory; ${table.rows} of them, drawn at random, are used.`,
    ]);
    const numbers = cellRows(table)
      .slice(1)
      .map(([n, even]) => {
        expect(even).toBe(String(Number(n) % 2));
        return Number(n);
      });
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    // Eight standard deviations of the mean of so many uniform numbers.
    const mean = numbers.reduce((sum, n) => sum + n, 0) / numbers.length;
    expect(Math.abs(mean - 4999.5)).toBeLessThan((8 * 10_000) / Math.sqrt(12 * numbers.length));
    expect(table.columns[0]?.texts).toHaveLength(table.rows);
    expect(read(many(10_000), { limits: { cells: 4000, textBytes: 1e9 } })).toEqual(table);
  });

  it("is bounded by its different texts as well", () => {
    const table = read(many(10_000), { limits: { cells: 1e9, textBytes: 50_000 } });
    expect(table.rows).toBeGreaterThan(400);
    expect(table.rows).toBeLessThanOrEqual(50_000 / 41);
  });

  it("is whole where it just fits", () => {
    const table = read(many(1000), { limits: { cells: 2000, textBytes: 1e9 } });
    expect([table.rows, table.rowsInFile, table.warnings]).toEqual([1000, 1000, []]);
  });
});
