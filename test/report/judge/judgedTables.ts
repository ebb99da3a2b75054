import type { Figure, Figures, JudgeResults, Scores } from "../../../src/judge/results.js";
import { createRng } from "../../../src/random.js";
import type { ColumnSchema, TableSchema } from "../../../src/tables/schema.js";
import type { Column, Table } from "../../../src/tables/table.js";

/** A name that must not become markup, a steering character, another script, and a very long word. */
export const ODD_NAMES = ['<script>alert("1")</script>', "a'\"&<b>\u001b[31m", "收入 (Einkünfte)", "w".repeat(300)];

const ROWS = 400;

/** A real and a synthetic table with every kind of column, and columns of odd names. */
export function judgedTables(): { readonly real: Table; readonly synthetic: Table; readonly schema: TableSchema } {
  const draw = (seed: number, shift: number): Column[] => {
    const rng = createRng(seed);
    const numbers = (name: string, of: (normal: number) => number): Column => ({
      kind: "numbers",
      name,
      values: Float64Array.from({ length: ROWS }, () => of(rng.normal())),
    });
    const categories = (name: string, texts: readonly string[]): Column => ({
      kind: "categories",
      name,
      categories: texts,
      codes: Int32Array.from(
        { length: ROWS },
        () => Math.floor(rng.uniform() ** (1 + shift) * (texts.length + 0.2)) - 1,
      ),
    });
    return [
      numbers("age", (normal) => Math.round(40 + 12 * normal + 3 * shift)),
      numbers("gain", (normal) => (normal < 0.8 ? 0 : Math.round(Math.exp(8 + 2 * normal)))),
      numbers("income", (normal) => (normal > 2 ? Number.NaN : Math.exp(10 + 1.2 * normal + shift))),
      numbers("joined", (normal) => Math.round(19_000 + 300 * normal)),
      numbers("seen", (normal) => 1.7e12 + 4e9 * normal),
      numbers("at", (normal) => Math.min(86_399, Math.max(0, Math.round(43_200 + 9000 * normal)))),
      categories("education", [
        "Bachelors",
        "HS-grad",
        "Masters",
        "Some-college",
        "11th",
        "Doctorate",
        "9th",
        "12th",
        "1st-4th",
        "Preschool",
      ]),
      categories("sex", ["Female", "Male"]),
      ...ODD_NAMES.map((name) => categories(name, [...ODD_NAMES])),
    ];
  };
  const columns = draw(1, 0);
  const format = (pattern: string) => ({ pattern, weight: 1, offset: 0 });
  const range: [number, number] = [0, 1];
  const typeOf = (column: Column): ColumnSchema => {
    const common = { name: column.name, missing: [] };
    if (column.kind === "categories") return { ...common, type: "category", categories: [...column.categories] };
    if (column.name === "joined")
      return { ...common, type: "date", formats: [format("yyyy-MM-dd")], range, step: "day" };
    if (column.name === "seen")
      return { ...common, type: "timestamp", formats: [format("yyyy-MM-dd HH:mm:ss")], range, step: 1 };
    if (column.name === "at") return { ...common, type: "time", formats: [format("HH:mm")], range, step: 1 };
    return { ...common, type: "decimal", decimals: null, range };
  };
  return {
    real: { name: "customers.csv", rows: ROWS, columns },
    synthetic: { name: "synthetic.csv", rows: ROWS, columns: draw(2, 0.3) },
    schema: { columns: columns.map(typeOf), rules: [], together: [] },
  };
}

const figure = (value: number, half = 0): Figure => ({ value, low: value - half, high: value + half });
const figures = (synthetic: number, independent: number, real: number, half = 0.01): Figures => ({
  synthetic: figure(synthetic, half),
  independent: figure(independent, half),
  real: figure(real, half),
});
const scores: (synthetic: number, independent: number, real: number) => Scores = (synthetic, independent, real) =>
  figures(synthetic, independent, real, Math.min(0.01, 1 - synthetic, 1 - independent, 1 - real, independent));

/** Results as `judge` gives them, of made-up figures. */
export function judgedResults(change: Partial<JudgeResults> = {}): JudgeResults {
  const { real, synthetic } = judgedTables();
  const names = real.columns.map(({ name }) => name);
  const matrix = (strength: number) =>
    names.map((_, i) => names.map((_, j) => (i === 7 ? null : i === j ? 1 : Math.cos(3 * i + 3 * j) * strength)));
  const edges = Array.from({ length: 21 }, (_, i) => i / 20);
  const bell = (at: number) => {
    const heights = edges.slice(1).map((edge) => Math.exp(-(((edge - at) / 0.12) ** 2)));
    const total = heights.reduce((sum, height) => sum + height, 0);
    return heights.map((height) => height / total);
  };
  const cellsOf = (table: Table, row: number) =>
    table.columns.map((column) => {
      if (column.kind === "categories") return column.categories[column.codes[row]!] ?? null;
      const value = column.values[row]!;
      return Number.isNaN(value) ? null : value;
    });
  return {
    version: 1,
    real: { name: real.name, rows: real.rows },
    synthetic: { name: synthetic.name, rows: synthetic.rows },
    holdout: null,
    seed: 0,
    bootstrap: 100,
    shape: {
      score: scores(0.953, 0.998, 0.985),
      columns: real.columns.map((column, i) => ({
        name: column.name,
        measure: column.kind === "numbers" ? "kolmogorov-smirnov" : "total-variation",
        score: scores(0.8 + 0.015 * i, 0.99, 0.98),
        distance: column.kind === "numbers" ? { synthetic: 3.2, independent: 0.1, real: 0.9 } : null,
        missing: { real: 0, synthetic: 0 },
      })),
    },
    trend: {
      score: scores(0.941, 0.81, 0.982),
      pairs: names.slice(1).map((name, i) => ({
        columns: [names[i]!, name],
        measure: "contingency",
        score: { synthetic: 0.7 + 0.02 * i, independent: 0.6, real: 0.97 },
      })),
      counted: 66,
      possible: 66,
      associations: { columns: names, real: matrix(0.8), synthetic: matrix(0.6) },
    },
    detection: {
      score: scores(0.41, 0.07, 0.97),
      models: [
        { name: "logistic", auc: figures(0.64, 0.71, 0.51) },
        { name: "network", auc: figures(0.75, 0.93, 0.5) },
        { name: "trees", auc: figures(0.795, 0.96, 0.51) },
      ],
      rows: 400,
      folds: 5,
      columns: names.map((name, i) => ({ name, loss: 0.2 / (i + 1) })),
    },
    distance: {
      score: scores(0.72, 0, 1),
      distance: figures(0.41, 0.81, 0.29),
      rows: 400,
      sets: 4,
      pValue: 0.01,
      permutations: 99,
      observed: 0.42,
      permuted: Array.from({ length: 99 }, (_, i) => 0.28 + 0.02 * Math.cos(i) ** 3).sort((a, b) => a - b),
    },
    utility: {
      target: "sex",
      chosen: true,
      task: "classes",
      score: scores(0.91, 0.1, 1),
      measures: [
        { name: "auc", value: figures(0.874, 0.55, 0.912), guess: 0.5 },
        { name: "f1", value: figures(0.66, 0.3, 0.7), guess: 0.4 },
      ],
      rows: { training: 300, test: 100 },
    },
    privacy: {
      score: scores(0.94, 1, 0.98),
      measures: [
        {
          name: "copies",
          title: "Exact copies",
          summary: "Share of synthetic rows that equal a real one; lower is better.",
          value: figures(0.002, 0, 0.003, 0),
          score: scores(1, 1, 1),
        },
        {
          name: "closestDistance",
          title: "Distance to the closest row",
          summary: "Median; higher is further.",
          value: figures(0.18, 0.3, 0.2),
          score: null,
        },
        {
          name: "closerToTraining",
          title: "Closer to training than to holdout",
          summary: "Share; half is right.",
          value: figures(0.53, 0.5, 0.5),
          score: scores(0.94, 1, 0.98),
        },
      ],
      rows: { synthetic: 400, training: 400, holdout: 0 },
      distances: { edges, training: bell(0.35), holdout: null, real: bell(0.4) },
      columns: names,
      pairs: [0, 1, 2, 3].map((row) => ({
        distance: row / 10,
        synthetic: { row, cells: row === 0 ? cellsOf(real, 0) : cellsOf(synthetic, row) },
        real: { row, cells: cellsOf(real, row) },
      })),
    },
    notes: ["Without a holdout, halves of the real table stand in for it."],
    ...change,
  };
}
