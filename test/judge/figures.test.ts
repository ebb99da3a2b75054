import { describe, expect, it } from "vitest";
import { comparePairs } from "../../src/judge/columnPairs.js";
import { copiedRows } from "../../src/judge/copies.js";
import { judgeDistance, permutationTest } from "../../src/judge/distance.js";
import { bootstrapIntervals, interval } from "../../src/judge/intervals.js";
import { nearestRows } from "../../src/judge/nearestRows.js";
import { rowDistance, rowScaler } from "../../src/judge/scaledRows.js";
import { judgeShape, shapeOf } from "../../src/judge/shape.js";
import { drawPairs } from "../../src/judge/trend.js";
import { halves, independentColumns, yardsticks } from "../../src/judge/yardsticks.js";
import { createRng } from "../../src/random.js";
import { takeRows } from "../../src/tables/takeRows.js";
import { oneDimensionalDistance } from "../../src/transport/oneDimensional.js";
import { tableOf } from "./tables.js";

const turn = async () => {};
const work = (resamples = 0, seed = 0) => ({ resamples, rng: createRng(seed), turn, report: () => {} });
const numbers = (count: number, of: (k: number) => number) => Array.from({ length: count }, (_, k) => of(k));
const normals = (count: number, seed: number) => [...createRng(seed).normals(count)];

describe("shape", () => {
  const shape = async (real: (number | string | null)[], synthetic: (number | string | null)[]) => {
    const tables = yardsticks(tableOf({ x: real }), tableOf({ x: synthetic }), undefined, createRng(0));
    const { columns } = await judgeShape(tables, work());
    return columns[0]!;
  };

  it("the distribution functions of 0 1 2 3 and 2 3 4 5 differ by a half, and their W1 is 2", async () => {
    const { score, distance } = await shape([3, 1, 2, 0], [2, 3, 4, 5]);
    expect(score.synthetic.value).toBe(0.5);
    expect(distance?.synthetic).toBe(2);
  });

  it("W1 is that of exact transport, at sizes that do not divide each other and scales far apart", async () => {
    const [a, b] = [normals(37, 1).map((x) => x * 1e12), [...normals(23, 2), 1e-12]];
    const { distance } = await shape(a, b);
    const exact = oneDimensionalDistance(
      { points: Float64Array.from(a), dimension: 1 },
      { points: Float64Array.from(b), dimension: 1 },
    );
    expect(distance!.synthetic / exact).toBeCloseTo(1, 12);
  });

  it("missing values are a category of their own, and no number", async () => {
    const text = await shape(["a", "a", null, "b"], ["a", "a", "b", "b"]);
    expect(text.score.synthetic.value).toBe(0.75);
    const gaps = await shape([1, 2, null, null], [1, 2, 1, 2]);
    expect(gaps.score.synthetic.value).toBe(1);
    expect(gaps.missing).toEqual({ real: 0.5, synthetic: 0 });
  });

  it("a column without any number is like another one, and unlike one with numbers", async () => {
    expect((await shape([null, null], [null, null])).score.synthetic.value).toBe(1);
    expect((await shape([1, 2], [null, null])).score.synthetic.value).toBe(0);
    expect((await shape([null, null], [1, 2])).distance).toBeNull();
  });
});

describe("trend", () => {
  const likeness = (real: Parameters<typeof tableOf>[0], other: Parameters<typeof tableOf>[0]) =>
    comparePairs({ real: tableOf(real), other: tableOf(other) })(0, 1);

  it("a line that rises and one that falls are as unlike as can be", () => {
    const x = numbers(9, (k) => k);
    expect(likeness({ x, y: x }, { x, y: x.toReversed() })).toMatchObject({ similarity: 0, real: 1, other: -1 });
  });

  it("a constant column counts as uncorrelated, whatever its value rounds to", () => {
    const [x, y] = [numbers(9, (k) => k), numbers(9, () => 0.1)];
    expect(likeness({ x, y: x }, { x, y })).toMatchObject({ similarity: 0.5, other: null });
    expect(likeness({ x, y }, { x, y }).similarity).toBe(1);
  });

  it("correlations survive 1e-12 beside 1e12, and offsets far above the spread", () => {
    const [x, y] = [normals(50, 1), normals(50, 2)];
    const plain = likeness({ x, y }, { x, y }).real!;
    const scaled = likeness({ x: x.map((v) => v * 1e-12), y: y.map((v) => v * 1e12) }, { x, y }).real!;
    const moved = likeness({ x: x.map((v) => v + 1e6), y }, { x, y }).real!;
    expect(scaled).toBeCloseTo(plain, 12);
    expect(moved).toBeCloseTo(plain, 8);
  });

  it("Cramer's V is 1 where one category tells the other, 0 where they are independent", () => {
    const x = ["a", "a", "b", "b"];
    const found = likeness({ x, y: ["c", "c", "d", "d"] }, { x, y: ["c", "d", "c", "d"] });
    expect(found).toMatchObject({ similarity: 0.5, real: 1, other: 0 });
  });

  it("of many columns so many different pairs are drawn", () => {
    const pairs = drawPairs(300, 500, createRng(0));
    expect(new Set(pairs.map(([i, j]) => `${i} ${j}`)).size).toBe(500);
    expect(pairs.every(([i, j]) => i < j && j < 300)).toBe(true);
    expect(drawPairs(5, 500, createRng(0))).toHaveLength(10);
  });
});

describe("intervals", () => {
  it("have the spread of a binomial share, although only a part of the rows is resampled", async () => {
    const rows = 12_000;
    const table = (share: number) => {
      const rng = createRng(1);
      return tableOf({ x: numbers(rows, () => 0).map(() => (rng.uniform() < share ? "a" : "b")) });
    };
    const pair = { real: table(0.5), other: table(0.8) };
    const [found] = await bootstrapIntervals(shapeOf(pair)(), pair, shapeOf, work(400));
    const deviation = (found!.high - found!.low) / 2 / 1.96;
    const right = Math.sqrt((0.5 * 0.5 + 0.8 * 0.2) / rows);
    expect(deviation / right).toBeGreaterThan(0.8);
    expect(deviation / right).toBeLessThan(1.2);
  });

  it("lie around the value and within bounds", () => {
    expect(interval(0.99, Float64Array.of(0.5, 0.6, 0.7))).toEqual({
      value: 0.99,
      low: expect.closeTo(0.895),
      high: 1,
    });
    expect(interval(0.4, new Float64Array(0))).toEqual({ value: 0.4, low: 0.4, high: 0.4 });
  });
});

describe("yardsticks", () => {
  it("independent columns keep each column and lose what they have to do with each other", () => {
    const x = numbers(200, (k) => k);
    const table = tableOf({ x, y: x });
    const shuffled = independentColumns(table, createRng(1));
    expect(shapeOf({ real: table, other: shuffled })().at(-1)).toBe(1);
    expect(Math.abs(comparePairs({ real: table, other: shuffled })(0, 1).other!)).toBeLessThan(0.2);
  });

  it("real rows differ by chance as much as samples of the table's own size, though halves of it are compared", async () => {
    let [yardstick, sample] = [0, 0];
    for (const k of numbers(60, (k) => k)) {
      const [real, other] = [tableOf({ x: normals(200, k) }), tableOf({ x: normals(200, 100 + k) })];
      const { score } = await judgeShape(yardsticks(real, other, undefined, createRng(k)), work());
      yardstick += 1 - score.real.value;
      sample += 1 - score.synthetic.value;
    }
    expect(yardstick / sample).toBeGreaterThan(0.9);
    expect(yardstick / sample).toBeLessThan(1.1);
    expect(yardsticks(tableOf({ x: [1, 2] }), tableOf({ x: [1] }), tableOf({ x: [3] }), createRng(0)).chance).toBe(1);
  });

  it("halves part all rows", () => {
    const [a, b] = halves(tableOf({ x: numbers(5, (k) => k) }), createRng(1));
    const values = [a, b].flatMap(({ columns: [column] }) => (column?.kind === "numbers" ? [...column.values] : []));
    expect([a.rows, b.rows]).toEqual([3, 2]);
    expect(values.sort()).toEqual([0, 1, 2, 3, 4]);
  });
});

describe("rows", () => {
  const table = tableOf({ x: [0, 5, 10, null, null], c: ["a", "b", "b", null, "a"] });
  const rows = rowScaler(table, "range")(table);

  it("Gower's distance takes differences in ranges, categories and gaps whole, and two gaps as equal", () => {
    expect(rowDistance(rows, 0, rows, 1)).toBe(0.75);
    expect(rowDistance(rows, 1, rows, 2)).toBe(0.25);
    expect(rowDistance(rows, 2, rows, 3)).toBe(1);
    expect(rowDistance(rows, 3, rows, 4)).toBe(0.5);
    expect(rowDistance(rows, 3, rows, 3)).toBe(0);
  });

  it("numbers other than the one of a constant column differ wholly from it", () => {
    const scaled = rowScaler(tableOf({ x: [3, 3] }), "range")(tableOf({ x: [3, 3.001] }));
    expect(rowDistance(scaled, 0, scaled, 1)).toBe(1);
  });

  it("the closest of a row's own table is another one", async () => {
    const { place, distance, second } = await nearestRows(rows, rows, { turn });
    expect([...place.subarray(0, 3)]).toEqual([4, 2, 1]);
    expect(distance[1]).toBe(0.25);
    expect(second[1]).toBe(0.75);
  });

  it("copies are found cell by cell: gaps and -0 too, and repeated rows of one table", () => {
    const other = tableOf({ x: [-0, 5, null, null], c: ["a", "a", null, "b"] });
    const aligned = {
      ...other,
      columns: [other.columns[0]!, { ...table.columns[1]!, codes: Int32Array.of(0, 0, -1, 1) }],
    };
    expect([...copiedRows(aligned as typeof table, table)]).toEqual([1, 0, 1, 0]);
    expect([...copiedRows(table, table)]).toEqual([0, 0, 0, 0, 0]);
    const doubled = takeRows(table, [0, 1, 0]);
    expect([...copiedRows(doubled, doubled)]).toEqual([1, 0, 1]);
  });
});

describe("the permutation test", () => {
  const scaled = (values: number[]) => {
    const table = tableOf({ x: values });
    return rowScaler(tableOf({ x: [-3, 3] }), "range")(table);
  };

  it("rejects tables of one distribution no more often than it says", async () => {
    let rejected = 0;
    const rng = createRng(3);
    for (let k = 0; k < 200; k++) {
      const draw = () => scaled([...rng.normals(8)]);
      const { pValue } = await permutationTest(draw(), draw(), work(0, k), 19);
      if (pValue <= 0.1) rejected++;
    }
    // 200 tests at the level 0.1: 20 are expected, and 33 are three standard errors more.
    expect(rejected).toBeGreaterThan(7);
    expect(rejected).toBeLessThan(33);
  });

  it("counts the observed distance, so that the least p is 1 of 20", async () => {
    const far = await permutationTest(
      scaled([-3, -2.9, -2.8, -2.7, -2.6]),
      scaled([2.6, 2.7, 2.8, 2.9, 3]),
      work(),
      19,
    );
    expect(far.pValue).toBeCloseTo(1 / 20, 1);
    expect(far.pValue).toBeGreaterThanOrEqual(1 / 20);
    expect(far.observed).toBeCloseTo(5.6 / 6, 6);
    const same = await permutationTest(scaled([1, 1, 1]), scaled([1, 1, 1]), work(), 19);
    expect(same.pValue).toBe(1);
  });

  it("the distance of independent columns scores 0 and that of real rows 1", async () => {
    const x = normals(240, 5);
    const table = tableOf({ x, y: x.map((v) => v * v), c: x.map((v) => (v > 0 ? "a" : "b")) });
    const found = await judgeDistance(yardsticks(table, table, undefined, createRng(1)), work(20));
    expect(found.score.independent.value).toBe(0);
    expect(found.score.real.value).toBe(1);
    expect(found.score.synthetic.value).toBeGreaterThan(0.7);
    expect(found.distance.independent.value).toBeGreaterThan(found.distance.real.value);
    expect(found.rows).toBe(120);
  });
});
