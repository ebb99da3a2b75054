import { type Certificate, certify, type Potentials, type TransportPlan } from "./certificate.js";
import { coarseToFine } from "./coarseToFine.js";
import type { Costs } from "./costs.js";
import type { SimplexProgress, SimplexSolution } from "./networkSimplex.js";
import { type Marginals, wholeUnits } from "./weights.js";

/** The solution of an optimal transport problem. */
export interface ExactTransport {
  /** Least total of mass times cost, `min sum_ij P_ij c_ij`. */
  readonly cost: number;
  readonly plan: TransportPlan;
  readonly potentials: Potentials;
  readonly certificate: Certificate;
}

/** Solves a checked problem. Points without mass take no part in the simplex; their potentials are the c-transforms of the others'. */
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
  const potentials = whole ? solution.potentials : extend(costs, solution.potentials, rows, columns);
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

/** Potentials for all points: `u_i = min_j (c_ij - v_j)` over the targets that have one, then `v_j = min_i (c_ij - u_i)`. */
function extend(costs: Costs, known: Potentials, rows: Int32Array, columns: Int32Array): Potentials {
  const u = new Float64Array(costs.rows).fill(Infinity);
  const v = new Float64Array(costs.columns).fill(Infinity);
  rows.forEach((row, i) => {
    u[row] = known.u[i]!;
  });
  columns.forEach((column, j) => {
    v[column] = known.v[j]!;
  });
  const missing = Int32Array.from(v.keys()).filter((j) => v[j] === Infinity);
  for (let i = 0; i < costs.rows; i++) {
    const row = costs.row(i);
    if (u[i] === Infinity) for (const j of columns) u[i] = Math.min(u[i]!, row[j]! - v[j]!);
    for (const j of missing) v[j] = Math.min(v[j]!, row[j]! - u[i]!);
  }
  return { u, v };
}
