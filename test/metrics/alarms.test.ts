import { describe, expect, it } from "vitest";
import { grid } from "../../src/data/points.js";
import { rowsDataset } from "../../src/data/rows.js";
import { createAlarms } from "../../src/metrics/alarms.js";
import type { Evaluation, Figures } from "../../src/metrics/metric.js";
import { collapsedPictures } from "../../src/metrics/pictureAlarms.js";
import { runawayCritic } from "../../src/metrics/runawayCritic.js";
import { createRng } from "../../src/random.js";
import type { Table } from "../../src/tables/table.js";

const ROWS = 1000;
const table = (): Table => {
  const rng = createRng(3);
  return {
    name: "people",
    rows: ROWS,
    columns: [
      {
        ...{ kind: "categories", name: "city", categories: ["Bern", "Graz", "Pisa"] },
        codes: Int32Array.from({ length: ROWS }, () => rng.integer(3)),
      },
      { kind: "numbers", name: "age", values: Float64Array.from({ length: ROWS }, () => rng.integer(90)) },
      { kind: "numbers", name: "income", values: Float64Array.from({ length: ROWS }, () => 5 * rng.integer(2000)) },
    ],
  };
};

const data = rowsDataset(table());
const width = data.fields.sample.shape[0] ?? 0;
const evaluations = (...figures: Figures[]): Evaluation[] =>
  figures.map((one, i) => ({ iteration: 100 * i, seconds: i, figures: one }));
/** What is said at evaluations before the first iteration and at the iterations 100, 200 and 300 of some samples. */
const toldOf = (samples: Float32Array) => {
  const alarms = createAlarms(data, 1, "critic");
  const all = evaluations({}, {}, {}, {});
  return all.map((_, i) => alarms(all.slice(0, i + 1), samples));
};

describe("rows that a run makes", () => {
  it("are no reason for a warning where they are like the data", () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const rng = createRng(seed);
      // Held-out rows with the incomes of others.
      const rows = data.heldOut?.batch(rng, 100).sample ?? new Float32Array(0);
      const others = data.heldOut?.batch(rng, 100).sample ?? new Float32Array(0);
      for (let at = 0; at < rows.length; at++) if (at % width === width - 1) rows[at] = others[at] ?? 0;
      expect(toldOf(rows)).toEqual([[], [], [], []]);
    }
  });

  it("are told to be copies, once, where more of them equal rows of the data than held-out ones do", () => {
    const copies = data.distinct?.(createRng(2), 100).sample ?? new Float32Array(0);
    const [before, first, second, third] = toldOf(copies);
    expect([before, first, third]).toEqual([[], [], []]);
    expect(second).toHaveLength(1);
    expect(second?.[0]).toMatch(/^100 % of the rows that are made equal a row of the data, and 0\.0 % of rows/);
  });

  it("are told to have collapsed, and in which columns", () => {
    const [row] = [data.heldOut?.batch(createRng(2), 1).sample ?? new Float32Array(0)];
    const same = Float32Array.from({ length: 100 * width }, (_, at) => row[at % width] ?? 0);
    const told = toldOf(same)[2] ?? [];
    expect(
      told.filter((sentence) => /has collapsed: all rows that are made have one value/.test(sentence)),
    ).toHaveLength(3);
    expect(
      told.some((sentence) => /^100 % of the rows that are made come more than once, and 0\.0 %/.test(sentence)),
    ).toBe(true);
    for (const sentence of told) expect(sentence).toMatch(/^[^\n]*\.$/);
  });

  it("are looked at in tables only", () => {
    expect(createAlarms(grid(), 1, "critic")(evaluations({}, {}, {}), new Float32Array(200))).toEqual([]);
  });
});

describe("a critic that runs away", () => {
  const growing = [0, 4, 9, 20, 41];
  const told = (of: (size: number, i: number) => Figures) => runawayCritic(evaluations(...growing.map(of)), "critic");

  it("is one whose estimate or outputs double again and again, while the generator becomes no better", () => {
    expect(told((size) => ({ heldOutEstimate: size }))).toMatch(
      /^The critic runs away: from iteration 100 to 400 its estimate of the distance grew from 4 to 41, .*\.$/,
    );
    expect(told((size) => ({ realScoreRange: [-size, 1], fakeScoreRange: [0, 1] }))).toMatch(
      /its outputs grew from 4 to 41/,
    );
    expect(told((size) => ({ heldOutEstimate: -size, tableDetection: 0.1 }))).toBeDefined();
  });

  it("is none where the generator becomes better, numbers are small, or growth is not steady", () => {
    expect(told((size, i) => ({ heldOutEstimate: size, tableDetection: 0.1 * i }))).toBeUndefined();
    expect(told((size, i) => ({ heldOutEstimate: size, debiasedEmd: 1 - 0.1 * i }))).toBeUndefined();
    expect(told((size) => ({ heldOutEstimate: size / 10 }))).toBeUndefined();
    expect(told((size, i) => ({ heldOutEstimate: i === 3 ? 10 : size }))).toBeUndefined();
    expect(runawayCritic(evaluations({}, { heldOutEstimate: 5 }, { heldOutEstimate: 50 }), "critic")).toBeUndefined();
  });
});

describe("a generator of pictures", () => {
  const told = (...figures: Figures[]) => collapsedPictures(evaluations({ pictureSpread: 0.01 }, ...figures));
  const narrow = { precision: 0.9, recall: 0.3, coverage: 0.02, pictureSpread: 0.9 };

  it("has collapsed where its pictures look right and cover next to nothing, or are nearly all alike, again and again", () => {
    expect(told(narrow, narrow, narrow)).toMatch(/^The generator has collapsed: 90 % of its pictures .* 2\.0 % .*\.$/);
    expect(told(narrow, narrow, { ...narrow, recall: 0, coverage: 0.2 })).toMatch(/they cover 0\.0 %/);
    const alike = { pictureSpread: 0.1 };
    expect(told(alike, alike, alike)).toMatch(/its pictures are 10 % as different from each other as real ones are\./);
  });

  it("has not where that is so for a while, its pictures do not look right yet, or nothing is known of them", () => {
    expect(told(narrow, narrow)).toBeUndefined();
    expect(told(narrow, narrow, { ...narrow, coverage: 0.1 })).toBeUndefined();
    expect(told(...Array<Figures>(4).fill({ ...narrow, precision: 0.5 }))).toBeUndefined();
    expect(told({}, {}, {}, {})).toBeUndefined();
  });
});
