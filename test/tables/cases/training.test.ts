import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../../src/random.js";
import { openRun } from "../../../src/runs/openRun.js";
import { type CommandLine, commandLine, writeTable } from "./commandLine.js";

const SENTENCE = /^monge: [^\n]+\n$/;
const numbered = (rows: number, cell: (row: number) => string) => Array.from({ length: rows }, (_, row) => cell(row));

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
});
afterAll(() => rm(line.folder, { recursive: true, force: true }));

describe("a table of few rows or few values", () => {
  it.each<[string, Readonly<Record<string, readonly string[]>>]>([
    [
      "fewer rows than a batch",
      { a: numbered(12, (row) => `${row}`), b: numbered(12, (row) => "xyz".charAt(row % 3)) },
    ],
    ["two rows", { a: ["1", "2"], b: ["x", "y"] }],
    ["one column", { a: numbered(40, (row) => `${row % 7}`) }],
    ["one category in all rows but for one", { a: numbered(40, (row) => (row === 9 ? "rare" : "usual")) }],
    ["nothing but missing values beside a number", { a: numbered(40, () => ""), b: numbered(40, (row) => `${row}`) }],
    ["a number that never changes but is missing at times", { a: numbered(40, (row) => (row % 4 ? "7" : "")) }],
  ])("is learned: %s", async (_, columns) => {
    await writeTable(line.at("few.csv"), columns);
    const { code, err } = await line.train("few.csv", "few", "--force", "--batch", "500");
    expect({ code, err }).toMatchObject({ code: 0 });
    const rows = await line.sampled("few", 50);
    expect(rows).toHaveLength(50);
    for (const [name, texts] of Object.entries(columns))
      for (const row of rows) if (!/^\d{1,2}$/.test(row[name] ?? "")) expect(texts).toContain(row[name]);
  });

  it.each<[string, string, RegExp]>([
    ["one row", "a,b\n1,x\n", /has too few rows, 1: a table to learn from has at least 2/],
    ["no row", "a,b\n", /has column names but no rows below them/],
    ["one value in all rows", `a,b\n${"1,x\n".repeat(30)}`, /^monge: Nothing of .* can be learned/],
  ])("is refused where there is nothing to learn: %s", async (_, text, reason) => {
    await writeFile(line.at("nothing.csv"), text);
    const { code, err } = await line.train("nothing.csv", "nothing");
    expect(code).toBe(2);
    expect(err).toMatch(SENTENCE);
    expect(err).toMatch(reason);
  });
});

it("15,000 columns are refused with what they would take, before anything starts", async () => {
  const row = (first: number) => numbered(15_000, (column) => `${(first * column) % 7}`).join();
  const names = numbered(15_000, (column) => `c${column}`).join();
  await writeFile(line.at("wide.csv"), [names, ...numbered(8, row)].join("\n"));
  const { code, err } = await line.monge("train", line.at("wide.csv"), "--out", line.at("wide"), "--width", "4096");
  expect(code).toBe(2);
  expect(err).toMatch(SENTENCE);
  expect(err).toMatch(/\d GiB.*: choose fewer of its 15000 columns \(--drop\)/);
});

describe("going on", () => {
  it("after 10 iterations up to 15 gives the weights and the rows of 15 at once, where the rate is constant", async () => {
    const rng = createRng(2);
    const cells = numbered(120, () => `${rng.integer(50)}`);
    await writeTable(line.at("more.csv"), { a: cells, b: cells.map((cell) => (Number(cell) > 20 ? "many" : "few")) });
    const constant = ["--schedule", "constant"];
    const outcomes = [
      await line.train("more.csv", "fifteen", "--iterations", "15", ...constant),
      await line.train("more.csv", "ten", "--iterations", "10", ...constant),
      await line.monge("train", "--resume", line.at("ten"), "--iterations", "15", "--quiet"),
    ];
    expect(outcomes.map(({ code, err }) => [code, err])).toEqual([0, 0, 0].map((code) => [code, expect.any(String)]));
    const [whole, parted] = ["fifteen", "ten"].map((run) => line.at(`${run}/checkpoints/00000015/state.safetensors`));
    expect((await readFile(parted ?? "")).equals(await readFile(whole ?? ""))).toBe(true);
    expect(await line.sampled("ten", 100)).toEqual(await line.sampled("fifteen", 100));
  });

  it("is refused where the table is another one", async () => {
    const text = await readFile(line.at("more.csv"), "utf8");
    await writeFile(line.at("more.csv"), text.replaceAll("few", "some"));
    const { code, err } = await line.monge("train", "--resume", line.at("ten"), "--iterations", "20", "--quiet");
    expect(code).toBe(2);
    expect(err).toMatch(SENTENCE);
  });
});

it("a column that follows from another does so in new rows too: y = 2 x, and one category of another", {
  timeout: 120_000,
}, async () => {
  const rng = createRng(5);
  const LEVELS: Readonly<Record<string, string>> = { a: "low", b: "low", c: "mid", d: "high" };
  const x = numbered(500, () => (10 * rng.uniform()).toFixed(3));
  const kind = numbered(500, () => "abcd".charAt(rng.integer(4)));
  await writeTable(line.at("follows.csv"), {
    x,
    y: x.map((text) => (2 * Number(text) + 0.3 * rng.normal()).toFixed(3)),
    kind,
    level: kind.map((text) => LEVELS[text] ?? ""),
    size: x.map((text) => (Number(text) > 5 ? "big" : "small")),
  });
  const trained = [
    "--iterations",
    "40",
    "--width",
    "32",
    "--depth",
    "1",
    "--batch",
    "100",
    "--evaluate-every",
    "40",
    "--quiet",
  ];
  const { code, err } = await line.monge("train", line.at("follows.csv"), "--out", line.at("follows"), ...trained);
  expect({ code, err }).toMatchObject({ code: 0 });
  const rows = await (await openRun(line.at("follows"))).sampleRows(1000);
  const share = (holds: (row: Readonly<Record<string, string>>) => boolean) => rows.filter(holds).length / rows.length;
  expect(share(({ kind: one = "", level }) => LEVELS[one] === level)).toBeGreaterThan(0.92);
  expect(share((row) => (Number(row.x) > 5 ? "big" : "small") === row.size)).toBeGreaterThan(0.92);
  expect(
    rSquared(
      rows.map((row) => Number(row.x)),
      rows.map((row) => Number(row.y)),
    ),
  ).toBeGreaterThan(0.93);
});

/** Of the line through points. */
function rSquared(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x0, y0] = [mean(x), mean(y)];
  const products = (a: readonly number[], a0: number, b: readonly number[], b0: number) =>
    mean(a.map((value, i) => (value - a0) * ((b[i] ?? NaN) - b0)));
  return products(x, x0, y, y0) ** 2 / (products(x, x0, x, x0) * products(y, y0, y, y0));
}
