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
   * `sum_k mass_k (c_k - u_k - v_k) / scale`: what complementary slackness lacks, which is the cost less the dual value. No plan with
   * the same marginals is cheaper by a larger share. The scale is the cost, or 1e-5 of (largest cost x total mass) where the cost is
   * less than that.
   */
  readonly dualityGap: number;
  /** Largest difference between a point's weight and the mass that the plan moves there, relative to the total mass. */
  readonly marginalError: number;
}

/** What a certificate may fall short by. */
const certificateTolerance = 1e-9;

/**
 * Checks a plan against potentials that are feasible, `u_i = min_j (c_ij - v_j)`.
 * @throws Error where the certificate fails, which says that the solver is at fault
 */
export function certify(
  costs: Costs,
  { source, target, total }: Marginals,
  cost: number,
  plan: TransportPlan,
  { u, v }: Potentials,
): Certificate {
  let gap = 0;
  plan.mass.forEach((mass, k) => {
    const [i, j] = [plan.source[k]!, plan.target[k]!];
    gap += mass * Math.abs(costs.at(i, j) - u[i]! - v[j]!);
  });
  const scale = Math.max(Math.abs(cost), 1e-5 * costs.largest * total);
  const certificate = {
    dualityGap: scale === 0 ? 0 : gap / scale,
    marginalError:
      Math.max(difference(source, plan.source, plan.mass), difference(target, plan.target, plan.mass)) / total,
  };
  if (!(certificate.dualityGap <= certificateTolerance && certificate.marginalError <= certificateTolerance))
    throw new Error(`The transport plan is not optimal: ${JSON.stringify(certificate)}. Please report this input.`);
  return certificate;
}

function difference(weights: Float64Array, points: Int32Array, mass: Float64Array): number {
  const rest = weights.slice();
  for (let k = 0; k < mass.length; k++) rest[points[k]!]! -= mass[k]!;
  return rest.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
