import { type Certificate, certify, type Potentials, type TransportPlan } from "./certificate.js";
import { coarseToFine } from "./coarseToFine.js";
import type { Costs } from "./costs.js";
import { cTransform, transposedCTransform } from "./cTransform.js";
import { exactPivots } from "./exactPivots.js";
import type { SimplexProgress } from "./networkSimplex.js";
import { representable } from "./pointDistance.js";
import { timesPowerOfTwo } from "./powersOfTwo.js";
import type { SpanningTree } from "./spanningTree.js";
import { weightError } from "./weightError.js";
import { type Marginals, wholeUnits } from "./weights.js";

/** The solution of an optimal transport problem. */
export interface ExactTransport {
  /** Least total of mass times cost, `min sum_ij P_ij c_ij`. Squares of lengths beyond 1e154 or below 1e-154 may leave the range of float64. */
  readonly cost: number;
  /** The Wasserstein distance: the root of the cost for `"squaredEuclidean"`, else the cost itself. Right also where the cost is out of range. */
  readonly distance: number;
  /** An optimal plan. */
  readonly plan: TransportPlan;
  /** Prices that prove it optimal. */
  readonly potentials: Potentials;
  /** By how much the plan may be above the optimum at most. */
  readonly certificate: Certificate;
}

/**
 * Solves a checked problem: a network simplex in float64, then pivots without rounding for what it has left. Points without mass take
 * no part in either.
 *
 * @param order what root of the cost the distance is
 */
export function* exactSteps(costs: Costs, masses: Marginals, order: 1 | 2): Generator<SimplexProgress, ExactTransport> {
  const units = wholeUnits(masses.source, masses.target);
  const rows = indicesOfPositive(units.source);
  const columns = indicesOfPositive(units.target);
  const whole = rows.length === costs.rows && columns.length === costs.columns;
  const moving = whole ? costs : costs.restrict(rows, columns);
  const solution = yield* coarseToFine(
    moving,
    Float64Array.from(rows, (i) => units.source[i]!),
    Float64Array.from(columns, (j) => units.target[j]!),
  );
  const proof = yield* exactPivots(moving, solution);
  const { plan, meanCost } = readPlan(solution.tree, rows, columns, masses.total, units.total);
  const potentials = whole ? proof : extended(costs, proof, rows, columns);
  const root = order === 1 ? meanCost : Math.sqrt(meanCost);
  const distance = timesPowerOfTwo(root, -costs.exponent / order) * masses.total ** (1 / order);
  const shift = units.rounded ? weightError(costs, masses, units, plan, potentials) : 0;
  const certificate = certify(costs, masses, units, meanCost, plan, proof.violation, shift);
  const unscaled = (cost: number) => timesPowerOfTwo(cost, -costs.exponent);
  return {
    cost: unscaled(meanCost) * masses.total,
    distance: representable(distance),
    plan,
    potentials: { u: potentials.u.map(unscaled), v: potentials.v.map(unscaled) },
    certificate,
  };
}

function indicesOfPositive(units: Float64Array): Int32Array {
  return Int32Array.from(units.keys()).filter((i) => units[i]! > 0);
}

/** The plan of a tree and its mean cost. */
function readPlan(tree: SpanningTree, rows: Int32Array, columns: Int32Array, total: number, units: number) {
  const source: number[] = [];
  const target: number[] = [];
  const mass: number[] = [];
  let paid = 0;
  tree.forEachFlow((i, j, flow, cost) => {
    source.push(rows[i]!);
    target.push(columns[j - rows.length]!);
    mass.push((flow / units) * total);
    paid += flow * cost;
  });
  const plan = { source: Int32Array.from(source), target: Int32Array.from(target), mass: Float64Array.from(mass) };
  return { plan, meanCost: paid / units };
}

/** Potentials for all points: targets without mass get the largest that the sources with mass allow, then sources likewise. */
function extended(costs: Costs, { u, v }: Potentials, rows: Int32Array, columns: Int32Array): Potentials {
  const all = transposedCTransform(costs, rows, u);
  columns.forEach((column, j) => {
    all[column] = v[j]!;
  });
  return { u: cTransform(costs, all).values, v: all };
}
