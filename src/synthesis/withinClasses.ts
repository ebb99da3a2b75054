import type { Rng } from "../random.js";
import { cholesky } from "./cholesky.js";
import type { CodedColumn } from "./codedColumn.js";
import type { LatentClasses } from "./latentClasses.js";

/** A column of numbers among coded ones. */
export interface PlacedColumn {
  /** Its place among the columns. */
  readonly column: number;
  /** Cells before the first interval: in them a row has no number. */
  readonly closed: number;
  /** Where in its interval each row's number lies, from 0 to 1, `[rows]`. */
  readonly places: Float32Array;
}

/** Rows that are used at most, and the numbers that are added for them, about a second's work. */
const ROWS = 20_000;
const ADDITIONS = 4e8;
/** A correlation counts as if there were so many rows more without any. */
const ROWS_WITHOUT = 50;
/** How far correlations are drawn to 0 until their matrix is positive definite. */
const SHRINKAGE = [0, 0.01, 0.03, 0.1, 0.3, 1];

/**
 * What numbers have in common within their classes, all classes together: a Gaussian copula for what latent classes, in which columns are
 * independent, leave over. Each row gets a class by its probability of all classes, and u, how much of the class lies below each of its
 * numbers; with rho the correlation of two columns of u, that of the copula is 2 sin(pi rho / 6) (Kruskal 1958, "Ordinal measures of
 * association", section 6), over those rows that have both numbers.
 * @returns the Cholesky factor L of the correlations, `[placed, placed]`: L z has them for z standard normal
 */
export function withinClasses(
  model: LatentClasses,
  columns: readonly CodedColumn[],
  placed: readonly PlacedColumn[],
  rng: Rng,
): Float32Array {
  const ranks = ranksInClasses(model, columns, placed, rng);
  const size = placed.length;
  const correlations = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    correlations[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      const both = copulaCorrelation(ranks[i]!, ranks[j]!);
      correlations[i * size + j] = both;
      correlations[j * size + i] = both;
    }
  }
  for (const shrinkage of SHRINKAGE) {
    const shrunk = correlations.map((value, k) => (k % (size + 1) === 0 ? 1 : (1 - shrinkage) * value));
    const factor = cholesky(shrunk, size);
    if (factor) return Float32Array.from(factor);
  }
  throw new Error("the identity has a Cholesky factor");
}

/** Of each column, how much of its row's class lies below the row's number; NaN where a row has none. */
function ranksInClasses(
  model: LatentClasses,
  columns: readonly CodedColumn[],
  placed: readonly PlacedColumn[],
  rng: Rng,
): Float64Array[] {
  const available = columns[0]?.codes.length ?? 0;
  const classes = model.weights.length;
  const rows = Math.min(available, ROWS, Math.ceil(ADDITIONS / (classes * columns.length)));
  const drawClass = classDraw(model, columns, rng);
  const ranks = placed.map(() => new Float64Array(rows).fill(Number.NaN));
  for (let row = 0; row < rows; row++) {
    const c = drawClass(row);
    for (const [k, { column, closed, places }] of placed.entries()) {
      const { codes, cells } = columns[column]!;
      const cell = codes[row]!;
      if (cell < closed) continue;
      const own = model.columns[column]!.subarray(c * cells + closed, (c + 1) * cells);
      const interval = cell - closed;
      const sumOf = (probabilities: Float32Array) => probabilities.reduce((sum, p) => sum + p, 0);
      const below = sumOf(own.subarray(0, interval)) + own[interval]! * places[row]!;
      const all = sumOf(own);
      if (all > 0) ranks[k]![row] = below / all;
    }
  }
  return ranks;
}

/** Draws the class of a row by p(class | row). */
function classDraw({ weights, columns: chances }: LatentClasses, columns: readonly CodedColumn[], rng: Rng) {
  const classes = weights.length;
  const logWeights = Float64Array.from(weights, Math.log);
  // Of each column the logarithms of all classes side by side.
  const logs = columns.map(({ cells }, j) =>
    Float32Array.from({ length: cells * classes }, (_, k) =>
      Math.log(chances[j]![(k % classes) * cells + Math.floor(k / classes)]!),
    ),
  );
  const scores = new Float64Array(classes);
  return (row: number): number => {
    scores.set(logWeights);
    for (const [j, { codes }] of columns.entries()) {
      const first = codes[row]! * classes;
      const own = logs[j]!;
      for (let c = 0; c < classes; c++) scores[c]! += own[first + c]!;
    }
    const best = scores.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY);
    let all = 0;
    for (let c = 0; c < classes; c++) {
      all += Math.exp(scores[c]! - best);
      scores[c] = all;
    }
    const drawn = rng.uniform() * all;
    const place = scores.findIndex((upTo) => upTo > drawn);
    return Math.max(0, place);
  };
}

/** The correlation of a Gaussian copula by that of its uniform margins, over the rows that have both, drawn to 0 where they are few. */
function copulaCorrelation(a: Float64Array, b: Float64Array): number {
  let [count, sumA, sumB, squareA, squareB, product] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row]! - 0.5, b[row]! - 0.5];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    count++;
    sumA += x;
    sumB += y;
    squareA += x * x;
    squareB += y * y;
    product += x * y;
  }
  const spread = (squareA - sumA ** 2 / count) * (squareB - sumB ** 2 / count);
  if (!(spread > 0)) return 0;
  const correlation = (product - (sumA * sumB) / count) / Math.sqrt(spread);
  return 2 * Math.sin((Math.PI / 6) * Math.min(1, Math.max(-1, correlation))) * (count / (count + ROWS_WITHOUT));
}
