import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { type Delimiter, delimiterOf, RowError, rowsOf } from "../../../src/data/sources/rows.js";
import { createRng } from "../../../src/random.js";

const read = (text: string, delimiter: Delimiter = ",") => [...rowsOf([text], delimiter)];
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

  it("are the same wherever the text is parted", () => {
    const text = 'a,"b ""c""",d\r\n"1\n2",3,4\r5,6,"7"\n\n8,"",9';
    const whole = read(text);
    for (let first = 0; first <= text.length; first++) {
      for (let second = first; second <= text.length; second++) {
        const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)];
        expect([...rowsOf(pieces, ",")]).toEqual(whole);
      }
    }
  });

  it("are those that csv-parse finds, in tables of random cells", () => {
    const rng = createRng(7);
    const pick = <T>(choices: readonly T[]) => choices[rng.integer(choices.length)]!;
    for (let trial = 0; trial < 200; trial++) {
      const width = 2 + rng.integer(3);
      const cell = () => pick(["1.5", " 2 ", "", "x y", '"a"', '"b,c"', '"d""e"', '"f\ng"', '"" ', " -3e4"]);
      const row = () => Array.from({ length: width }, cell).join();
      const text = Array.from({ length: 1 + rng.integer(4) }, () => row() + pick(["\n", "\r\n"])).join("");
      const options = { trim: true, record_delimiter: ["\r\n", "\n"] };
      const expected: string[][] = parse(text, options);
      expect(cells(text)).toEqual(expected.map((found) => found.map((each) => each.trim())));
    }
  });

  it.each([
    ["a quotation mark that stays open", '1,2\n3,"4', "quote", 2],
    ["text after a closing quotation mark", '1,2\n"3"4,5', "quote", 2],
    ["more cells than a row may have", `1\n${",".repeat(2 ** 16)}`, "wide", 2],
  ])("are refused with %s", (_, text, problem, line) => {
    expect(() => read(text)).toThrow(RowError);
    expect(() => read(text)).toThrow(`line ${line}: ${problem}`);
  });

  it("are refused before a line that does not end is read whole", () => {
    let pieces = 0;
    function* endless() {
      for (;;) {
        pieces++;
        yield "1".repeat(2 ** 20);
      }
    }
    expect(() => [...rowsOf(endless(), ",")]).toThrow("line 1: long");
    expect(pieces).toBe(17);
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
    ["a single column", "a\n1\n2\n", ","],
    ["no text", "", ","],
    ["rows of different lengths, told by the first", "a;b\n1;2\n3\n", ";"],
  ])("is told: %s", (_, text, delimiter) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });

  it("is told in a first row longer than what is looked at", () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `name${i}`);
    expect(delimiterOf(`${names.join(";")}\n`)).toBe(";");
  });
});
