import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkOutput, endingOf, writeOutputFile } from "../../../src/cli/sample/outputFile.js";
import { InputError } from "../../../src/errors.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-output-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the format of a file", () => {
  it.each([
    ["a.csv", ".csv"],
    ["A.CSV", ".csv"],
    ["runs.v2/a.csv.gz", ".csv"],
    ["a.jsonl.GZ", ".jsonl"],
    ["a.parquet", ".parquet"],
    ["a.parquet.gz", ".gz"],
    ["a.gz", ".gz"],
    ["a", ""],
  ])("of %s is told by %j", (path, ending) => {
    expect(endingOf(path)).toBe(ending);
  });

  it("is refused where there is none such, with those that there are", () => {
    const check = (output: string, json = false) => checkOutput({ output, json }, [".csv", ".parquet"]);
    for (const output of ["a.csv", "a.csv.gz", "a.parquet", "-"]) expect(() => check(output)).not.toThrow();
    for (const output of ["a.png", "a.parquet.gz", "a", "a.tsv.gz"]) {
      expect(() => check(output)).toThrow(InputError);
      expect(() => check(output)).toThrow(`${output} must end in .csv, .parquet, or be - for CSV`);
    }
    expect(() => check("-", true)).toThrow("leave out one of them");
  });
});

describe("a compressed file", () => {
  it("has the text that it was given, in pieces or not", async () => {
    async function* pieces() {
      yield "a,b\n";
      yield "1,ü\n".repeat(100_000);
    }
    await writeOutputFile(join(folder, "a.csv.gz"), pieces());
    expect(gunzipSync(await readFile(join(folder, "a.csv.gz"))).toString()).toBe(`a,b\n${"1,ü\n".repeat(100_000)}`);
    await writeOutputFile(join(folder, "b.csv.gz"), "a\n1\n");
    expect(gunzipSync(await readFile(join(folder, "b.csv.gz"))).toString()).toBe("a\n1\n");
  });

  it("is none where its pieces fail, and says why", async () => {
    async function* failing() {
      yield "a,b\n";
      throw new InputError("no such row can be made.");
    }
    await expect(writeOutputFile(join(folder, "c.csv.gz"), failing())).rejects.toThrow("no such row can be made.");
    expect(await readdir(folder)).not.toContain("c.csv.gz");
  });
});
