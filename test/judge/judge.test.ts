import { describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.js";
import { type JudgeOptions, judge } from "../../src/judge/judge.js";
import { quickFigures } from "../../src/judge/quickFigures.js";
import { judgeResultsSchema, type questions } from "../../src/judge/results.js";
import { independentColumns } from "../../src/judge/yardsticks.js";
import { createRng } from "../../src/random.js";
import type { Table } from "../../src/tables/table.js";
import { takeRows } from "../../src/tables/takeRows.js";
import { tableOf } from "./tables.js";

/** People whose income follows from their age, with gaps, a job that follows from both, and whether they pay. */
function people(rows: number, seed: number, name = "people"): Table {
  const rng = createRng(seed);
  const cells = Array.from({ length: rows }, () => {
    const age = 20 + rng.integer(50);
    const income = Math.round(1000 * Math.exp(age / 50 + 0.2 * rng.normal())) / 10;
    const job = ["clerk", "nurse", "cook"][(Math.floor(age / 5) + (rng.uniform() < 0.2 ? 1 : 0)) % 3]!;
    return {
      age,
      income: rng.uniform() < 0.1 ? null : income,
      job,
      pays: income + 30 * rng.normal() > 220 ? "yes" : "no",
    };
  });
  const column = <Name extends keyof (typeof cells)[number]>(key: Name) => cells.map((cell) => cell[key]);
  return tableOf({ age: column("age"), income: column("income"), job: column("job"), pays: column("pays") }, name);
}

const quick: JudgeOptions = { bootstrap: 20, rows: 400 };
const first = (table: Table, rows: number, from = 0) =>
  takeRows(
    table,
    Array.from({ length: rows }, (_, k) => from + k),
  );

describe("judge", () => {
  const all = people(600, 1);
  const [real, holdout] = [first(all, 400), first(all, 200, 400)];

  it("tells independent columns, rows of the same source, and a copy apart", async () => {
    const independent = await judge({ real, synthetic: independentColumns(real, createRng(9)), holdout }, quick);
    const fresh = await judge({ real, synthetic: people(400, 2), holdout }, quick);
    const copy = await judge({ real, synthetic: real, holdout }, quick);
    for (const results of [independent, fresh, copy]) expect(judgeResultsSchema.parse(results)).toEqual(results);

    const score = (results: typeof fresh, question: (typeof questions)[number]) => {
      const answer = results[question];
      if ("skipped" in answer) throw new Error(answer.skipped);
      expect(answer.score.synthetic.low).toBeLessThanOrEqual(answer.score.synthetic.value);
      expect(answer.score.synthetic.high).toBeGreaterThanOrEqual(answer.score.synthetic.value);
      return answer.score.synthetic.value;
    };
    expect(score(copy, "shape")).toBe(1);
    expect(score(copy, "trend")).toBe(1);
    expect(score(copy, "privacy")).toBe(0);
    expect(score(fresh, "privacy")).toBeGreaterThan(0.8);
    expect(score(independent, "shape")).toBe(1);
    expect(score(independent, "trend")).toBeLessThan(0.9);
    for (const question of ["detection", "distance", "utility"] as const) {
      expect(score(fresh, question), question).toBeGreaterThan(0.75);
      expect(score(independent, question), question).toBeLessThan(0.45);
    }
    const { distance } = fresh;
    expect("pValue" in distance && distance.pValue).toBeGreaterThan(0.01);
    expect("pValue" in independent.distance && independent.distance.pValue).toBe(0.005);
  });

  it("names the columns that gave rows away, the target and the closest rows", async () => {
    const { age, income } = { age: real.columns[0]!, income: real.columns[1]! };
    const shuffled = independentColumns({ ...real, columns: [income] }, createRng(3)).columns[0]!;
    const synthetic = { ...real, columns: [age, shuffled, real.columns[2]!, real.columns[3]!] };
    const found = await judge({ real, synthetic, holdout }, { ...quick, target: "income" });
    expect("columns" in found.detection && found.detection.columns[0]?.name).toBe("income");
    expect(found.utility).toMatchObject({ target: "income", chosen: true, task: "numbers" });
    if ("skipped" in found.privacy) throw new Error(found.privacy.skipped);
    const [pair] = found.privacy.pairs;
    const cell = age.kind === "numbers" ? age.values[pair!.real.row] : undefined;
    expect(pair?.real.cells[0]).toBe(cell);
    expect(found.privacy.columns).toEqual(["age", "income", "job", "pays"]);
  });

  it("gives the same results for the same seed, and goes on without a holdout, saying so", async () => {
    const [few, synthetic] = [first(real, 100), people(80, 4)];
    const results = await judge({ real: few, synthetic }, quick);
    expect(await judge({ real: few, synthetic }, quick)).toEqual(results);
    expect(results.notes.at(-1)).toMatch(/^No holdout was given/);
    expect("measures" in results.privacy && results.privacy.measures.map(({ name }) => name)).toEqual([
      "copies",
      "nearCopies",
      "closestDistance",
      "closestRatio",
    ]);
  });

  it("reports each question in order, from 0 to 1, and ends at the signal", async () => {
    const seen: string[] = [];
    const controller = new AbortController();
    const stopped = judge(
      { real, synthetic: real },
      {
        ...quick,
        signal: controller.signal,
        onProgress({ question, done }) {
          expect(done).toBeGreaterThanOrEqual(0);
          expect(done).toBeLessThanOrEqual(1);
          if (!seen.includes(question)) seen.push(question);
          if (question === "distance") controller.abort(new Error("enough"));
        },
      },
    );
    await expect(stopped).rejects.toThrow("enough");
    expect(seen).toEqual(["shape", "trend", "detection", "distance"]);
  });
});

describe("small and odd tables", () => {
  it.each<[string, Table]>([
    ["one column", tableOf({ x: Array.from({ length: 80 }, (_, k) => k % 7) })],
    ["one category", tableOf({ c: Array.from({ length: 80 }, () => "a"), d: Array.from({ length: 80 }, () => "b") })],
    [
      "no value at all",
      tableOf({ x: Array.from({ length: 80 }, () => null), y: Array.from({ length: 80 }, () => null) }),
    ],
    [
      "1e-12 beside 1e12",
      tableOf({
        x: Array.from({ length: 80 }, (_, k) => k * 1e-12),
        y: Array.from({ length: 80 }, (_, k) => (k % 9) * 1e12),
      }),
    ],
    [
      "a category for each row",
      tableOf({ x: Array.from({ length: 80 }, (_, k) => `${k}`), y: Array.from({ length: 80 }, (_, k) => k) }),
    ],
  ])("of %s get results, 1 for the shape of an identical table", async (_, table) => {
    const results = await judge({ real: table, synthetic: table }, { bootstrap: 5, rows: 100 });
    expect(judgeResultsSchema.parse(JSON.parse(JSON.stringify(results)))).toEqual(results);
    expect(results.shape.score.synthetic.value).toBe(1);
    if ("score" in results.trend) expect(results.trend.score.synthetic.value).toBe(1);
  });

  it("are judged where categories come in another order, or new", async () => {
    const five = <Cell>(cells: readonly Cell[]) => Array.from({ length: 5 }, () => cells).flat();
    const a = tableOf({ c: five(["x", "y", "y", "y"]), n: five([1, 2, 3, 4]) });
    const b = tableOf({ n: five([4, 3, 2, 1]), c: five(["y", "y", "y", "x"]) });
    const results = await judge({ real: a, synthetic: b }, { bootstrap: 0, rows: 100 });
    expect(results.shape.score.synthetic).toEqual({ value: 1, low: 1, high: 1 });
    const other = await judge(
      { real: a, synthetic: tableOf({ c: five(["z", "y", "y", "y"]), n: five([1, 2, 3, 4]) }) },
      { bootstrap: 0, rows: 100 },
    );
    expect(other.shape.columns[0]).toMatchObject({ name: "c", score: { synthetic: { value: 0.75 } } });
  });
});

describe("few rows", () => {
  it("below 20 are refused", async () => {
    const [few, enough] = [people(19, 1, "few.csv"), people(20, 2)];
    const message = new InputError('"few.csv" has 19 rows, too few to judge: at least 20 are needed.');
    await expect(judge({ real: few, synthetic: enough })).rejects.toThrow(message);
    await expect(judge({ real: enough, synthetic: few })).rejects.toThrow(message);
  });

  it("leave out what needs more, with the reason, and a holdout that is too small", async () => {
    const tables = { real: people(40, 1), synthetic: people(40, 2), holdout: people(19, 3) };
    const { detection, utility, distance, notes } = await judge(tables, { ...quick, target: "age" });
    expect(detection).toMatchObject({ skipped: expect.stringContaining("models need 30 of each table") });
    expect(utility).toMatchObject({
      skipped: expect.stringContaining("too few rows, 20 to train on and 20 to test on"),
    });
    if ("skipped" in distance) throw new Error(distance.skipped);
    expect(distance.score.synthetic.high).toBe(1);
    expect(distance.distance.synthetic.high - distance.distance.synthetic.low).toBeGreaterThan(0.01);
    expect(notes).toEqual([
      expect.stringMatching(/^With 40 rows only large differences/),
      expect.stringMatching(/^The holdout has fewer than 20 rows and was not used/),
    ]);
  });
});

describe("tables that cannot be compared", () => {
  const real = tableOf({ age: [1, 2], city: ["a", "b"] }, "real.csv");

  it("are refused column by column", async () => {
    const other = tableOf({ age: ["1", "2"], town: ["a", "b"] }, "other.csv");
    await expect(judge({ real, synthetic: other })).rejects.toThrow(
      new InputError(
        'The tables cannot be compared: The column "age" holds numbers in "real.csv" and categories in "other.csv". "other.csv" has no column "city". "other.csv" has a column "town" that "real.csv" has not.',
      ),
    );
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ["no rows", () => judge({ real, synthetic: { ...real, rows: 0 } }), /no rows/],
    [
      "no such target",
      () => judge({ real, synthetic: real }, { target: "agee" }),
      /no column "agee"\. Did you mean "age"\?/,
    ],
    ["too many resamples", () => judge({ real, synthetic: real }, { bootstrap: 1e6 }), /whole number from 0 to 10000/],
    ["too few rows to use", () => judge({ real, synthetic: real }, { rows: 3 }), /whole number from 100/],
  ])("or options: %s", async (_, attempt, message) => {
    const judged = attempt();
    await expect(judged).rejects.toThrow(message);
    await expect(judged).rejects.toBeInstanceOf(InputError);
  });
});

describe("quick figures", () => {
  it("rank tables as the judge does", async () => {
    const real = people(500, 1);
    const [fresh, independent] = [
      await quickFigures(real, people(500, 2)),
      await quickFigures(real, independentColumns(real, createRng(1))),
    ];
    expect(fresh.shape).toBeGreaterThan(0.9);
    expect(fresh.trend).toBeGreaterThan(0.9);
    expect(fresh.detection).toBeGreaterThan(0.75);
    expect(independent.shape).toBe(1);
    expect(independent.trend).toBeLessThan(0.9);
    expect(independent.detection).toBeLessThan(0.6);
    expect(await quickFigures(tableOf({ x: [1] }), tableOf({ x: [1] }))).toEqual({
      shape: 1,
      trend: null,
      detection: null,
    });
  });
});
