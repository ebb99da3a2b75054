import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidArgumentError } from "commander";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barList, shortfalls } from "../../src/cli/judge/failUnder.js";
import { judgeText, LEGEND } from "../../src/cli/judge/table.js";
import { runCommand } from "../../src/cli/program.js";
import { judgeResultsSchema, questions } from "../../src/judge/results.js";
import { createRng } from "../../src/random.js";
import { judgedResults } from "../report/judge/judgedTables.js";
import { captured } from "./captured.js";

let folder: string;
const at = (name: string) => join(folder, name);
const judge = (...argv: string[]) => captured(() => runCommand(["judge", ...argv]));

/** Rows of an age, a city and an income that follows from the age. */
function rows(seed: number, factor: number): string[] {
  const rng = createRng(seed);
  return Array.from({ length: 24 }, (_, i) => {
    const age = Math.round(40 + 10 * rng.normal());
    return [`id-${1000 * seed + i}`, age, ["Bonn", "Ulm"][rng.integer(2)], (100 * age * factor).toFixed(1)].join();
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "monge-judge-"));
  const write = (name: string, head: string, lines: readonly string[]) =>
    writeFile(at(name), [head, ...lines, ""].join("\n"));
  await write("real.csv", "id,age,city,income", rows(1, 1));
  await write("synthetic.csv", "id,age,city,income", rows(2, 1.5));
  await write("wrong.csv", "id,age,income", ["1,young,100.0", "2,40,200.0"]);
  await write(
    "more.csv",
    "id,age,city,income,extra",
    rows(3, 1).map((row) => `${row},1`),
  );
});

afterAll(() => rm(folder, { recursive: true }));

describe("monge judge", { timeout: 60_000 }, () => {
  it("prints results that their schema knows, and writes the page of them", async () => {
    const { code, out } = await judge(
      at("real.csv"),
      at("synthetic.csv"),
      "--bootstrap",
      "5",
      "--json",
      "-o",
      at("report.html"),
    );
    expect(code).toBe(0);
    const results = judgeResultsSchema.parse(JSON.parse(out));
    expect(results.shape.columns.map(({ name }) => name).sort()).toEqual(["age", "city", "income"]);
    expect(results).toMatchObject({
      seed: 0,
      bootstrap: 5,
      real: { rows: 24 },
      synthetic: { rows: 24 },
      holdout: null,
    });
    const { document } = parseHTML(await readFile(at("report.html"), "utf8"));
    const [shown] = Array.from(document.querySelectorAll("#shape .standing data"));
    expect(Number(shown!.getAttribute("value"))).toBe(results.shape.score.synthetic.value);
  });

  it("exits with 1 and says what fell short of --fail-under, results all the same", async () => {
    const { code, out, err } = await judge(
      ...[at("real.csv"), at("synthetic.csv"), "--holdout", at("more.csv"), "--bootstrap", "0"],
      ...["--fail-under", "shape=0.99,trend=0.1", "--quiet"],
    );
    expect(code).toBe(1);
    expect(err).toMatch(/monge: shape is 0\.\d{3}, below the required 0\.99\.\n/);
    expect(err).not.toContain("trend is");
    expect(err).toContain('What no model learns is not judged: "id" (identifier).');
    expect(err).toMatch(/more\.csv has columns that .*real\.csv has not, which are left out: "extra"\./);
    expect(out).toMatch(/\nshape +0\.\d{3} /);
  });

  it("judges new rows of a run beside those that it was trained on, with what it held out", async () => {
    const tiny = ["--iterations", "2", "--width", "8", "--batch", "8", "--settle", "0", "--quiet"];
    const trained = await captured(() => runCommand(["train", at("real.csv"), "--out", at("run"), ...tiny]));
    expect(trained.code).toBe(0);
    const { code, out } = await judge(at("run"), "--bootstrap", "0", "--json", "--quiet");
    expect(code).toBe(0);
    const results = judgeResultsSchema.parse(JSON.parse(out));
    expect(results).toMatchObject({
      real: { rows: 22 },
      synthetic: { name: at("run"), rows: 22 },
      holdout: { rows: 2 },
    });
    const again = await judge(at("run"), "--bootstrap", "0", "--json", "--quiet");
    expect(again.out).toBe(out);
  });

  const wrong: [name: string, argv: () => string[], message: RegExp][] = [
    [
      "other columns and types, column by column",
      () => [at("real.csv"), at("wrong.csv")],
      /"age" .*"young".*"city" is not there|"city" is not there.*"age" .*"young"/,
    ],
    ["a file alone", () => [at("real.csv")], /real\.csv is not a run.*give the file of synthetic rows/],
    ["a missing file", () => [at("real.csv"), at("none.csv")], /none\.csv/],
    ["a folder that is no run", () => [folder], /holds no checkpoint/],
    [
      "a page that is none",
      () => [at("real.csv"), at("synthetic.csv"), "-o", "report.pdf"],
      /report\.pdf must end in \.html/,
    ],
    [
      "a target that is left out",
      () => [at("real.csv"), at("synthetic.csv"), "--target", "id"],
      /"id" cannot be the target: its type is identifier, which no model learns/,
    ],
    ["an unknown target", () => [at("real.csv"), at("synthetic.csv"), "--target", "sallary"], /no column "sallary"/],
    [
      "an unknown question",
      () => [at("real.csv"), at("synthetic.csv"), "--fail-under", "shap=1"],
      /no question "shap"; did you mean shape\?/,
    ],
  ];
  it.each(wrong)("refuses %s in one sentence", async (_, argv, message) => {
    const { code, out, err } = await judge(...argv());
    expect({ code, out }).toEqual({ code: 2, out: "" });
    // A warning of how the real table was read may come before it.
    expect(err.trim().split("\n").at(-1)).toMatch(message);
  });
});

describe("bars", () => {
  it("are read as questions with their least scores", () => {
    expect([...barList("shape=0.9, Detection = .5")]).toEqual([
      ["shape", 0.9],
      ["detection", 0.5],
    ]);
    for (const text of ["shape", "shape=", "shape=1.5", "shape=-1", "shape=0.5=1", "size=0.5"])
      expect(() => barList(text)).toThrow(InvalidArgumentError);
  });

  it("are not reached by a lower score, nor by a question without an answer", () => {
    const results = judgedResults({ utility: { skipped: "No target." } });
    expect(shortfalls(results, barList("shape=0.953,detection=0.5,utility=0"))).toEqual([
      "detection is 0.410, below the required 0.5.",
      "utility has no score, and 0 was required: No target.",
    ]);
  });
});

it("the table has a line for each question between its yardsticks, in 80 columns", () => {
  const text = judgeText(judgedResults({ utility: { skipped: "No target." } }));
  const lines = text.split("\n");
  expect(lines.find((line) => line.startsWith("trend "))).toBe(
    "trend      0.941   0.931 to 0.951    0.810        0.982       partly there",
  );
  expect(lines).toContain("utility    -");
  expect(text).toContain("utility: No target.");
  for (const question of questions) expect(text).toContain(`\n${question}: `);
  const odd = /[wW]{60}/;
  expect([...lines, ...LEGEND.split("\n")].filter((line) => line.length > 80 && !odd.test(line))).toEqual([]);
  expect(text).not.toContain("\u001b");
});
