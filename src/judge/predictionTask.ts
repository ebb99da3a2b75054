import type { CategoryColumn, Column } from "../tables/table.js";
import { areaUnderRoc } from "./areaUnderRoc.js";
import type { BinnedTable } from "./binnedTable.js";
import { boostTrees } from "./boostedTrees.js";
import type { Utility } from "./results.js";

type MeasureName = Utility["measures"][number]["name"];

/** What predictions of the rows of a test are worth, by how often each row counts. Default: once. */
export type Evaluation = (weights?: Uint16Array) => Float64Array;

/** What is predicted, and how it is measured. */
export interface PredictionTask {
  readonly task: Utility["task"];
  readonly measures: readonly MeasureName[];
  /** What the measures are of a model that says the same of every row. */
  readonly guesses: readonly number[];
  /** What is to be predicted of each row: a number, or the place of a class; NaN where it is not known. */
  targetsOf(column: Column): Float64Array;
  /**
   * Trains boosted trees on some rows and tests them on others.
   * @param targets of all rows of the table, all known
   */
  train(
    table: BinnedTable,
    targets: Float64Array,
    rows: { readonly training: Int32Array; readonly test: Int32Array },
    turn: () => Promise<void>,
  ): Promise<Evaluation>;
}

/** Of more classes the most frequent ones are told apart, and all others count as one. */
const MOST_CLASSES = 12;
/** Rows of a class at least. */
const LEAST_ROWS = 10;

/**
 * Predicting a column.
 * @param column of real rows
 * @returns `null` where there is nothing to predict: fewer than two values come often enough
 */
export function predictionTask(column: Column): PredictionTask | null {
  if (column.kind === "categories") return classTask(column);
  const present = column.values.filter((value) => !Number.isNaN(value));
  return present.some((value) => value !== present[0]) ? numberTask : null;
}

const numberTask: PredictionTask = {
  task: "numbers",
  measures: ["r2"],
  guesses: [0],
  targetsOf: (column) =>
    column.kind === "numbers" ? column.values : new Float64Array(column.codes.length).fill(Number.NaN),
  async train(table, targets, { training, test }, turn) {
    const trees = await boostTrees(table, training, targets, { loss: "squared", turn });
    const found = Float64Array.from(test, (row) => trees.predict(table, row));
    const right = Float64Array.from(test, (row) => targets[row]!);
    return (weights) => Float64Array.of(determination(found, right, weights));
  },
};

/** R^2 = 1 - sum (found - right)^2 / sum (right - mean right)^2; 0 where all of `right` are equal. */
function determination(found: Float64Array, right: Float64Array, weights?: Uint16Array): number {
  let [count, sum, rest, spread] = [0, 0, 0, 0];
  const weight = (i: number) => (weights ? weights[i]! : 1);
  for (let i = 0; i < right.length; i++) {
    count += weight(i);
    sum += weight(i) * right[i]!;
  }
  for (let i = 0; i < right.length; i++) {
    rest += weight(i) * (found[i]! - right[i]!) ** 2;
    spread += weight(i) * (right[i]! - sum / count) ** 2;
  }
  return spread > 0 ? 1 - rest / spread : 0;
}

function classTask({ categories, codes }: CategoryColumn): PredictionTask | null {
  const counts = new Float64Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const frequent = [...counts.keys()]
    .filter((code) => counts[code]! >= LEAST_ROWS)
    .sort((i, j) => counts[j]! - counts[i]!);
  const others = frequent.length > MOST_CLASSES;
  const classes = others ? MOST_CLASSES + 1 : frequent.length;
  if (classes < 2) return null;
  const places = new Map(frequent.map((code, place) => [code, Math.min(place, MOST_CLASSES)]));
  const largest = counts[frequent[0]!]! / frequent.reduce((sum, code) => sum + counts[code]!, 0);
  /** Each class against all others; of two the rarer one says all. */
  const told = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  return {
    task: "classes",
    measures: ["auc", "f1"],
    guesses: [0.5, classes === 2 ? 0 : (2 * largest) / (1 + largest) / classes],
    targetsOf: (column) =>
      column.kind === "categories"
        ? Float64Array.from(column.codes, (code) => places.get(code) ?? Number.NaN)
        : new Float64Array(column.values.length).fill(Number.NaN),
    async train(table, targets, { training, test }, turn) {
      const right = Uint8Array.from(test, (row) => targets[row]!);
      const logits: Float64Array[] = [];
      for (const one of told) {
        const own = targets.map((target) => (target === one ? 1 : 0));
        const trees = await boostTrees(table, training, own, { loss: "logistic", turn });
        logits.push(Float64Array.from(test, (row) => trees.predict(table, row)));
      }
      const areas = told.map((one, k) =>
        areaUnderRoc(
          logits[k]!,
          right.map((place) => (place === one ? 1 : 0)),
        ),
      );
      const found = right.map((_, i) => {
        if (classes === 2) return logits[0]![i]! > 0 ? 1 : 0;
        return told.reduce((most, one) => (logits[one]![i]! > logits[most]![i]! ? one : most));
      });
      return (weights) =>
        Float64Array.of(
          mean(areas.map((area) => area(weights))),
          mean(told.map((one) => f1(found, right, one, weights))),
        );
    },
  };
}

/** F1 = 2 TP / (2 TP + FP + FN) of a class, 0 where it neither comes nor is found. */
export function f1(found: Uint8Array, right: Uint8Array, one: number, weights?: Uint16Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < right.length; i++) {
    const weight = weights ? weights[i]! : 1;
    if (found[i] === one && right[i] === one) both += weight;
    if (found[i] === one) either += weight;
    if (right[i] === one) either += weight;
  }
  return either > 0 ? (2 * both) / either : 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
