import { InputError } from "../errors.js";
import { type CategoryTransport, categoryPrices, choose, totalVariation } from "./categoryTransport.js";

export interface CalibrationOptions {
  /**
   * Whether categories are drawn by adding Gumbel noise of scale 1 to these logits, which do not have it yet. What rows get is then
   * softmax(logits), the exact mean over the noise, instead of one draw for each row: rare categories come out much nearer. Default:
   * false, a row gets its highest logit.
   */
  readonly gumbel?: boolean | undefined;
}

export interface Calibration {
  /** What to add to logits, `[categories]`. A category whose target is 0 gets -1e9. */
  readonly bias: Float32Array;
  /** The total variation between what rows get with it and the target: half the sum of absolute differences, in [0, 1]. */
  readonly error: number;
  /** The mass that the bias moves between categories, in [0, 1]: the share of rows that change, with `gumbel` of what they get. */
  readonly moved: number;
}

/** Added to logits of what must never be chosen. Finite, so that JSON and float32 hold it. */
const NEVER = -1e9;
/** Logits that are used at most. */
const MOST_LOGITS = 2 ** 22;

/**
 * The bias that gives each category its target share:
 *
 *     share of rows i with argmax over k of (logits[i, k] + bias[k]) equal to j  =  target[j]
 *
 * It solves an optimal transport problem between rows and categories, at cost -logits. Of all ways to give each category its target share
 * of the rows, `argmax(logits + bias)` is the one with the highest mean logit of what rows get: those change that lose least by it. The
 * biases are the prices of the dual problem and maximise the concave function
 *
 *     sum_k target[k] bias[k] - mean over i of max_k (logits[i, k] + bias[k])
 *
 * whose gradient is the target minus the present shares. Between two categories this is transport on the line: rows are sorted by the
 * difference of their logits and cut at a quantile. With `gumbel`, log sum exp takes the place of the maximum, which adds an entropy of
 * weight 1 to the problem.
 *
 * Rows that tie in all their logits cannot be parted by a bias; `error` says what is left.
 * @param logits `[rows, categories]`. Of more than 4 million those of the first rows are used.
 * @param target `[categories]`, from 0; their sum counts as 1
 * @throws InputError where the logits are not whole rows, or targets are negative, not finite or all 0
 *
 * Reference: Peyre & Cuturi, "Computational Optimal Transport", 2019, sections 5.2 (semi-discrete) and 5.3 (entropic).
 */
export function calibrateLogits(
  logits: Float32Array,
  target: ArrayLike<number>,
  { gumbel = false }: CalibrationOptions = {},
): Calibration {
  const shares = normalised(target);
  const categories = shares.length;
  if (logits.length % categories !== 0)
    throw new InputError(`${logits.length} logits are not whole rows of ${categories} categories.`);
  const rows = Math.min(logits.length / categories, Math.floor(MOST_LOGITS / categories));
  const used = logits.subarray(0, rows * categories);
  const epsilon = gumbel ? 1 : 0;
  // The price of a category that no row may get is infinite: it has no part in the problem.
  const open = [...shares.keys()].filter((k) => shares[k]! > 0);
  const problem: CategoryTransport = {
    logits: open.length === categories ? used : picked(used, categories, open),
    rows,
    target: Float64Array.from(open, (k) => shares[k]!),
  };
  const bias = new Float32Array(categories).fill(NEVER);
  categoryPrices(problem, epsilon).forEach((price, at) => {
    bias[open[at]!] = price;
  });
  return { bias, ...effectOf(used, shares, bias, epsilon) };
}

function normalised(target: ArrayLike<number>): Float64Array {
  const shares = Float64Array.from(target);
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0 && total < Infinity) || shares.some((share) => share < 0))
    throw new InputError("Shares to calibrate to must be finite numbers from 0, and not all 0.");
  return shares.map((share) => share / total);
}

/** Some columns of rows. */
function picked(rows: Float32Array, width: number, columns: readonly number[]): Float32Array {
  const found = new Float32Array((rows.length / width) * columns.length);
  for (let from = 0, to = 0; from < rows.length; from += width)
    for (const column of columns) found[to++] = rows[from + column]!;
  return found;
}

function effectOf(logits: Float32Array, target: Float64Array, bias: Float32Array, epsilon: number) {
  const categories = target.length;
  const rows = logits.length / categories;
  const [free, priced] = [new Float64Array(categories), Float64Array.from(bias)];
  const [before, after] = [new Float32Array(categories), new Float32Array(categories)];
  const shares = new Float64Array(categories);
  let moved = 0;
  for (let at = 0; at < logits.length; at += categories) {
    choose(logits, at, free, epsilon, before, 0);
    choose(logits, at, priced, epsilon, after, 0);
    for (let k = 0; k < categories; k++) {
      shares[k]! += after[k]! / rows;
      moved += Math.abs(after[k]! - before[k]!) / (2 * rows);
    }
  }
  return { error: totalVariation(shares, target), moved };
}
