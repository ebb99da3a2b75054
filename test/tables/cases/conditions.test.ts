import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InputError } from "../../../src/errors.js";
import { createRng } from "../../../src/random.js";
import { type OpenRun, openRun } from "../../../src/runs/openRun.js";
import { type CommandLine, commandLine, writeTable } from "./commandLine.js";

const ROWS = 300;
const SENTENCE = /^[^\n]+[.?]$/;
const rng = createRng(4);
const column = (cell: (row: number) => string) => Array.from({ length: ROWS }, (_, row) => cell(row));
const starts = column(() => (rng.uniform() < 0.2 ? "" : `2024-01-${String(1 + rng.integer(28)).padStart(2, "0")}`));
const trips = {
  city: column(() => ["Bern", "Graz", "São Paulo", "a, b"][rng.integer(4)] ?? ""),
  age: column(() => String(18 + rng.integer(60))),
  start: starts,
  end: starts.map((start) =>
    rng.uniform() < 0.2 ? "" : `${start.slice(0, 5) || "2024-"}0${2 + rng.integer(3)}-1${rng.integer(10)}`,
  ),
  paid: column(() => (rng.uniform() < 0.1 ? "" : (90 * rng.uniform()).toFixed(2))),
  "kind = of": column(() => ["day", "week"][rng.integer(2)] ?? ""),
  sign: column(() => ["-1", "1"][rng.integer(2)] ?? ""),
};

let line: CommandLine;
let run: OpenRun;

beforeAll(async () => {
  line = await commandLine();
  await writeTable(line.at("trips.csv"), trips);
  const { code, err } = await line.train("trips.csv", "trips", "--rule", "start <= end");
  expect({ code, err }).toMatchObject({ code: 0 });
  run = await openRun(line.at("trips"));
});
afterAll(() => rm(line.folder, { recursive: true, force: true }));

type Row = Readonly<Record<string, string>>;

describe("conditions give as many rows as asked for, all of which fulfil them,", () => {
  it.each<[string[], (row: Row) => boolean]>([
    [["city=São Paulo"], ({ city }) => city === "São Paulo"],
    [['city="a, b"'], ({ city }) => city === "a, b"],
    [["age=30..33"], ({ age }) => Number(age) >= 30 && Number(age) <= 33],
    [["paid=missing"], ({ paid }) => paid === ""],
    [["kind = of=week"], (row) => row["kind = of"] === "week"],
    // The last column is asked for as the first is.
    [["sign=-1"], ({ sign }) => sign === "-1"],
    [
      ["sign=1", "city=Graz,Bern", "age=..40", "paid=!missing"],
      (row) => row.sign === "1" && Number(row.age) <= 40 && row.paid !== "",
    ],
  ])("%j", async (where, fulfils) => {
    const rows = await line.sampled("trips", 30, ...where.flatMap((condition) => ["--where", condition]));
    expect(rows).toHaveLength(30);
    expect(rows.filter((row) => !fulfils(row))).toEqual([]);
  });

  it("and a rule, each column being missing as often as in the data", async () => {
    const rows = await line.sampled("trips", 4000);
    const both = rows.filter(({ start, end }) => start !== "" && end !== "");
    expect(both.filter(({ start = "", end = "" }) => start > end)).toEqual([]);
    for (const name of ["start", "end"] as const) {
      const rate = (texts: readonly (string | undefined)[]) =>
        texts.filter((text) => text === "").length / texts.length;
      expect(Math.abs(rate(rows.map((row) => row[name])) - rate(trips[name])), name).toBeLessThan(0.05);
    }
  });
});

describe("a condition that cannot be met is refused", () => {
  it.each([
    ["ctiy=Bern", /^The table has no column "ctiy"\. Did you mean "city"\?$/],
    ["city=Bren", /^There is no city "Bren".*Did you mean city=Bern\?$/],
    ["age=200..300", /^.*age.*18.*77.*$/],
    ["age>30", /^"age>30" is not a condition: ranges are written with two dots, such as age=30\.\.40/],
    ["age", /^"age" is not a condition/],
    ["=5", SENTENCE],
    ["", /^"" is not a condition/],
    ['"city', SENTENCE],
    ['city="Bern', /^There is no city "\\?"Bern"/],
    ["city=Bern,,Graz", /^There is no city ""/],
    ["age=..", SENTENCE],
    ["age=40..30", SENTENCE],
    ["age=thirty", SENTENCE],
    ["start=2024-13-45", SENTENCE],
  ])("in a sentence that helps: %s", async (condition, sentence) => {
    const error = await run.sampleRows(5, { where: [condition] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error).replace(/^\w*: /, "")).toMatch(sentence);
    expect(String(error)).toMatch(SENTENCE);
  });

  it("before anything is written", async () => {
    const { code, out, err } = await line.monge(
      "sample",
      line.at("trips"),
      "-n",
      "5",
      "-o",
      "-",
      "--where",
      "ctiy=Bern",
    );
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^monge: [^\n]*\n$/);
  });

  it.each(["0", "-1", "1.5", "1e12", "many", ""])("so is a count of %j", async (count) => {
    const { code, out, err } = await line.monge("sample", line.at("trips"), "-n", count, "-o", "-");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^monge: option '-n, --count <n>'[^\n]*It must be a[^\n]*\.\n$/);
  });
});
