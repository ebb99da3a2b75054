import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { alignTables } from "../../src/judge/alignTables.js";
import { areaUnderRoc } from "../../src/judge/areaUnderRoc.js";
import { binTable } from "../../src/judge/binnedTable.js";
import { boostTrees } from "../../src/judge/boostedTrees.js";
import { comparePairs } from "../../src/judge/columnPairs.js";
import { levelsOf } from "../../src/judge/levels.js";
import { logisticRegression } from "../../src/judge/logisticRegression.js";
import { nearestRows } from "../../src/judge/nearestRows.js";
import { f1 } from "../../src/judge/predictionTask.js";
import { rowScaler } from "../../src/judge/scaledRows.js";
import { columnSimilarity } from "../../src/judge/shape.js";
import { takeRows } from "../../src/tables/takeRows.js";
import { tableOf } from "./tables.js";

const file = new URL("../fixtures/judge/judge.json", import.meta.url);
const reference = JSON.parse(readFileSync(file, "utf8"));
const tables = {
  real: tableOf(reference.tables.real),
  synthetic: tableOf(reference.tables.synthetic),
  holdout: tableOf(reference.tables.holdout),
};
const { real, synthetic, holdout } = alignTables(tables.real, tables.synthetic, tables.holdout);
const range = (count: number) => Int32Array.from({ length: count }, (_, k) => k);
const turn = async () => {};

describe("figures equal sdmetrics'", () => {
  it.each(Object.entries<number>(reference.columns))("of the column %s", (name, score) => {
    const place = real.columns.findIndex((column) => column.name === name);
    expect(columnSimilarity(levelsOf(real.columns[place]!, synthetic.columns[place]!))).toBeCloseTo(score, 12);
  });

  it("of every pair of columns: numbers, categories, both, and with gaps", () => {
    const compare = comparePairs({ real, other: synthetic });
    const place = (name: string) => real.columns.findIndex((column) => column.name === name);
    expect(reference.pairs).toHaveLength(15);
    for (const pair of reference.pairs) {
      const found = compare(place(pair.columns[0]), place(pair.columns[1]));
      expect(found.similarity, pair.columns).toBeCloseTo(pair.score, 12);
      expect(found.real, pair.columns).toBeCloseTo(pair.real, 10);
      expect(found.other, pair.columns).toBeCloseTo(pair.synthetic, 10);
    }
  });

  it("of distances to the closest record", async () => {
    const even = takeRows(real, range(120));
    const distances = async (among: typeof even) => {
      const scale = rowScaler(among, "range");
      return [...(await nearestRows(scale(synthetic), scale(among), { turn })).distance];
    };
    const [toTraining, toHoldout] = [await distances(even), await distances(holdout!)];
    toTraining.forEach((distance, row) => {
      expect(distance).toBeCloseTo(reference.closest.toTraining[row], 6);
    });
    toHoldout.forEach((distance, row) => {
      expect(distance).toBeCloseTo(reference.closest.toHoldout[row], 6);
    });
    const closer = toTraining.filter((distance, row) => distance < toHoldout[row]!).length;
    expect(closer / synthetic.rows).toBe(reference.closest.share);
  });
});

describe("models equal scikit-learn's", () => {
  const { x, label, number, training, logits, numbers, logistic } = reference.models;
  const all = tableOf({ ...x, c: x.c.map(String) });
  const rows = range(training);
  const difference = (found: readonly number[], right: readonly number[]) =>
    found.reduce((sum, value, k) => sum + Math.abs(value - right[k]!), 0) / found.length;
  const test = (values: readonly number[]) => values.slice(training);

  it("gradient boosting of classes, HistGradientBoostingClassifier", async () => {
    const binned = binTable(all);
    const trees = await boostTrees(binned, rows, Float64Array.from(label), { loss: "logistic" });
    const found = label.map((_: number, row: number) => trees.predict(binned, row));
    const auc = areaUnderRoc(Float64Array.from(test(found)), Uint8Array.from(test(label)))();
    expect(auc).toBeCloseTo(reference.models.auc, 2);
    expect(difference(found, logits)).toBeLessThan(0.02);
  });

  it("gradient boosting of numbers, HistGradientBoostingRegressor", async () => {
    const binned = binTable(all);
    const trees = await boostTrees(binned, rows, Float64Array.from(number), { loss: "squared" });
    expect(
      difference(
        number.map((_: number, row: number) => trees.predict(binned, row)),
        numbers,
      ),
    ).toBeLessThan(0.01);
  });

  it("logistic regression, LogisticRegression", () => {
    const encoded = {
      rows: label.length,
      width: 13,
      numbers: Float32Array.from(x.a),
      numberCount: 1,
      codes: Int32Array.from(x.c, (code: number) => 1 + code),
      codeCount: 1,
    };
    const found = logisticRegression(encoded, rows, Uint8Array.from(label));
    found.forEach((logit, row) => {
      expect(logit).toBeCloseTo(logistic[row], 3);
    });
  });

  it("AUC with equal scores and with weights, and F1 of each class", () => {
    const area = areaUnderRoc(Float64Array.from(reference.auc.scores), Uint8Array.from(label));
    expect(area()).toBeCloseTo(reference.auc.plain, 12);
    expect(area(Uint16Array.from(reference.auc.weights))).toBeCloseTo(reference.auc.weighted, 12);
    const [found, right] = [Uint8Array.from(reference.f1.found), Uint8Array.from(reference.f1.right)];
    expect([0, 1, 2].map((one) => f1(found, right, one))).toEqual(
      reference.f1.classes.map((value: number) => expect.closeTo(value, 12)),
    );
  });
});
