import { InputError } from "../errors.js";
import { exactTransportSync, type MatrixProblem } from "./exact.js";
import { type Points, pointSet } from "./pointSet.js";

/** What points weigh, and the order of the distance. */
export interface EmdOptions {
  /** One weight for each point of `a`, none negative. Default: all points weigh the same. */
  readonly sourceWeights?: ArrayLike<number> | undefined;
  /** Likewise of `b`, with the same sum. */
  readonly targetWeights?: ArrayLike<number> | undefined;
  /** 1: the Earth mover's distance W1. 2: W2, of which squares of lengths are the costs. Default: 1. */
  readonly p?: 1 | 2 | undefined;
}

/** Costs of your own instead of distances between points. */
export interface CostTable {
  /** What it costs to move a unit of mass from source `i` to target `j`, as `costs[i][j]`: finite, of any sign. */
  readonly costs: readonly ArrayLike<number>[];
  /** One weight for each row. Default: all the same. */
  readonly sourceWeights?: ArrayLike<number> | undefined;
  /** One weight for each column, with the same sum. */
  readonly targetWeights?: ArrayLike<number> | undefined;
}

/**
 * The exact Earth mover's distance between two sets of points, which may differ in size: the least that it costs to move the mass of one
 * onto the other, where moving a unit of mass costs the Euclidean distance that it goes,
 *
 *     W1 = min over P >= 0 of sum_ij P_ij |a_i - b_j|   subject to   sum_j P_ij = source weight i,   sum_i P_ij = target weight j
 *
 * `p: 2` gives W2, the root of the same minimum over `|a_i - b_j|^2`. Blocks the thread: 1,000 by 1,000 points take about 0.1 s.
 * `exactTransport` solves the same in turns with other work, and gives the plan, the prices and a proof as well.
 *
 * @param a `[n, dimension]`, as rows, as numbers on the line, or flat as a `PointSet`
 * @param b `[m, dimension]` likewise
 * @param options weights, and the order of the distance. Default: uniform weights, W1
 * @example
 * emd([[0, 0], [1, 0]], [[0, 1], [1, 1]]) // 1: both points move up by one
 * emd([0, 1, 3], [5, 6, 8]) // 5, on the line
 * emd([0, 10], [0, 10], { sourceWeights: [3, 1], targetWeights: [1, 3] }) // 20: two units of mass go 10 far
 * emd({ costs: [[0, 2], [1, 4]] }) // 1.5: the cheaper of both assignments, two entries of half the mass
 * @throws InputError for an empty set, rows of different lengths, points of different dimensions, numbers that are not finite, and weights
 * that are negative, too few or too many, or of different sums
 *
 * Source: a network simplex whose answer is proven optimal without rounding; see `exactTransport`.
 */
export function emd(a: Points, b: Points, options?: EmdOptions): number;
/**
 * The least cost under a table of costs.
 * @param problem costs, with the weights of their rows and columns
 */
export function emd(problem: CostTable): number;
export function emd(a: Points | CostTable, b?: Points, options: EmdOptions = {}): number {
  if ("costs" in a) return exactTransportSync(matrixProblem(a)).distance;
  if (b === undefined) throw new InputError("emd needs two sets of points, emd(a, b), or a table, emd({ costs }).");
  const { sourceWeights, targetWeights, p = 1 } = options;
  const [source, target] = [pointSet(a, sourceWeights, "a"), pointSet(b, targetWeights, "b")];
  return exactTransportSync({ a: source, b: target, cost: p === 1 ? "euclidean" : "squaredEuclidean" }).distance;
}

function matrixProblem({ costs: table, ...weights }: CostTable): MatrixProblem {
  const columns = table[0]?.length ?? 0;
  const costs = new Float64Array(table.length * columns);
  table.forEach((row, i) => {
    if (row.length !== columns)
      throw new InputError(
        `Row ${i} of the costs has ${row.length} entries and row 0 has ${columns}; give each as many.`,
      );
    costs.set(row, i * columns);
  });
  return { costs, rows: table.length, columns, ...weights };
}
