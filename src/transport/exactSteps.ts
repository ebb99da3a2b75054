import { type Certificate, certify, type Potentials, type TransportPlan } from "./certificate.js";
import { coarseToFine } from "./coarseToFine.js";
import type { Costs } from "./costs.js";
import type { SimplexProgress, SimplexSolution } from "./networkSimplex.js";
import { sourcePotentials, targetPotentials } from "./reducedCosts.js";
import { type Marginals, wholeUnits } from "./weights.js";

/** The solution of an optimal transport problem. */
export interface ExactTransport {
  /** Least total of mass times cost, `min sum_ij P_ij c_ij`. */
  readonly cost: number;
  readonly plan: TransportPlan;
  readonly potentials: Potentials;
  readonly certificate: Certificate;
}

/**
 * Solves a checked problem. Points without mass take no part in the simplex. The potentials of the targets are those of the simplex,
 * and those of the sources their c-transform, so that they are feasible whatever rounding the simplex has left.
 */
export function* exactSteps(costs: Costs, masses: Marginals): Generator<SimplexProgress, ExactTransport> {
  const units = wholeUnits(masses.source, masses.target);
  const rows = indicesOfPositive(units.source);
  const columns = indicesOfPositive(units.target);
  const whole = rows.length === costs.rows && columns.length === costs.columns;
  const solution = yield* coarseToFine(
    whole ? costs : costs.restrict(rows, columns),
    Float64Array.from(rows, (i) => units.source[i]!),
    Float64Array.from(columns, (j) => units.target[j]!),
  );
  const plan = readPlan(solution, rows, columns, masses.total / units.total);
  const v = whole ? solution.potentials.v : extendTargets(costs, solution.potentials, rows, columns);
  const potentials = { u: sourcePotentials(costs, v), v };
  let cost = 0;
  for (let k = 0; k < plan.mass.length; k++) cost += plan.mass[k]! * costs.at(plan.source[k]!, plan.target[k]!);
  return { cost, plan, potentials, certificate: certify(costs, masses, cost, plan, potentials) };
}

function indicesOfPositive(units: Float64Array): Int32Array {
  return Int32Array.from(units.keys()).filter((i) => units[i]! > 0);
}

function readPlan(
  { forEachFlow }: SimplexSolution,
  rows: Int32Array,
  columns: Int32Array,
  unitMass: number,
): TransportPlan {
  const source: number[] = [];
  const target: number[] = [];
  const mass: number[] = [];
  forEachFlow((i, j, flow) => {
    source.push(rows[i]!);
    target.push(columns[j - rows.length]!);
    mass.push(flow * unitMass);
  });
  return { source: Int32Array.from(source), target: Int32Array.from(target), mass: Float64Array.from(mass) };
}

/** Potentials for all targets: those without mass get the largest that the sources with mass allow. */
function extendTargets(costs: Costs, { u, v }: Potentials, rows: Int32Array, columns: Int32Array): Float64Array {
  const extended = targetPotentials(costs, rows, u);
  columns.forEach((column, j) => {
    extended[column] = v[j]!;
  });
  return extended;
}
