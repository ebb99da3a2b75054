import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { type Delimiter, RowError, RowScanner } from "../../../src/data/sources/rowScanner.js";
import { decodedRow, delimiterOf, firstRows, type Row, rowsIn } from "../../../src/data/sources/rows.js";
import { createRng } from "../../../src/random.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const read = (text: string, delimiter: Delimiter = ",") => [...rowsIn(utf8(text), delimiter)];

/** The rows of a text that comes in pieces of so many bytes. */
function readInPieces(text: string, size: number): Row[] {
  const [bytes, decoder, scanner] = [utf8(text), new TextDecoder(), new RowScanner(",")];
  const rows: Row[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const row of scanner.rows(bytes.subarray(at, at + size))) rows.push(decodedRow(row, decoder));
  }
  for (const row of scanner.lastRows()) rows.push(decodedRow(row, decoder));
  return rows;
}
const cells = (text: string, delimiter: Delimiter = ",") => read(text, delimiter).map((row) => row.cells);

describe("rows of a delimited text", () => {
  it("end with LF, CRLF or CR, mixed, and blank ones are passed over", () => {
    const expected = [
      { line: 1, cells: ["a", "b"] },
      { line: 3, cells: ["1", "2"] },
      { line: 4, cells: ["3", ""] },
      { line: 5, cells: ["4", "5"] },
    ];
    expect(read("a,b\r\n\n1,2\n3,\r4,5")).toEqual(expected);
    expect(read("a,b\r\n\n1,2\n3,\r4,5\r\n")).toEqual(expected);
  });

  it("have quoted cells, with delimiters, line ends and doubled quotation marks in them", () => {
    expect(read('"a, b" , "say ""hi""",""\n"two\r\nlines",x,y\n1,2,3')).toEqual([
      { line: 1, cells: ["a, b", 'say "hi"', ""] },
      { line: 2, cells: ["two\r\nlines", "x", "y"] },
      { line: 4, cells: ["1", "2", "3"] },
    ]);
    expect(cells('5" pipe,x')).toEqual([['5" pipe', "x"]]);
  });

  it("are the same wherever the text is cut into pieces", () => {
    const text = '\uFEFF"größe", b ""\r\n\r\n "two\r\nlines, ""x""" ,2\r3, \n""\n "é\r", 4';
    const whole = read(text);
    expect(whole.map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, "größe", 'b ""'],
      [3, 'two\r\nlines, "x"', "2"],
      [5, "3", ""],
      [6, ""],
      [7, "é", "4"],
    ]);
    for (let size = 1; size < 20; size++) expect(readInPieces(text, size)).toEqual(whole);
  });

  it("of random texts are those that csv-parse reads", () => {
    const rng = createRng(4);
    const cell = () => {
      const characters = Array.from(
        { length: rng.integer(6) },
        () => ["a", "é", " ", ",", '"', "\n", "\r\n", ";"][rng.integer(8)],
      );
      return `"${`x${characters.join("")}y`.replaceAll('"', '""')}"`;
    };
    const options = { record_delimiter: ["\r\n", "\n", "\r"], skip_empty_lines: true };
    for (let text = 0; text < 200; text++) {
      const rows = Array.from({ length: 1 + rng.integer(4) }, () => Array.from({ length: 3 }, cell).join(","));
      const all = rows.join(["\n", "\r\n", "\r", "\n\n"][rng.integer(4)]);
      expect(cells(all)).toEqual(parse(all, options));
      for (const row of readInPieces(all, 1 + rng.integer(9))) expect(row.cells).toHaveLength(3);
    }
  });

  it("are read no further than they are asked for", () => {
    expect(firstRows(utf8('1,2\n3,4\n5,6\n"'), ",", 2).map((row) => row.line)).toEqual([1, 2]);
  });

  it("leave the bytes that they come from as they are", () => {
    const bytes = utf8('"a""b",c\n');
    expect([...rowsIn(bytes, ",")]).toEqual([{ line: 1, cells: ['a"b', "c"] }]);
    expect(bytes).toEqual(utf8('"a""b",c\n'));
  });

  it.each([
    ["a quotation mark that stays open", '1,2\n\n3,"4\n5,6', "quote", 3],
    ["text after a closing quotation mark", '1,2\n"3"4,5', "quote", 2],
    ["more cells than a row may have", `1\n${",".repeat(2 ** 16)}`, "wide", 2],
    ["more quoted cells than a row may have", `1\n${'"",'.repeat(2 ** 16 + 1)}`, "wide", 2],
    ["a quotation mark that stays open for long", `1\n"${"2\n".repeat(2 ** 24)}`, "long", 2],
  ])("are refused with %s", (_, text, problem, line) => {
    expect(() => read(text)).toThrow(RowError);
    expect(() => read(text)).toThrow(`line ${line}: ${problem}`);
  });

  it("may have as many cells as are allowed", () => {
    expect(cells(",".repeat(2 ** 16 - 1))[0]).toHaveLength(2 ** 16);
  });
});

describe("the delimiter", () => {
  it.each<[string, string, Delimiter]>([
    ["commas", "a,b\n1,2\n", ","],
    ["semicolons", "a;b\n1;2\n", ";"],
    ["tabs", "a\tb\n1\t2\n", "\t"],
    ["semicolons beside decimal commas", "1,5;2,5\n3,5;4,25\n", ";"],
    ["tabs beside decimal commas", "1,5\t2,5\n3,5\t4,25\n", "\t"],
    ["commas where a name has a semicolon", "a;1,b;2\n1,2\n", ","],
    ["commas where a quoted cell has semicolons", '"a;b;c","d;e;f"\n1,2\n', ","],
    ["bars", "a|b\n1|2,5\n", "|"],
    ["commas where each row has a bar", "a|b,c\n1|2,3\n", ","],
    ["a single column", "a\n1\n2\n", ","],
    ["no text", "", ","],
    ["rows of different lengths, told by the first", "a;b\n1;2\n3\n", ";"],
  ])("is told: %s", (_, text, delimiter) => {
    expect(delimiterOf(utf8(text))).toBe(delimiter);
  });

  it("is told in a first row longer than what is looked at", () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `name${i}`);
    expect(delimiterOf(utf8(`${names.join(";")}\n`))).toBe(";");
  });
});
