import { drawDistinct } from "../data/drawDistinct.js";
import { createRng, type Rng } from "../random.js";
import { type CodedColumn, cellShares, rowsOf } from "./codedColumn.js";
import { type ClassModel, type Expectation, expectation } from "./expectation.js";

/**
 * A latent class model: a row belongs to class c with probability `weights[c]`, and within a class the columns are independent,
 *
 *     p(row) = sum_c weights[c] prod_j columns[j][c, the row's cell in column j]
 *
 * It is plain data.
 */
export interface LatentClasses {
  /** `[classes]`, from 0, with sum 1. */
  readonly weights: Float32Array;
  /** Of each column, how likely its cells are in each class: `[classes, cells]`, each row with sum 1. */
  readonly columns: readonly Float32Array[];
}

export interface LatentClassOptions {
  /** There are never more than rows. Default: 500. */
  readonly classes?: number | undefined;
  /** Default: 40. */
  readonly iterations?: number | undefined;
  /** Rows that are used at most, drawn at random. How common each cell is by itself is counted in all rows. Default: 50,000. */
  readonly rows?: number | undefined;
  /** Equal seeds give equal bits on one machine. */
  readonly seed: number;
  readonly onProgress?: ((progress: LatentClassProgress) => void) | undefined;
  /** Ends the fit, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface LatentClassProgress {
  /** Iterations done, from 1. */
  readonly iteration: number;
  readonly iterations: number;
  /** The mean of log p(row) over the rows used, in nats, of the model that the iteration started from. */
  readonly logLikelihood: number;
}

/** The share of a class's first probabilities that comes from one row drawn at random; the others come from all rows. */
const OWN_SHARE = 0.3;

/**
 * Fits a latent class model by expectation maximisation. With responsibilities r[i, c] = p(class c | row i) under the present model, n
 * rows, and s_j[v] the share of cell v in column j over all rows, an iteration sets
 *
 *     weights[c] = R[c] / n   with   R[c] = sum_i r[i, c]
 *     columns[j][c, v] = (s_j[v] + sum over rows i in cell v of r[i, c]) / (1 + R[c])
 *
 * so that each class has one pseudo-row with the shares of all rows: a class of few rows stays near them, a class that loses all its rows
 * keeps them at weight 0, and a cell that no row has keeps probability 0. These are the maximum a posteriori estimates under Dirichlet
 * priors with parameters 1 + s_j: no iteration lowers
 *
 *     sum_i log p(row i) + sum_{c, j, v} s_j[v] log columns[j][c, v]
 *
 * Time: `4 rows (sum of cells) classes` operations in each iteration, as matrix products. Memory: at most 64 MB for rows on their way,
 * and 32 bytes for each cell of each class.
 * @throws InputError where there is no column or no row, columns differ in length, or a code is not below its column's `cells`
 *
 * References:
 * [1] Goodman, "Exploratory latent structure analysis using both identifiable and unidentifiable models", Biometrika 61, 1974.
 * [2] Dempster, Laird and Rubin, "Maximum likelihood from incomplete data via the EM algorithm", JRSS B 39, 1977.
 */
export async function fitLatentClasses(
  columns: readonly CodedColumn[],
  { classes = 500, iterations = 40, rows: most = 50_000, seed, onProgress, signal }: LatentClassOptions,
): Promise<LatentClasses> {
  signal?.throwIfAborted();
  const available = rowsOf(columns);
  const shares = sharesOf(columns);
  const rng = createRng(seed);
  const rows = drawDistinct(rng, available, Math.min(available, most)).toSorted();
  const model = firstModel(columns, shares, rows, Math.min(classes, rows.length), rng);
  const step = await expectation(columns, rows, model.classes);
  try {
    for (let iteration = 1; iteration <= iterations; iteration++) {
      const expected = await step.run(model, signal);
      maximise(model, expected, shares, rows.length);
      onProgress?.({ iteration, iterations, logLikelihood: expected.logLikelihood / rows.length });
    }
  } finally {
    await step.release();
  }
  return finished(model, columns);
}

/** The shares of the cells of all columns, one after the other. */
function sharesOf(columns: readonly CodedColumn[]): Float64Array {
  return Float64Array.from(columns.flatMap((column) => [...cellShares(column)]));
}

/** Equal classes, each pulled from the shares of all rows towards a row of its own. */
function firstModel(
  columns: readonly CodedColumn[],
  shares: Float64Array,
  rows: Uint32Array,
  classes: number,
  rng: Rng,
): ClassModel {
  const cells = new Float64Array(shares.length * classes);
  shares.forEach((share, v) => {
    cells.fill((1 - OWN_SHARE) * share, v * classes, (v + 1) * classes);
  });
  drawDistinct(rng, rows.length, classes).forEach((row, c) => {
    let first = 0;
    for (const column of columns) {
      cells[(first + column.codes[rows[row]!]!) * classes + c]! += OWN_SHARE;
      first += column.cells;
    }
  });
  return { classes, cells, weights: new Float64Array(classes).fill(1 / classes) };
}

/** Sets a model to what makes the expected counts likeliest. */
function maximise(
  { classes, weights, cells }: ClassModel,
  { members, counts }: Expectation,
  shares: Float64Array,
  rows: number,
): void {
  for (let c = 0; c < classes; c++) weights[c] = members[c]! / rows;
  for (let v = 0, at = 0; v < shares.length; v++)
    for (let c = 0; c < classes; c++, at++) cells[at] = (shares[v]! + counts[at]!) / (1 + members[c]!);
}

/** A fitted model, class by class. */
function finished({ classes, weights, cells }: ClassModel, columns: readonly CodedColumn[]): LatentClasses {
  let first = 0;
  return {
    weights: Float32Array.from(weights),
    columns: columns.map((column) => {
      const probabilities = new Float32Array(classes * column.cells);
      for (let v = 0; v < column.cells; v++)
        for (let c = 0; c < classes; c++) probabilities[c * column.cells + v] = cells[(first + v) * classes + c]!;
      first += column.cells;
      return probabilities;
    }),
  };
}
