import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { decode } from "../../../src/data/codecs/index.js";
import { openDataset } from "../../../src/data/open.js";
import { parseTable, type TableTextOptions } from "../../../src/data/sources/tableText.js";
import { InputError } from "../../../src/errors.js";
import { createRng } from "../../../src/random.js";
import { temporaryFile, temporaryFolder } from "../files.js";
import { moments } from "../moments.js";

/** A column of distinct numbers, and one of large numbers close to each other. */
const table = (rows: number) =>
  `x,time\n${Array.from({ length: rows }, (_, i) => `${i},${1.7e9 + (i % 7)}`).join("\n")}\n`;

/** The distinct values of the first column among many draws, in the file's units. */
function drawnRows(dataset: Awaited<ReturnType<typeof openDataset>>): Set<number> {
  const drawn = decode(dataset.codec, dataset.batch(createRng(0), 5000).sample);
  return new Set(Array.from(drawn).flatMap((x, i) => (i % 2 === 0 ? [Math.round(x)] : [])));
}

describe("a table of numbers", () => {
  it("is standardised column by column, large offsets included", async () => {
    const dataset = await openDataset(await temporaryFile("points.csv", table(15)));
    expect(dataset).toMatchObject({
      kind: "points",
      fields: { sample: { shape: [2] } },
      size: 15,
      codec: { columns: [{ name: "x" }, { name: "time" }] },
    });
    const { mean, variance } = moments(dataset.batch(createRng(1), 20_000).sample, 2);
    for (const axis of [0, 1]) {
      expect(mean[axis]).toBeCloseTo(0, 1);
      expect(variance[axis]).toBeCloseTo(1, 1);
    }
  });

  it("gives its own rows back in its own units", async () => {
    const dataset = await openDataset(await temporaryFile("points.csv", "a,b\n1,-20\n2,40\n4.5,1e3\n"));
    const rows = decode(dataset.codec, dataset.batch(createRng(1), 50).sample);
    const expected = new Map([
      [1, -20],
      [2, 40],
      [4.5, 1000],
    ]);
    for (let i = 0; i < rows.length; i += 2) {
      const a = Math.round(rows[i]! * 1e4) / 1e4;
      expect(rows[i + 1]).toBeCloseTo(expected.get(a)!, 2);
      expected.set(a, rows[i + 1]!);
    }
  });

  it("holds out a tenth of the rows, chosen by the seed, and draws them for nothing else", async () => {
    const path = await temporaryFile("points.csv", table(45));
    const dataset = await openDataset(path, { seed: 1 });
    const training = drawnRows(dataset);
    const heldOut = drawnRows(dataset.heldOut!);
    expect([dataset.size, dataset.heldOut!.size]).toEqual([41, 4]);
    expect([training.size, heldOut.size]).toEqual([41, 4]);
    expect(new Set([...training, ...heldOut]).size).toBe(45);
    expect(drawnRows((await openDataset(path, { seed: 1 })).heldOut!)).toEqual(heldOut);
    expect(drawnRows((await openDataset(path, { seed: 2 })).heldOut!)).not.toEqual(heldOut);
  });

  it.each([
    [19, undefined],
    [20, 2],
  ])("of %d rows holds out %s", async (rows, heldOut) => {
    const dataset = await openDataset(await temporaryFile("points.csv", table(rows)));
    expect(dataset.heldOut?.size).toBe(heldOut);
    expect(dataset.size).toBe(rows - (heldOut ?? 0));
  });

  it("needs no names, and stands blank lines, spaces, quotes, a byte order mark and Windows line ends", async () => {
    const unnamed = await openDataset(await temporaryFile("points.csv", "1,2\n3,5\n4,4\n"));
    expect(unnamed).toMatchObject({ size: 3, codec: { columns: [{ name: "1" }, { name: "2" }] } });
    const odd = await openDataset(await temporaryFile("odd.CSV", '\uFEFFa, "b"\r\n 1 ,2\r\n\r\n"3",4\r\n'));
    expect(odd).toMatchObject({ size: 2, codec: { columns: [{ name: "a" }, { name: "b" }] } });
  });
});

describe("a table that cannot be used is refused with file, line and column:", () => {
  it.each([
    ["an empty file", "", /bad\.csv is empty/],
    ["a file of blank lines", "\n\n", /bad\.csv is empty/],
    ["names only", "a,b\n", /bad\.csv has column names but no rows/],
    ["a text column", "a,b\n1,2\n3,red\n", /bad\.csv, line 3, column "b": "red" is not a finite/],
    ["a missing cell", "a,b\n1,2\n\n,4\n", /bad\.csv, line 4, column "a": the cell is empty/],
    ["NaN", "a,b\n1,NaN\n", /bad\.csv, line 2, column "b": "NaN" is not/],
    ["NaN in a first row without names", "1,nan\n1,2\n", /bad\.csv, line 1, column "2": "nan" is not/],
    ["infinity", "a,b\n1,2\n-Infinity,3\n", /bad\.csv, line 3, column "a": "-Infinity" is not/],
    ["a number beyond float64", "a,b\n1,2\n1e309,3\n", /bad\.csv, line 3, column "a": "1e309" is not/],
    ["a short row", "a,b\n1,2\n3\n", /bad\.csv, line 3: the row has 1 cells where the first has 2/],
    ["a long row", "1,2\n1,2,3\n", /bad\.csv, line 2: the row has 3 cells where the first has 2/],
    ["a constant column", "a,b\n0.1,2\n0.1,3\n0.1,4\n", /bad\.csv, column "a", holds 0\.1 in each of its 3 rows/],
    ["a single row", "a\n1\n", /bad\.csv has one row; give at least two/],
    ["a column that is there twice", "a,b,a\n1,2,3\n", /bad\.csv, line 1: two columns are named "a"/],
    ["cells parted by spaces", "1 2\n3 4\n", /"3 4" is not a finite number; part cells by commas/],
    ["a column without a name", "x,\n0,5\n1,6\n", /bad\.csv: column 2 has no name/],
    ["an open quote", 'a,b\n1,"2\n', /bad\.csv is not a valid CSV file: a quotation mark in line 2 is not closed/],
  ])("%s", async (_, content, message) => {
    const opening = openDataset(await temporaryFile("bad.csv", content));
    await expect(opening).rejects.toThrow(InputError);
    await expect(opening).rejects.toThrow(message);
  });

  it("a missing file, and a folder", async () => {
    const folder = await temporaryFolder();
    await expect(openDataset(join(folder, "none.csv"))).rejects.toThrow(/no file or folder called ".*none\.csv"/);
    await expect(openDataset(folder)).rejects.toThrow(InputError);
  });
});

it("reads a hundred thousand rows in a moment", async () => {
  const path = join(await temporaryFolder(), "large.csv");
  await writeFile(path, `a,b,c\n${Array.from({ length: 100_000 }, (_, i) => `${i},${i / 3},${-i}`).join("\n")}`);
  expect((await openDataset(path)).size).toBe(90_000);
}, 10_000);

const parse = (content: string | Uint8Array, options: Partial<TableTextOptions> = {}) => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const { columns, values, warnings } = parseTable(bytes, "t.csv", { most: 1e6, ...options });
  return { columns, values: [...values], warnings };
};
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");

describe("a table is recognised", () => {
  const height = { columns: ["Größe", "y"], values: [1.5, 2, -3, 4.25] };
  it.each<[string, string | Uint8Array]>([
    ["with commas", "Größe,y\n1.5,2\n-3,4.25\n"],
    ["with semicolons", "Größe;y\n1.5;2\n-3;4.25"],
    ["with semicolons and decimal commas", "Größe;y\n1,5;2\n-3;4,25\n"],
    ["with tabs and decimal commas", "Größe\ty\r\n1,5\t2\r\n-3\t4,25"],
    ["with CRLF and LF", "Größe,y\r\n1.5,2\n-3,4.25\r\n"],
    ["in UTF-16", utf16("Größe,y\n1.5,2\n-3,4.25\n")],
    ["in UTF-16, high bytes first", utf16("Größe,y\n1.5,2\n-3,4.25\n").swap16()],
  ])("%s", (_, content) => expect(parse(content)).toEqual({ ...height, warnings: [] }));

  it("in Latin-1, which is said", () => {
    expect(parse(Buffer.from("Größe,y\n1.5,2\n-3,4.25\n", "latin1"))).toEqual({
      ...height,
      warnings: ["t.csv is not UTF-8 and was read as Latin-1."],
    });
  });

  it("with numbers that no 32-bit float holds", () => {
    expect(parse("a\n1e39\n1700000000001\n").values).toEqual([1e39, 1700000000001]);
  });
});

describe("a first row of numbers", () => {
  const asNumbers = /^t\.csv: the first row \(.*\) was taken as a row of numbers; give --header if/;
  const asNames = /^t\.csv: the first row \(0, 1\) was taken as the names of the columns, .* give --no-header if/;
  it.each<[string, string, readonly string[], number, RegExp]>([
    ["holds names where it counts and decimals follow", "0,1\n0.5,2\n3,4\n", ["0", "1"], 4, asNames],
    ["holds numbers where whole ones follow", "0,1\n1,0\n1,1\n", ["1", "2"], 6, asNumbers],
    ["holds numbers where it does not count", "0,2\n0.5,2\n", ["1", "2"], 4, asNumbers],
    ["holds numbers where it is one, as a time may start at 0", "0\n0.5\n", ["1"], 2, asNumbers],
    ["holds numbers where it has decimals", "0.0,1.0\n0.5,2\n", ["1", "2"], 4, asNumbers],
  ])("%s, which is said", (_, text, columns, count, warning) => {
    const table = parse(text);
    expect(table.columns).toEqual(columns);
    expect(table.values).toHaveLength(count);
    expect(table.warnings).toEqual([expect.stringMatching(warning)]);
  });

  it("holds what the reader says", () => {
    const named = { columns: ["1", "2"], values: [3, 4], warnings: [] };
    expect(parse("1,2\n3,4\n", { header: true })).toEqual(named);
    expect(parse("0,1\n0.5,4\n", { header: false })).toEqual({ ...named, values: [0, 1, 0.5, 4] });
    expect(() => parse("a,b\n0.5,4\n", { header: false })).toThrow(/line 1, column "1": "a" is not a finite number/);
  });
});

describe("a first column without a name", () => {
  it.each([
    ["", 0],
    ["", 1],
    ["Unnamed: 0", 0],
  ])("called %o that counts the rows from %d is left out, which is said", (name, from) => {
    const rows = [0.5, 0.25, 4].map((x, i) => `${from + i},${x}`);
    expect(parse([`${name},x`, ...rows].join("\n"))).toEqual({
      columns: ["x"],
      values: [0.5, 0.25, 4],
      warnings: [expect.stringMatching(/first column has no name and only counts the rows, and is left out/)],
    });
  });

  it("that does not count them is refused", () => {
    expect(() => parse(",x\n5,1\n3,2\n")).toThrow(/t\.csv: column 1 has no name/);
  });
});

describe("what a table may be is bounded", () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    [
      "a decimal comma and a decimal point",
      "a;b\n1,5;2\n1;2.5\n",
      /line 3, column "b": "2\.5" has a decimal point and line 2 has a decimal comma/,
    ],
    [
      "a decimal point and a decimal comma",
      "a;b\n1.5;2\n1;2,5\n",
      /line 3, column "b": "2,5" has a decimal comma and line 2 has a decimal point/,
    ],
    ["thousands in groups", "a;b\n1.234,5;2\n", /"1\.234,5" is not a finite number/],
    ["bytes of 0", utf16("a,b\n1,2\n").subarray(2), /is not a table of text: it holds binary data/],
    ["100,000 columns", `${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join()}\n`, /more than 65536 cells/],
    ["a line of 20 MB", `a,b\n${"1".repeat(2e7)},2\n`, /line 2: the row is longer than 16777216 bytes/],
    ["a cell that steers the terminal", "a\n\x1b[2J\n", /"\\u\{1b\}\[2J" is not/],
    ["a long cell", `a\n${"x".repeat(1e5)}\n`, /^.{1,200}$/],
    ["a long name", `${"x".repeat(1e5)}\n?\n`, /^.{1,200}$/],
  ])("%s", (_, content, message) => {
    expect(() => parse(content)).toThrow(InputError);
    expect(() => parse(content)).toThrow(message);
  });

  it("more numbers than may be kept, when the first of them is read", () => {
    let text = "a,b\n";
    for (let i = 0; i < 600; i++) text += "1,2\n";
    expect(parse(text, { most: 1200 }).values).toHaveLength(1200);
    expect(() => parse(text, { most: 1199 })).toThrow(/t\.csv holds more than 1199 numbers/);
  });

  it("60,000 columns are read in time that grows with their number only", () => {
    const names = Array.from({ length: 60_000 }, (_, i) => `c${i}`).join();
    const numbers = Array.from({ length: 60_000 }, (_, i) => i).join();
    expect(parse(`${names}\n${numbers}\n${numbers}\n`).values).toHaveLength(120_000);
  }, 5000);
});
