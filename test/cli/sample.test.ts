import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/program.js";
import type { Column } from "../../src/data/codecs/index.js";
import { readPoints } from "../../src/data/pointSets.js";
import { readArray } from "../../src/data/sources/source.js";
import { createRng } from "../../src/random.js";
import { emd } from "../../src/transport/index.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const monge = (...argv: string[]) => captured(() => runCommand(argv));
const tiny = ["--width", "8", "--depth", "1", "--batch", "16", "--iterations", "2", "--quiet"];

const COLUMNS = ["seconds", "milliseconds", "price, EUR", "free"];
let rows: number[][];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-sample-"));
  const { normal } = createRng(1);
  rows = Array.from({ length: 300 }, () => [
    Math.round(1.7e9 + 50 * normal()),
    Math.round(1.7e12 + 3000 * normal()),
    Math.round(100 * (20 + 5 * normal())) / 100,
    normal() / 3,
  ]);
  const lines = rows.map((row) => row.join(","));
  await writeFile(at("table.csv"), `seconds,milliseconds,"price, EUR",free\n${lines.join("\n")}\n`);
  await monge("train", "--data", at("table.csv"), "--as", "points", "--out", at("table"), ...tiny);
  await monge("train", "--data", "ring", "--out", at("points"), ...tiny);
  const pixels = Uint8Array.from({ length: 30 * 64 }, (_, i) => (i * 37) % 256);
  await writeFile(at("squares.idx"), [Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 30, 0, 0, 0, 8, 0, 0, 0, 8), pixels]);
  const network = ["--network", "mlp", "--normalisation", "none", "--evaluate-every", "1"];
  await monge("train", "--data", at("squares.idx"), "--out", at("images"), ...tiny, ...network);
  await rm(at("table.csv"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The names and the numbers of a table. */
function tableOf(text: string, delimiter = ","): { readonly names: string[]; readonly values: number[][] } {
  const [names, ...cells] = parse(text, { delimiter });
  return { names: names!, values: cells.map((row) => row.map(Number)) };
}

async function sampled(run: string, count: number, ...more: string[]) {
  const { code, out, err } = await monge("sample", at(run), "-n", String(count), "-o", "-", ...more);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return tableOf(out);
}

const distinct = (values: readonly number[][], column: number) => new Set(values.map((row) => row[column])).size;

describe("samples of a table, also where the table is gone,", () => {
  it("have its columns: whole numbers and two decimals where it has them, inside the range seen", async () => {
    const { names, values } = await sampled("table", 500, "--seed", "5");
    expect(names).toEqual(COLUMNS);
    expect(values).toHaveLength(500);
    for (const [column, decimals] of [0, 0, 2].entries()) {
      expect(values.every((row) => row[column] === Number(row[column]!.toFixed(decimals)))).toBe(true);
    }
    for (const column of [0, 1, 2, 3]) {
      const seen = rows.map((row) => row[column]!);
      const [least, most] = [Math.min(...seen), Math.max(...seen)];
      expect(values.every((row) => row[column]! >= least && row[column]! <= most)).toBe(true);
    }
  });

  it("are as many as there are, with all their digits, where --no-round and --no-clamp let go", async () => {
    // In 32 bits, 500 seconds had 4 values and 1,000 milliseconds 11.
    const { values } = await sampled("table", 1000, "--no-round", "--no-clamp");
    for (const column of [0, 1, 2, 3]) expect(distinct(values, column)).toBe(1000);
    const rounded = await sampled("table", 1000, "--no-clamp");
    rounded.values.forEach((row, i) => {
      expect(row.slice(0, 2)).toEqual(values[i]!.slice(0, 2).map(Math.round));
    });
    const clamped = await sampled("table", 1000, "--no-round");
    clamped.values.forEach((row, i) => {
      const [least, most] = [Math.min(...rows.map(([x]) => x!)), Math.max(...rows.map(([x]) => x!))];
      expect(row[0]).toBe(Math.min(most, Math.max(least, values[i]![0]!)));
    });
  });

  it("are what `monge info` says, as text and as JSON", async () => {
    const text = (await monge("info", at("table"))).out;
    expect(text).toMatch(/column "seconds" .*whole numbers, from 1699999\d{3} to 1700000\d{3}/);
    expect(text).toMatch(/column "price, EUR" .*decimals: 2, from \d+(\.\d+)? to \d+/);
    expect(text).toMatch(/column "free" .*all digits, from -/);
    const { data } = JSON.parse((await monge("info", at("table"), "--json")).out);
    expect(data.codec.columns.map(({ name, decimals }: Column) => [name, decimals])).toEqual([
      ["seconds", 0],
      ["milliseconds", 0],
      ["price, EUR", 2],
      ["free", null],
    ]);
  });

  it("are as far from the table as float64 says", async () => {
    const alone = async (name: string, values: readonly number[]) => {
      await writeFile(at(name), `x\n${values.join("\n")}\n`);
      return values.map((value) => value - 1.7e12).sort((a, b) => a - b);
    };
    const real = await alone(
      "real.csv",
      rows.map((row) => row[1]!),
    );
    const { values } = await sampled("table", 300, "--no-round");
    const fake = await alone(
      "fake.csv",
      values.map((row) => row[1]!),
    );
    const expected = real.reduce((sum, x, i) => sum + Math.abs(x - fake[i]!), 0) / real.length;
    const { out } = await monge("distance", at("real.csv"), at("fake.csv"), "--method", "1d", "--json", "--quiet");
    const [a, b] = await Promise.all([readPoints(at("real.csv")), readPoints(at("fake.csv"))]);
    // Times in milliseconds have four digits after the point.
    for (const distance of [JSON.parse(out).distance, emd(a, b)]) expect(distance / expected).toBeCloseTo(1, 6);
  });
});

describe("samples in a file", () => {
  it.each(["table", "points"])("of %s are the same numbers to the bit in every format", async (run) => {
    const { names, values } = await sampled(run, 1234, "--seed", "3");
    for (const ending of ["csv", "tsv", "json", "npy", "parquet", "CSV"]) {
      const { code, out } = await monge("sample", at(run), "-n", "1234", "--seed", "3", "-o", at(`a.${ending}`));
      expect([code, out]).toEqual([0, ""]);
    }
    const text = (ending: string) => readFile(at(`a.${ending}`), "utf8");
    expect(tableOf(await text("csv"))).toEqual({ names, values });
    expect(await text("CSV")).toBe(await text("csv"));
    expect(tableOf(await text("tsv"), "\t")).toEqual({ names, values });
    const records = values.map((row) => Object.fromEntries(row.map((value, i) => [names[i], value])));
    expect(JSON.parse(await text("json"))).toEqual(records);
    const { shape, data } = await readArray(at("a.npy"));
    expect(shape).toEqual([1234, names.length]);
    expect([...data]).toEqual(values.flat());
    const { buffer, byteOffset, byteLength } = await readFile(at("a.parquet"));
    const found = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) });
    expect(typeof found[0]![names[0]!]).toBe(run === "table" ? "bigint" : "number");
    const numbers = found.map((row) => Object.fromEntries(Object.entries(row).map(([key, x]) => [key, Number(x)])));
    expect(numbers).toEqual(records);
  });

  it("of points are named x1 and x2, and drawn in a .png", async () => {
    expect((await sampled("points", 3)).names).toEqual(["x1", "x2"]);
    const { out } = await monge("sample", at("points"), "-n", "7", "-o", at("a.png"), "--seed", "5", "--json");
    expect(JSON.parse(out)).toEqual({ file: at("a.png"), count: 7, seed: 5, iteration: 2 });
    expect((await readFile(at("a.png"))).subarray(1, 4).toString()).toBe("PNG");
  });

  it("of images keep their shape and are 32-bit numbers of the fewest digits", async () => {
    const { values } = await sampled("images", 2);
    expect(values.map((row) => row.length)).toEqual([64, 64]);
    for (const value of values.flat()) expect(value).toBe(Number(value.toPrecision(9)));
    for (const ending of ["json", "npy", "png"])
      await monge("sample", at("images"), "-n", "2", "-o", at(`i.${ending}`));
    const { shape, columns, samples } = JSON.parse(await readFile(at("i.json"), "utf8"));
    expect([shape, columns.length, samples]).toEqual([[8, 8, 1], 64, values]);
    const array = await readArray(at("i.npy"));
    expect(array.shape).toEqual([2, 8, 8, 1]);
    expect([...array.data]).toEqual(values.flat().map(Math.fround));
  });
});

describe("a place for samples that cannot be is refused in a sentence:", () => {
  it.each([
    [
      "x.bmp",
      [],
      /x\.bmp must end in \.csv, \.tsv, \.json, \.npy, \.parquet, \.png, or be - for CSV on standard output/,
    ],
    ["x", [], /x must end in/],
    ["-", ["--json"], /--json and -o - both print to standard output: leave out one of them/],
    ["-", ["-n", "1e9"], /-n can be at most \d+ for such a file/],
    ["x.png", ["-n", "2e5"], /-n can be at most 100000/],
  ])("%s %j", async (output, more, says) => {
    const { code, out, err } = await monge("sample", at("points"), "-n", "2", ...more, "-o", output);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
  });
});

it("an exported table says its codec in all digits, and its columns", async () => {
  const { out } = await monge("export", at("table"), "-o", at("g.onnx"), "--json");
  const { metadata } = JSON.parse(out);
  const { kind, columns } = JSON.parse(metadata.codec);
  expect(kind).toBe("standardise");
  const milliseconds = rows.map((row) => row[1]! - 1.7e12);
  const mean = milliseconds.reduce((sum, x) => sum + x, 0) / rows.length;
  const deviation = Math.sqrt(milliseconds.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows.length);
  expect(columns[1].mean - 1.7e12).toBeCloseTo(mean, 3);
  expect(columns[1].deviation / deviation).toBeCloseTo(1, 9);
  expect(columns[2]).toMatchObject({ name: "price, EUR", decimals: 2 });
});

describe("samples of a run with conditions", () => {
  it("are asked for by name, and what cannot be asked for is named", async () => {
    await monge("train", "--data", "ring", "--conditional", "--out", at("asked"), ...tiny);
    const sampled = async (...where: string[]) =>
      (await monge("sample", at("asked"), "-n", "3", "-o", "-", "--no-round", ...where)).out;
    const third = await sampled("--where", "mode=3");
    expect(tableOf(third).values).toHaveLength(3);
    expect(await sampled("--where", "mode=5")).not.toBe(third);
    expect(await monge("sample", at("asked"), "-n", "3", "-o", "-", "--where", "mode=9")).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no mode "9"'),
    });
    expect(await monge("sample", at("points"), "-n", "3", "-o", "-", "--where", "mode=3")).toMatchObject({
      code: 2,
      err: expect.stringContaining("this run was trained without conditions (--conditional)"),
    });
    expect(await monge("train", "--data", "moons", "--conditional", "--out", at("none"), ...tiny)).toMatchObject({
      code: 2,
      err: expect.stringContaining("moons has no labels"),
    });
  });
});
