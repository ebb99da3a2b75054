import { mkdir, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CommandLine, commandLine } from "./commandLine.js";

const SENTENCE = /^monge: [^\n]+\n$/;
const lines = (cells: (row: number) => string, rows = 60) =>
  Array.from({ length: rows }, (_, row) => `${cells(row)}\n`).join("");

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => rm(line.folder, { recursive: true, force: true }));

describe("a file that is no table is refused in one sentence:", () => {
  const gzip = gzipSync(`a,b\n${lines((row) => `${row * 7919},x`)}`);
  it.each<[string, string | Uint8Array, RegExp]>([
    ["nothing.csv", "", /is empty/],
    ["blank.csv", "\n\n\n", /is empty/],
    ["header.csv", "a,b,c\n", /no rows below them/],
    ["same.csv", "a,a\n1,2\n3,4\n", /two columns are named "a"/],
    ["nameless.csv", `,,b\n${lines((row) => `${row},${row % 4},x`)}`, /column 2 has no name/],
    ["blankName.csv", ` ,b\n${lines((row) => `${(row * 7) % 5},x${row % 3}`)}`, /column 1 has no name/],
    ["ragged.csv", "a,b,c\n1,2,3\n1,2\n", /line 3: the row has 2 cells where the first has 3/],
    ["open.csv", 'a,b\n1,"x\n2,y\n', /a quotation mark in line 2 is not closed/],
    ["zero.csv", `a,b\n${lines((row) => `${row},x\0y`)}`, /is not a table of text: it holds binary data/],
    ["empty.json", "[]", /holds no rows/],
    ["nothing.json", "[{},{}]", /holds no rows/],
    ["nested.json", '{"data":[{"a":1},{"a":2}]}', /holds JSON, but no table/],
    ["cut.json", '[{"a":1},{"a":2', /is not readable JSON/],
    ["cut.jsonl", '{"a":1}\n{"a":\n{"a":3}\n', /line 2/],
    ["cut.csv.gz", gzip.subarray(0, gzip.length / 2), /is a damaged gzip file \(unexpected end of file\)/],
    ["tail.csv.gz", Buffer.concat([gzip, Buffer.from("tail")]), /is a damaged gzip file/],
    ["no.parquet", "PAR1 and nothing", /cannot be read as Parquet/],
    ["no.xlsx", "PK\u0003\u0004 and nothing", /is a damaged zip archive/],
  ])("%s", async (name, content, reason) => {
    await writeFile(line.at(name), content);
    for (const argv of [["describe"], ["train", "--out", line.at("run")], ["judge", line.at(name)]]) {
      const { code, err } = await line.monge(...argv, line.at(name));
      expect({ argv, code, err }).toEqual({ argv, code: 2, err: expect.stringMatching(SENTENCE) });
      expect(err).toMatch(reason);
    }
  });

  it("a folder, and a file where a run is wanted", async () => {
    await mkdir(line.at("folder.csv"));
    await writeFile(line.at("file.csv"), "a,b\n1,x\n2,y\n");
    for (const [reason, argv] of [
      [/is a folder; give the file of a table/, ["describe", line.at("folder.csv")]],
      [/file\.csv is a file; give the folder of a run/, ["sample", line.at("file.csv"), "-n", "1", "-o", "-"]],
      [/file\.csv is a file; give the folder of a run/, ["train", "--resume", line.at("file.csv")]],
      [/file\.csv is a file; give the folder of a run/, ["info", line.at("file.csv")]],
    ] as const) {
      const { code, err } = await line.monge(...argv);
      expect({ argv, code, err }).toEqual({ argv, code: 2, err: expect.stringMatching(SENTENCE) });
      expect(err).toMatch(reason);
    }
  });
});

describe("an odd table is taken for what it is:", () => {
  const type = (name: string, type: string) => ({ name, type });
  it.each<[string, string | Uint8Array, readonly object[]]>([
    [
      "marked.csv",
      `\ufeffa,b\r\n${lines((row) => `${row},é${row % 3}\r`)}`,
      [type("a", "integer"), type("b", "category")],
    ],
    ["semicolons.csv", `a;b\n${lines((row) => `${row},5;x${row % 3}`)}`, [type("a", "decimal"), type("b", "category")]],
    [
      "latin.csv",
      Buffer.from(`städte,b\n${lines((row) => `Köln${row % 2},${row}`)}`, "latin1"),
      [type("städte", "category"), type("b", "integer")],
    ],
    [
      "european.csv",
      `a;b\n${lines((row) => `1.${100 + row},${10 + row};${row % 9} %`)}`,
      [type("a", "decimal"), type("b", "integer")],
    ],
    [
      "codes.csv",
      `zip,id\n${lines((row) => `00${row % 9},${2n ** 60n + BigInt(row)}`)}`,
      [type("zip", "category"), type("id", "identifier")],
    ],
    [
      "booleans.csv",
      `a,b,c,d\n${lines(
        (row) =>
          [
            ["ja", "T", "-1", "0"],
            ["nein", "F", "1", "1"],
          ][row % 2]?.join() ?? "",
      )}`,
      ["a", "b", "c", "d"].map((name) => type(name, "boolean")),
    ],
    [
      "leap.csv",
      `a,b\n${lines((row) => `${1904 + 4 * (row % 40)}-02-29,${row}`)}`,
      [type("a", "date"), type("b", "integer")],
    ],
    [
      "late.csv",
      `a,b\n${lines((row) => `${1700000000000 + row * 86400123},1969-12-${1 + (row % 31)}T23:59:59Z`.replace(/-(\d)T/, "-0$1T"))}`,
      [type("a", "timestamp"), type("b", "timestamp")],
    ],
    [
      "names.csv",
      `__proto__,constructor,"a,b","c""d","e\nf"\n${lines((row) => `${row % 4},x${row % 2},${row}.5,y${row % 3},${row}`)}`,
      [
        type("__proto__", "integer"),
        type("constructor", "category"),
        type("a,b", "decimal"),
        type('c"d', "category"),
        type("e\nf", "integer"),
      ],
    ],
    [
      "lines.jsonl",
      lines((row) => (row % 2 ? `{"a":${row},"b":{"c":[${row % 3}]}}` : '{"__proto__":"x"}')),
      [type("__proto__", "constant"), type("a", "integer"), type("b", "category")],
    ],
    [
      "long.csv",
      `a,b\n${lines((row) => `${row % 5},${"word ".repeat(2000)}${row}`)}`,
      [type("a", "integer"), type("b", "text")],
    ],
    [
      "infinite.csv",
      `a,b\n${lines((row) => `${row % 9 ? `${row}.25` : "-inf"},-0`)}`,
      [{ ...type("a", "decimal"), missing: expect.closeTo(1 / 9, 1) }, type("b", "constant")],
    ],
  ])("%s", async (name, content, columns) => {
    await writeFile(line.at(name), content);
    const { code, out, err } = await line.monge("describe", line.at(name), "--json");
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(/^(monge: [^\n]+\n)?$/) });
    expect(JSON.parse(out).columns).toMatchObject(columns);
  });
});

describe("choices that do not fit the table are refused, before training too:", () => {
  it.each([
    ["--column", "a=int", /Did you mean integer\?/],
    ["--column", "aa=integer", /has no column "aa"\. Did you mean "a"\?/],
    ["--column", "b=integer", /Column "b" cannot be read as integer/],
    ["--drop", "a,b", /Nothing of .* can be learned/],
    ["--key", "b", /Column "b" is not a key/],
    ["--together", "b", /"b" cannot go together with nothing/],
    ["--together", "b,b", /"b" cannot go together with nothing/],
    ["--together", "b,c", /has no column "c"/],
    ["--rule", "a > 3", /does not hold in 4 of 60 rows, the first of which is row 1/],
    ["--rule", "a >> 3", /is not understood/],
    ["--rule", "a = b", /"b" is text, which cannot be compared with a number/],
    ["--rule", "", /is not understood/],
  ])("%s %s", async (option, value, reason) => {
    await writeFile(line.at("plain.csv"), `a,b\n${lines((row) => `${row},x${row % 3}`)}`);
    const { code, out, err } = await line.monge("describe", line.at("plain.csv"), option, value);
    expect({ code, out, err }).toEqual({ code: 2, out: "", err: expect.stringMatching(SENTENCE) });
    expect(err).toMatch(reason);
  });
});
