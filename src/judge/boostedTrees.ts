import type { BinnedTable } from "./binnedTable.js";
import { addColumns, growTree, type Tree, treeValue } from "./regressionTree.js";

/** What is predicted: the logit of a share between 0 and 1, or a number. */
export type TreeLoss = "logistic" | "squared";

export interface BoostedTreesOptions {
  readonly loss: TreeLoss;
  /** Default: 100. */
  readonly trees?: number | undefined;
  /** What each tree is multiplied by. Default: 0.1. */
  readonly learningRate?: number | undefined;
  /** Default: 31. */
  readonly leaves?: number | undefined;
  /** Rows in a leaf at least. Default: 20. */
  readonly leafRows?: number | undefined;
  /** Awaited between trees. Default: nothing is. */
  readonly turn?: (() => Promise<void>) | undefined;
}

/** Predicts a row of a table whose bins are those that it was trained on: the logit, or the number. */
export interface BoostedTrees {
  /** The places of the columns that they look at. */
  readonly columns: ReadonlySet<number>;
  predict(table: BinnedTable, row: number): number;
}

/**
 * Gradient boosting of decision trees on binned columns: each tree is fitted to the gradient and the curvature of the loss at what those before
 * it predict, and grown leaf by leaf where it gains most. Categories are split by the order of their mean gradient, missing values go to the
 * side that gains more. As scikit-learn's HistGradientBoosting with its defaults, without early stopping.
 *
 * @param rows the places of the rows to train on
 * @param targets of all rows of the table: 0 or 1, or numbers
 *
 * Source: Ke et al., "LightGBM: A Highly Efficient Gradient Boosting Decision Tree", NeurIPS 2017.
 */
export async function boostTrees(
  table: BinnedTable,
  rows: Int32Array,
  targets: Float64Array,
  { loss, trees = 100, learningRate = 0.1, leaves = 31, leafRows = 20, turn }: BoostedTreesOptions,
): Promise<BoostedTrees> {
  let mean = 0;
  for (const row of rows) mean += targets[row]! / rows.length;
  const start = loss === "squared" ? mean : logit(mean);
  const predictions = new Float64Array(table.rows).fill(start);
  const gradients = new Float64Array(table.rows);
  const curvatures = new Float64Array(table.rows).fill(1);
  const grown: Tree[] = [];
  for (let k = 0; k < trees; k++) {
    for (const row of rows) {
      if (loss === "squared") gradients[row] = predictions[row]! - targets[row]!;
      else {
        const share = 1 / (1 + Math.exp(-predictions[row]!));
        gradients[row] = share - targets[row]!;
        curvatures[row] = share * (1 - share);
      }
    }
    const tree = growTree(table, rows, { gradients, curvatures, leaves, leafRows, scale: learningRate });
    for (const row of rows) predictions[row]! += treeValue(tree, table, row);
    grown.push(tree);
    await turn?.();
  }
  const columns = new Set<number>();
  for (const tree of grown) addColumns(tree, columns);
  return { columns, predict: (other, row) => grown.reduce((sum, tree) => sum + treeValue(tree, other, row), start) };
}

/** Of a share that no finite logit has, the one of a share that is next to it. */
function logit(share: number): number {
  const inside = Math.min(1 - 1e-9, Math.max(1e-9, share));
  return Math.log(inside / (1 - inside));
}
