import type { Costs } from "./costs.js";
import type { Marginals } from "./weights.js";

/** A transport plan as its non-zero entries: `mass[k]` goes from point `source[k]` to point `target[k]`. */
export interface TransportPlan {
  readonly source: Int32Array;
  readonly target: Int32Array;
  readonly mass: Float64Array;
}

/** Dual potentials: `u[i] + v[j] <= c(i, j)` for all pairs, with equality where mass moves. */
export interface Potentials {
  readonly u: Float64Array;
  readonly v: Float64Array;
}

/** Proof of optimality, computed from the plan and the potentials alone. */
export interface Certificate {
  /**
   * `(cost - dual) / scale`, where the dual value is that of the potentials, lowered until they are feasible, and the scale is the
   * cost, or 1e-5 of (largest cost x total mass) where the cost is less than that. No plan is cheaper by a larger share.
   */
  readonly dualityGap: number;
  /** Largest difference between a point's weight and the mass that the plan moves there, relative to the total mass. */
  readonly marginalError: number;
}

/** What a certificate may fall short by. */
export const certificateTolerance = 1e-9;

/**
 * Checks a plan against potentials; reads every cost once.
 * @throws Error where the certificate fails, which says that the solver is at fault
 */
export function certify(
  costs: Costs,
  { source, target, total }: Marginals,
  cost: number,
  plan: TransportPlan,
  potentials: Potentials,
): Certificate {
  const { u, v } = potentials;
  let dual = -largestViolation(costs, potentials) * total;
  for (let i = 0; i < u.length; i++) dual += source[i]! * u[i]!;
  for (let j = 0; j < v.length; j++) dual += target[j]! * v[j]!;
  const scale = Math.max(Math.abs(cost), 1e-5 * costs.largest * total);
  const certificate = {
    dualityGap: scale === 0 ? 0 : Math.abs(cost - dual) / scale,
    marginalError:
      Math.max(difference(source, plan.source, plan.mass), difference(target, plan.target, plan.mass)) / total,
  };
  if (!(certificate.dualityGap <= certificateTolerance && certificate.marginalError <= certificateTolerance))
    throw new Error(`The transport plan is not optimal: ${JSON.stringify(certificate)}. Please report this input.`);
  return certificate;
}

/** The largest `u[i] + v[j] - c(i, j)` over all pairs, or 0 where none is positive. */
function largestViolation(costs: Costs, { u, v }: Potentials): number {
  let least = 0;
  for (let i = 0; i < costs.rows; i++) {
    const row = costs.row(i);
    const potential = u[i]!;
    for (let j = 0; j < row.length; j++) {
      const slack = row[j]! - potential - v[j]!;
      if (slack < least) least = slack;
    }
  }
  return -least;
}

function difference(weights: Float64Array, points: Int32Array, mass: Float64Array): number {
  const rest = weights.slice();
  for (let k = 0; k < mass.length; k++) rest[points[k]!]! -= mass[k]!;
  return rest.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
