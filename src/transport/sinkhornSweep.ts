import type { Costs } from "./costs.js";

/** Entropic transport in the making: shares of the mass that sum to 1 on either side, and potentials that are changed in place. */
export interface EntropicState {
  readonly costs: Costs;
  readonly source: Float64Array;
  readonly target: Float64Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** What the plan `P_ij = a_i b_j exp((u_i + v_j - c_ij) / epsilon)` is after a sweep. */
export interface SweptPlan {
  readonly columnSums: Float64Array;
  /** `sum P_ij c_ij`. */
  readonly cost: number;
}

/** Terms below `exp` of this vanish beside the largest term of their row, which is 1. */
const negligible = -50;
/** Sums below this have lost digits to underflow. */
const smallestSum = 1e-290;

/**
 * Sets `u_i = -epsilon log sum_j b_j exp((v_j - c_ij) / epsilon)`, so that each row of the plan has its mass, and sums the plan's columns
 * on the way: the exponentials that give `u` are, once divided by their sum, the row of the plan. One exponential a pair serves both.
 */
export function sweep({ costs, source, target, u, v }: EntropicState, epsilon: number): SweptPlan {
  const { rows, columns } = costs;
  const inverse = 1 / epsilon;
  const weighted = v.map((potential, j) => potential * inverse + Math.log(target[j]!));
  const terms = new Float64Array(columns);
  const columnSums = new Float64Array(columns);
  let cost = 0;
  for (let i = 0; i < rows; i++) {
    const row = costs.row(i);
    let largest = -Infinity;
    for (let j = 0; j < columns; j++) {
      const exponent = weighted[j]! - row[j]! * inverse;
      terms[j] = exponent;
      if (exponent > largest) largest = exponent;
    }
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const exponent = terms[j]! - largest;
      const term = exponent > negligible ? Math.exp(exponent) : 0;
      terms[j] = term;
      sum += term;
    }
    u[i] = -epsilon * (largest + Math.log(sum));
    const scale = source[i]! / sum;
    for (let j = 0; j < columns; j++) {
      const mass = scale * terms[j]!;
      columnSums[j]! += mass;
      cost += mass * row[j]!;
    }
  }
  return { columnSums, cost };
}

/** Sets `v_j = -epsilon log sum_i a_i exp((u_i - c_ij) / epsilon)`, so that each column of the plan has its mass. */
export function balanceColumns(state: EntropicState, { columnSums }: SweptPlan, epsilon: number): void {
  const { target, v } = state;
  for (let j = 0; j < v.length; j++) {
    if (columnSums[j]! > smallestSum) v[j]! += epsilon * Math.log(target[j]! / columnSums[j]!);
    else v[j] = columnPotential(state, j, epsilon);
  }
}

/** One of the potentials that `balanceColumns` sets, computed from scratch: for a column that the plan does not reach. */
function columnPotential({ costs, source, u }: EntropicState, j: number, epsilon: number): number {
  const exponents = u.map((potential, i) => (potential - costs.at(i, j)) / epsilon + Math.log(source[i]!));
  const largest = exponents.reduce((most, exponent) => Math.max(most, exponent), -Infinity);
  return -epsilon * (largest + Math.log(exponents.reduce((sum, exponent) => sum + Math.exp(exponent - largest), 0)));
}
