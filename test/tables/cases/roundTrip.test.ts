import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../../src/random.js";
import { type CommandLine, commandLine, writeTable } from "./commandLine.js";

const ROWS = 400;
const rng = createRng(3);
const column = (cell: (row: number) => string) => Array.from({ length: ROWS }, (_, row) => cell(row));
const oneOf = (texts: readonly string[]) => texts[rng.integer(texts.length)] ?? "";
const two = (number: number) => String(number).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Sep", "Dec"];
const WORDS = ["東京", "Zürich, CH", 'the "old" town', "two\nlines", "'; DROP TABLE", "👩‍👩‍👧", "=1+1", "null island"];

/** A column for each thing that goes wrong elsewhere. */
const columns = {
  income: column(() => (rng.uniform() < 0.3 ? "" : (20_000 * rng.uniform()).toFixed(2))),
  rarelyMissing: column((row) => (row % 50 === 0 ? "NA" : String(rng.integer(90)))),
  grade: column(() => (rng.uniform() < 0.1 ? "N/A" : oneOf(["A", "B", "C"]))),
  full: column(() => (5 + 3 * rng.normal()).toFixed(1)),
  sign: column(() => oneOf(["-1", "1", "1"])),
  children: column(() => String(Math.floor(4 * rng.uniform() ** 3))),
  // Zeros in front say that it is a code.
  code: column(() => `00${rng.integer(9)}`),
  compact: column(() => `2024${two(1 + rng.integer(12))}${two(1 + rng.integer(28))}`),
  short: column(() => `${1 + rng.integer(28)} ${oneOf(MONTHS)}, ${10 + rng.integer(15)}`),
  zoned: column(
    () => `2024-02-${two(1 + rng.integer(29))}T1${rng.integer(10)}:00:00${oneOf(["Z", "+02:00", "-05:30"])}`,
  ),
  old: column(() => `${1900 + rng.integer(180)}-12-${two(1 + rng.integer(31))}`),
  'name, with "quotes"': column(() => oneOf(WORDS)),
  größe: column(() => oneOf(["klein", "groß", "e\u0301", "\u00e9"])),
  __proto__x: column((row) => ["constructor", "__proto__", "x"][row % 3] ?? ""),
  repeated: column(() => oneOf(["7.5", "7.5", "7.5", "8.25"])),
  same: column(() => "EUR"),
  zero: column(() => "0.00"),
  once: column((row) => (row === 17 ? "unique" : "usual")),
  heavy: column(() => Math.tan(Math.PI * (rng.uniform() - 0.5)).toPrecision(6)),
  tiny: column(() => `${(1 + rng.uniform()).toFixed(3)}e-12`),
  huge: column(() => `${1e12 + rng.integer(1e9)}`),
};

let line: CommandLine;
let rows: readonly Readonly<Record<string, string>>[];
const cells = (name: string) => rows.map((row) => row[name] ?? "");
const given = (name: string, missing: string) => cells(name).filter((text) => text !== missing);

beforeAll(async () => {
  line = await commandLine();
  await writeTable(line.at("odd.csv"), columns);
  const { code, err } = await line.train("odd.csv", "odd");
  expect({ code, err }).toMatchObject({ code: 0 });
  rows = await line.sampled("odd", 4000);
});
afterAll(() => rm(line.folder, { recursive: true, force: true }));

describe("new rows of a table of odd columns", () => {
  it("have its columns, in its order", () => {
    expect(rows).toHaveLength(4000);
    expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(columns));
  });

  it("have missing values as often as the data, within a point, as the data writes them, and nowhere else", () => {
    for (const [name, of] of Object.entries(columns)) {
      const rate = (texts: readonly string[]) =>
        texts.filter((text) => ["", "NA", "N/A"].includes(text)).length / texts.length;
      if (rate(of) === 0) expect([name, rate(cells(name))]).toEqual([name, 0]);
      else expect(Math.abs(rate(cells(name)) - rate(of)), name).toBeLessThan(0.01);
    }
    expect(cells("rarelyMissing")).not.toContain("");
    expect(cells("grade")).not.toContain("");
    expect(cells("income")).not.toContain("NA");
  });

  it("have integers that are integers, within the data's range, and decimals as it has", () => {
    for (const text of given("rarelyMissing", "NA")) expect(text).toMatch(/^(0|[1-8]\d?|9)$/);
    for (const text of cells("children")) expect(text).toMatch(/^[0-3]$/);
    for (const text of given("income", "")) expect(text).toMatch(/^\d{1,5}\.\d\d$/);
    for (const text of cells("full")) expect(text).toMatch(/^-?\d+\.\d$/);
    expect(Math.min(...given("income", "").map(Number))).toBeGreaterThanOrEqual(0);
  });

  it.each(["sign", "code", "repeated", "grade", "once", "same", "zero", "größe", "__proto__x", 'name, with "quotes"'])(
    "have only texts of the data in %s, all that are frequent",
    (name) => {
      const known = new Set(Object.entries(columns).find(([own]) => own === name)?.[1]);
      const made = new Set(cells(name));
      for (const text of made) expect(known).toContain(text);
      if (name !== "once") expect(made.size).toBe(known.size);
    },
  );

  it("have days that exist, in the data's formats", () => {
    for (const text of cells("compact")) {
      expect(text).toMatch(/^2024(0[1-9]|1[0-2])([0-2]\d|3[01])$/);
      const iso = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
      expect(new Date(`${iso}T00:00Z`).toISOString()).toContain(iso);
    }
    for (const text of cells("short"))
      expect(text).toMatch(/^([12]?\d|3[01]) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec), \d\d$/);
    const zones = new Map<string, number>();
    for (const text of cells("zoned")) {
      expect(text).toMatch(/^2024-0[123]-\d\dT\d\d:[03]0:00(Z|\+02:00|-05:30)$/);
      expect(Date.parse(text)).not.toBeNaN();
      const zone = text.slice(19);
      zones.set(zone, (zones.get(zone) ?? 0) + 1);
    }
    for (const zone of ["Z", "+02:00", "-05:30"]) expect((zones.get(zone) ?? 0) / rows.length).toBeCloseTo(1 / 3, 0.7);
    for (const text of cells("old")) expect(new Date(`${text}T00:00Z`).toISOString().slice(0, 10)).toBe(text);
    expect(cells("old").some((text) => text < "1970")).toBe(true);
    expect(cells("old").some((text) => text > "2038")).toBe(true);
  });

  it("have numbers of all sizes: heavy tails, 1e-12 and 1e12", () => {
    for (const name of ["heavy", "tiny", "huge"] as const) {
      const [real, made] = [columns[name].map(Number), cells(name).map(Number)].map((numbers) =>
        numbers.sort((a, b) => a - b),
      );
      const at = (numbers: readonly number[] | undefined, share: number) =>
        numbers?.[Math.floor(share * (numbers.length - 1))] ?? NaN;
      expect(at(made, 0)).toBeGreaterThanOrEqual(at(real, 0));
      expect(at(made, 1)).toBeLessThanOrEqual(at(real, 1));
      for (const share of [0.1, 0.5, 0.9]) {
        const spread = at(real, Math.min(1, share + 0.05)) - at(real, share - 0.05);
        expect(Math.abs(at(made, share) - at(real, share)), `${name} at ${share}`).toBeLessThan(spread);
      }
    }
    expect(cells("huge")[0]).toMatch(/^10\d{11}$/);
  });
});
