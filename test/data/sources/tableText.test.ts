import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openDataset } from "../../../src/data/open.js";
import { toOriginalUnits } from "../../../src/data/scaling.js";
import { InputError } from "../../../src/errors.js";
import { createRng } from "../../../src/random.js";
import { temporaryFile, temporaryFolder } from "../files.js";
import { moments } from "../moments.js";

/** A column of distinct numbers, and one of large numbers close to each other. */
const table = (rows: number) =>
  `x,time\n${Array.from({ length: rows }, (_, i) => `${i},${1.7e9 + (i % 7)}`).join("\n")}\n`;

/** The distinct values of the first column among many draws, in the file's units. */
function drawnRows(dataset: Awaited<ReturnType<typeof openDataset>>): Set<number> {
  const drawn = toOriginalUnits(dataset, dataset.batch(createRng(0), 5000));
  return new Set(Array.from(drawn).flatMap((x, i) => (i % 2 === 0 ? [Math.round(x)] : [])));
}

describe("a table of numbers", () => {
  it("is standardised column by column, large offsets included", async () => {
    const dataset = await openDataset(await temporaryFile("points.csv", table(15)));
    expect(dataset).toMatchObject({ shape: [2], size: 15, columns: [{ name: "x" }, { name: "time" }] });
    const { mean, variance } = moments(dataset.batch(createRng(1), 20_000), 2);
    for (const axis of [0, 1]) {
      expect(mean[axis]).toBeCloseTo(0, 1);
      expect(variance[axis]).toBeCloseTo(1, 1);
    }
  });

  it("gives its own rows back in its own units", async () => {
    const dataset = await openDataset(await temporaryFile("points.csv", "a,b\n1,-20\n2,40\n4.5,1e3\n"));
    const rows = toOriginalUnits(dataset, dataset.batch(createRng(1), 50));
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
    expect(unnamed).toMatchObject({ size: 3, columns: [{ name: "1" }, { name: "2" }] });
    const odd = await openDataset(await temporaryFile("odd.CSV", '\uFEFFa, "b"\r\n 1 ,2\r\n\r\n"3",4\r\n'));
    expect(odd).toMatchObject({ size: 2, columns: [{ name: "a" }, { name: "b" }] });
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
    ["a column without a name", "x,\n0,5\n1,6\n", /bad\.csv, line 1: column 2 has no name/],
    ["an open quote", 'a,b\n1,"2\n', /bad\.csv is no valid CSV file: a quotation mark in line 2 is not closed/],
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
