import { InputError } from "../errors.js";
import { atOnce, inTurns } from "../parallel/turns.js";
import {
  type Costs,
  matrixCosts,
  type PointCost,
  pointCosts,
  storedBytes,
  storedBytesBesideTree,
  treeDimensions,
} from "./costs.js";
import { type ExactTransport, exactSteps } from "./exactSteps.js";
import type { SimplexProgress } from "./networkSimplex.js";
import { euclideanDistance } from "./pointDistance.js";
import { countPoints, type PointSet, requireSameDimension } from "./pointSet.js";
import { largestSize } from "./powersOfTwo.js";
import { type Marginals, marginals } from "./weights.js";

/** Transport between two weighted point sets. */
export interface PointProblem {
  /** Where mass comes from. */
  readonly a: PointSet;
  /** Where mass goes, of the same dimension. */
  readonly b: PointSet;
  /** `"euclidean"` (the default): `|x - y|`, the optimum is W1. `"squaredEuclidean"`: `|x - y|^2`, the optimum is the square of W2. */
  readonly cost?: PointCost | undefined;
}

/** Transport under any costs. */
export interface MatrixProblem {
  /** `[rows, columns]`, finite, of any sign. */
  readonly costs: Float64Array;
  /** How many sources there are. */
  readonly rows: number;
  /** How many targets there are. */
  readonly columns: number;
  /** `[rows]`, none negative. Default: uniform. */
  readonly sourceWeights?: ArrayLike<number> | undefined;
  /** `[columns]`, with the same sum. */
  readonly targetWeights?: ArrayLike<number> | undefined;
}

/** What is to be moved and what that costs: by points, or by a matrix of costs. */
export type TransportProblem = PointProblem | MatrixProblem;

/** The memory of the exact solver, and reports of its progress. */
export interface ExactOptions {
  /** Called now and then while a long problem is being solved. */
  readonly onProgress?: ((progress: SimplexProgress) => void) | undefined;
  /** How many bytes the solver may take. Default: 4 GiB. */
  readonly memoryLimit?: number | undefined;
}

/** The memory of the exact solver, reports of its progress, and a signal that ends it. */
export interface AsyncExactOptions extends ExactOptions {
  /** Ends the work; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Tree, shortlist and potentials, for each point. */
const bytesPerPoint = 2000;
const defaultMemory = 4 * 2 ** 30;

/**
 * Exact optimal transport, in turns with other work of the thread (the longest turn is about half a second for 5,000 by 5,000 points;
 * `exactTransportInThread` keeps the thread free altogether):
 *
 *     min over P >= 0 of sum_ij P_ij c_ij   subject to   sum_j P_ij = a_i,   sum_i P_ij = b_j
 *     = max over u, v of sum_i a_i u_i + sum_j b_j v_j   subject to   u_i + v_j <= c_ij
 *
 * by a network simplex in float64, whose end is checked and where necessary mended without rounding. So the plan is optimal at every
 * scale: the certificate bounds the gap relative to the plan's own cost, and to that of each part of it, however far costs lie apart
 * (points of 1e-200 beside points of 1e200, sentinels such as -999999, matrix entries of 1e300 that mean "forbidden"). Costs as
 * float64 holds them are taken as exact. Where such costs meet in one connected plan, mending may take many times as long as the rest.
 *
 * Memory for `n` and `m` points: costs between points take `8 n m` bytes up to 2 GiB, and their lower bounds `4 n m` bytes up to 2 GiB above
 * that (512 MiB in 6 dimensions or fewer, where a tree then finds the arcs that matter); beyond, they are computed on the fly. A given
 * matrix is not copied, except for its part with mass where some weights are zero; samples of the points take a tenth of that;
 * everything else takes about 2 kB a point.
 *
 * @param problem two weighted point sets, or a matrix of costs
 * @param options memory, progress and a signal
 * @example
 * const { cost, plan } = await exactTransport({
 *   a: { points: Float64Array.of(0, 0, 1, 0), dimension: 2 },
 *   b: { points: Float64Array.of(0, 1, 1, 1), dimension: 2 },
 * }); // cost 1: each point moves up by 1, plan.source [0, 1], plan.target [0, 1], plan.mass [0.5, 0.5]
 *
 * @throws InputError for an empty set, points of different dimensions, coordinates or costs that are not finite, a matrix of the
 * wrong size, weights that are negative, not finite, too few or too many, or of different sums, a problem larger than the
 * memory allowed (with the estimate, before it starts), and a distance, or squares of distances, that float64 cannot hold
 *
 * References:
 * [1] Bonneel, van de Panne, Paris & Heidrich, "Displacement interpolation using Lagrangian mass transport", SIGGRAPH Asia 2011.
 * [2] Gottschlich & Schuhmacher, "The shortlist method for fast computation of the Earth Mover's Distance", PLoS ONE 9(10), 2014.
 * [3] Cunningham, "A network simplex method", Mathematical Programming 11, 1976.
 */
export async function exactTransport(
  problem: TransportProblem,
  options: AsyncExactOptions = {},
): Promise<ExactTransport> {
  return inTurns(start(problem, options), options);
}

/**
 * `exactTransport` without pauses: the thread does nothing else until the answer is there. For small problems (1,000 by 1,000 points take about 0.1 s).
 * @param problem two weighted point sets, or a matrix of costs
 * @param options memory and progress
 */
export function exactTransportSync(problem: TransportProblem, options: ExactOptions = {}): ExactTransport {
  return atOnce(start(problem, options), options.onProgress);
}

function* start(
  problem: TransportProblem,
  { memoryLimit = defaultMemory }: ExactOptions,
): Generator<SimplexProgress, ExactTransport> {
  if ("costs" in problem) {
    const { costs, masses } = matrixProblem(problem, memoryLimit);
    return yield* exactSteps(costs, masses, 1);
  }
  const { costs, masses } = pointProblem(problem, memoryLimit);
  if (problem.cost !== "squaredEuclidean") return yield* exactSteps(costs, masses, 1);
  const solution = yield* exactSteps(costs, masses, 2);
  requireSquares(problem, solution);
  return solution;
}

/** Throws `InputError` where squares of distances that the plan goes have vanished beside those between other points. */
function requireSquares({ a, b }: PointProblem, { plan, distance }: ExactTransport): void {
  const largest = largestSize(a.points, b.points);
  if (distance >= largest * 2 ** -880) return;
  plan.source.forEach((i, k) => {
    const gone = euclideanDistance(a.points, i, b.points, plan.target[k]!, a.dimension);
    if (gone > 0 && gone < largest * 2 ** -910)
      throw new InputError(
        `The points are up to ${largest} and move by as little as ${gone}; float64 does not hold the squares of both. Take W1 (on the command line --p 1), or leave out the points far from the rest.`,
      );
  });
}

function matrixProblem(problem: MatrixProblem, memoryLimit: number): { costs: Costs; masses: Marginals } {
  const { rows, columns } = problem;
  const costs = matrixCosts(problem.costs, rows, columns);
  requireMemory(rows, columns, memoryLimit);
  return { costs, masses: marginals(rows, columns, problem.sourceWeights, problem.targetWeights) };
}

function pointProblem(
  { a, b, cost = "euclidean" }: PointProblem,
  memoryLimit: number,
): { costs: Costs; masses: Marginals } {
  const rows = countPoints(a, "a");
  const columns = countPoints(b, "b");
  requireSameDimension(a, b);
  requireMemory(rows, columns, memoryLimit);
  const masses = marginals(rows, columns, a.weights, b.weights);
  const most = a.dimension <= treeDimensions ? storedBytesBesideTree : storedBytes;
  const storable = Math.min(most, memoryLimit - bytesPerPoint * (rows + columns));
  const costs = pointCosts(a.points, b.points, a.dimension, cost, storable);
  return { costs, masses };
}

function requireMemory(rows: number, columns: number, memoryLimit: number): void {
  const needed = bytesPerPoint * (rows + columns);
  if (needed > memoryLimit)
    throw new InputError(
      `Exact transport between ${rows} and ${columns} points needs about ${gibibytes(needed)} GiB, more than the ${gibibytes(memoryLimit)} GiB allowed; take fewer points or allow more (memoryLimit, on the command line --memory).`,
    );
}

function gibibytes(bytes: number): string {
  return (bytes / 2 ** 30).toPrecision(2);
}
