import { drawDistinct } from "../data/drawDistinct.js";
import type { Rng } from "../random.js";
import { appendRows } from "../tables/takeRows.js";
import { areaUnderRoc } from "./areaUnderRoc.js";
import { type BinnedColumn, type BinnedTable, binTable } from "./binnedTable.js";
import { type BoostedTrees, boostTrees } from "./boostedTrees.js";
import { encodeRows } from "./encodedRows.js";
import { drawFolds } from "./folds.js";
import { drawWeights, fewerRows, interval, type TablePair, type Work } from "./intervals.js";
import { logisticRegression } from "./logisticRegression.js";
import { networkClassifier } from "./networkClassifier.js";
import type { Detection, Figure, Score } from "./results.js";
import { type Comparisons, ofEach } from "./yardsticks.js";

const FOLDS = 3;
/** With fewer rows of a table, folds would tell nothing. */
const LEAST_ROWS = 10 * FOLDS;
/** Rows of a fold, at most, whose columns are shuffled to see what the trees owe to each. */
const MOST_SHUFFLED = 2000;

const models = ["logistic", "network", "trees"] as const;
type ModelName = (typeof models)[number];

/** Whether models tell two tables apart, by cross-validation: see `Detection`. */
export async function judgeDetection(
  comparisons: Comparisons<TablePair>,
  mostRows: number,
  work: Work,
): Promise<Detection | { skipped: string }> {
  const pairs = [comparisons.synthetic, comparisons.independent, comparisons.real];
  const least = Math.min(...pairs.flatMap(({ real, other }) => [real.rows, other.rows]));
  if (least < LEAST_ROWS)
    return {
      skipped: `There are too few rows to tell: models need ${LEAST_ROWS} of each table and, for the yardstick of real rows, of a holdout or of each half of the real table.`,
    };
  let done = 0;
  const told = (pair: TablePair) => {
    const start = done++ / 3;
    return tellApart(pair, mostRows, { ...work, report: (part) => work.report(start + part / 3) });
  };
  const { synthetic, independent, real } = await ofEach(comparisons, told);
  const { columns } = comparisons.synthetic.real;
  return {
    score: { synthetic: synthetic.score, independent: independent.score, real: real.score },
    models: models.map((name) => ({
      name,
      auc: { synthetic: synthetic.auc[name], independent: independent.auc[name], real: real.auc[name] },
    })),
    rows: synthetic.rows,
    folds: FOLDS,
    columns: columns.map(({ name }, k) => ({ name, loss: synthetic.losses[k]! })).sort((a, b) => b.loss - a.loss),
  };
}

interface Told {
  readonly score: Score;
  readonly auc: Readonly<Record<ModelName, Figure>>;
  /** Of the trees' AUC, where a column is shuffled. */
  readonly losses: Float64Array;
  /** Of each table. */
  readonly rows: number;
}

async function tellApart(pair: TablePair, mostRows: number, { rng, turn, resamples, report }: Work): Promise<Told> {
  const rows = Math.min(mostRows, pair.real.rows, pair.other.rows);
  const table = appendRows(fewerRows(pair.real, rows, rng), fewerRows(pair.other, rows, rng));
  const labels = Uint8Array.from({ length: 2 * rows }, (_, row) => (row < rows ? 1 : 0));
  const targets = Float64Array.from(labels);
  const [binned, encoded] = [binTable(table), encodeRows(table)];
  const folds = drawFolds(rows, FOLDS, rng);
  const network = await networkClassifier(encoded, folds[0]!.training.length, rng.integer(2 ** 31));
  const areas: Record<ModelName, ((weights?: Uint16Array) => number)[]> = { logistic: [], network: [], trees: [] };
  const losses = new Float64Array(table.columns.length);
  try {
    for (const [fold, { training, held }] of folds.entries()) {
      report(fold / FOLDS);
      const trees = await boostTrees(binned, training, targets, { loss: "logistic", turn });
      const logits = {
        logistic: logisticRegression(encoded, training, labels),
        network: await network.classify(training, labels, turn),
        trees: Float64Array.from(labels, (_, row) => trees.predict(binned, row)),
      };
      const own = Uint8Array.from(held, (row) => labels[row]!);
      for (const name of models)
        areas[name].push(
          areaUnderRoc(
            Float64Array.from(held, (row) => logits[name][row]!),
            own,
          ),
        );
      addShuffledLosses(losses, trees, binned, held.subarray(0, MOST_SHUFFLED), labels, rng);
      await turn();
    }
  } finally {
    await network.release();
  }
  const auc = (name: ModelName, weights?: readonly Uint16Array[]) =>
    areas[name].reduce((sum, area, fold) => sum + area(weights?.[fold]), 0) / FOLDS;
  const draws = Array.from({ length: resamples }, () => folds.map(({ held }) => drawWeights(held.length, rng)));
  const figure = (name: ModelName) =>
    interval(
      auc(name),
      Float64Array.from(draws, (weights) => auc(name, weights)),
    );
  const found = { logistic: figure("logistic"), network: figure("network"), trees: figure("trees") };
  const best = models.reduce((most, name) => (found[name].value > found[most].value ? name : most));
  return { score: scoreOf(found[best]), auc: found, losses: losses.map((loss) => loss / FOLDS), rows };
}

/** 1 - max(0, 2 AUC - 1): 1 where a model does no better than a guess, 0 where it tells every row. */
export function detectionScore(auc: number): number {
  return 1 - Math.max(0, 2 * auc - 1);
}

function scoreOf({ value, low, high }: Figure): Score {
  return { value: detectionScore(value), low: detectionScore(high), high: detectionScore(low) };
}

/** Adds to each column's loss by how much the trees' AUC of some rows falls when the column is shuffled among them. */
function addShuffledLosses(
  losses: Float64Array,
  trees: BoostedTrees,
  table: BinnedTable,
  rows: Int32Array,
  labels: Uint8Array,
  rng: Rng,
): void {
  const some = table.columns.map((column) => ({ ...column, bins: bins(column, rows) }));
  const own = Uint8Array.from(rows, (row) => labels[row]!);
  const auc = (columns: readonly BinnedColumn[]) => {
    const scores = Float64Array.from(own, (_, row) => trees.predict({ rows: rows.length, columns }, row));
    return areaUnderRoc(scores, own)();
  };
  const whole = auc(some);
  for (const k of trees.columns) {
    const order = drawDistinct(rng, rows.length, rows.length);
    const shuffled = some.map((column, j) => (j === k ? { ...column, bins: bins(column, order) } : column));
    losses[k]! += whole - auc(shuffled);
  }
}

function bins(column: BinnedColumn, rows: Int32Array | Uint32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => column.bins[row]!);
}
