import { gzipSync } from "node:zlib";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { readCells } from "../../../src/data/sources/cells.js";
import { START } from "../../../src/data/sources/cellText.js";
import { InputError } from "../../../src/errors.js";
import { temporaryFile, temporaryFolder } from "../files.js";
import { cellRows } from "./cellRows.js";

const PEOPLE = [
  ["name", "age"],
  ["Ada", "36"],
  ["Alan", ""],
];

describe("cells are read from a file of", () => {
  it.each<[string, string, string | Uint8Array]>([
    ["commas", "people.csv", "name,age\nAda,36\nAlan,\n"],
    ["tabs", "people.tsv", "name\tage\nAda\t36\nAlan\t\n"],
    ["any other ending", "people.data", "name|age\r\nAda|36\r\nAlan|"],
    ["gzip", "people.csv.gz", gzipSync("name,age\nAda,36\nAlan,\n")],
    ["two parts of gzip", "people.csv.gz", Buffer.concat([gzipSync("name,age\nAda"), gzipSync(",36\nAlan,\n")])],
    ["JSON", "people.json", '[{"name":"Ada","age":36},{"name":"Alan"}]'],
    ["JSON lines", "people.jsonl", '{"name":"Ada","age":36}\n{"name":"Alan","age":null}\n'],
    ["packed JSON lines", "people.ndjson.gz", gzipSync('{"name":"Ada","age":36}\n{"name":"Alan"}\n')],
  ])("%s", async (_, name, content) => {
    expect(cellRows(await readCells(await temporaryFile(name, content)))).toEqual(PEOPLE);
  });

  it("more bytes than tell how to read it, whose last are Latin-1", async () => {
    const rows = Math.ceil(START / 40) + 1000;
    const text = `city,n\n${Array.from({ length: rows }, (_, i) => `${"long name of a city".repeat(2)},${i}`).join("\n")}`;
    const table = await readCells(await temporaryFile("big.csv", Buffer.from(`${text}\nKöln,-1\n`, "latin1")));
    expect([table.rows, table.columns[0]?.texts.at(-1), table.columns[1]?.texts.at(-1)]).toEqual([
      rows + 1,
      "Köln",
      "-1",
    ]);
    expect(table.warnings).toEqual([expect.stringMatching(/was read as Latin-1/)]);
  });

  it("Parquet, each type as its text", async () => {
    const moments = [new Date(Date.UTC(2024, 1, 29, 7, 5, 9)), new Date(-1)];
    const file = parquetWriteBuffer({
      columnData: [
        { name: "text", data: ["é, x", null], type: "STRING" },
        { name: "whole", data: [9007199254740993n, -1n], type: "INT64" },
        { name: "small", data: [7, null], type: "INT32" },
        { name: "double", data: [0.1, 1e21], type: "DOUBLE" },
        { name: "float", data: Float32Array.of(0.1, 16777216), type: "FLOAT" },
        { name: "flag", data: [true, false], type: "BOOLEAN" },
        { name: "moment", data: moments, type: "TIMESTAMP" },
        { name: "nested", data: [{ a: [1] }, null], type: "JSON" },
      ],
      rowGroupSize: 1,
    });
    const [names, ...rows] = cellRows(await readCells(await temporaryFile("all.parquet", new Uint8Array(file))));
    expect(names).toEqual(["text", "whole", "small", "double", "float", "flag", "moment", "nested"]);
    expect(rows[0]).toEqual([
      ...["é, x", "9007199254740993", "7", "0.1", "0.1", "true", "2024-02-29T07:05:09", '{"a":[1]}'],
    ]);
    expect(rows[1]).toEqual(["", "-1", "", "1e+21", "16777216", "false", "1969-12-31T23:59:59.999", ""]);
  });
});

it("Parquet's days, times, decimals and moments in UTC are text that says what they are", async () => {
  const file = parquetWriteBuffer({
    columnData: [
      { name: "day", data: [new Date(Date.UTC(2024, 1, 29)), new Date(Date.UTC(1969, 11, 31))] },
      { name: "price", data: [0.57, -12] },
      { name: "time", data: [45_296_000, 1] },
      { name: "utc", data: [1_700_000_000_000_000n, -1n] },
      { name: "nanoseconds", data: [1_700_000_000_000_000_123n, 0n] },
    ],
    schema: [
      { name: "root", num_children: 5 },
      { name: "day", type: "INT32", converted_type: "DATE", repetition_type: "REQUIRED" },
      { name: "price", type: "INT32", converted_type: "DECIMAL", scale: 2, precision: 9, repetition_type: "REQUIRED" },
      { name: "time", type: "INT32", converted_type: "TIME_MILLIS", repetition_type: "REQUIRED" },
      {
        ...{ name: "utc", type: "INT64", repetition_type: "REQUIRED" },
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
      },
      {
        ...{ name: "nanoseconds", type: "INT64", repetition_type: "REQUIRED" },
        logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "NANOS" },
      },
    ],
  });
  const [, ...rows] = cellRows(await readCells(await temporaryFile("times.parquet", new Uint8Array(file))));
  expect(rows).toEqual([
    ["2024-02-29", "0.57", "12:34:56", "2023-11-14T22:13:20Z", "2023-11-14T22:13:20.000000123"],
    ["1969-12-31", "-12.00", "00:00:00.001", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00"],
  ]);
});

describe("a file that holds no table is refused:", () => {
  it.each<[string, string, string | Uint8Array, RegExp]>([
    ["an empty one", "none.csv", "", /none\.csv is empty; give a table/],
    [
      "damaged gzip",
      "bad.csv.gz",
      gzipSync("a,b\n1,2\n".repeat(100)).subarray(0, 30),
      /bad\.csv\.gz is a damaged gzip/,
    ],
    ["damaged Parquet", "bad.parquet", "PAR1 and nothing else", /bad\.parquet cannot be read as Parquet \(/],
    ["bytes", "photo.bin", Uint8Array.of(1, 0, 2, 0), /photo\.bin is not a table of text/],
  ])("%s", async (_, name, content, message) => {
    const reading = readCells(await temporaryFile(name, content));
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(message);
  });

  it("one that is not there, and a folder", async () => {
    const folder = await temporaryFolder();
    await expect(readCells(`${folder}/none.csv`)).rejects.toThrow(
      /none\.csv cannot be read: no such file or directory/,
    );
    await expect(readCells(folder)).rejects.toThrow(/is a folder; give the file of a table/);
  });
});
