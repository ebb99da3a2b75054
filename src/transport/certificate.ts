import type { Costs } from "./costs.js";
import type { Marginals, Units } from "./weights.js";

/** A transport plan as its non-zero entries: `mass[k]` goes from point `source[k]` to point `target[k]`. */
export interface TransportPlan {
  /** The point of `a` that each entry comes from, `[entries]`. */
  readonly source: Int32Array;
  /** The point of `b` that each entry goes to, `[entries]`. */
  readonly target: Int32Array;
  /** How much goes there, `[entries]`, in the units of the weights. */
  readonly mass: Float64Array;
}

/** Dual potentials: `u[i] + v[j] <= c(i, j)` for all pairs, with equality where mass moves, both up to rounding. */
export interface Potentials {
  /** One number for each point of `a`, in units of cost. */
  readonly u: Float64Array;
  /** One number for each point of `b`, in units of cost. */
  readonly v: Float64Array;
}

/** Proof of optimality. All of it is relative, so it means the same for any units of length and mass. */
export interface Certificate {
  /**
   * No plan with the same marginals is cheaper by a larger share of this plan's own cost. The same holds for each part of the plan, which
   * is any choice of its entries that all cost something, so that a near cluster is as exact as a far one. A bound, proven without
   * rounding: at most 5e-10. Where costs are below zero, the share is of the sum of mass times `|cost|`.
   */
  readonly dualityGap: number;
  /** Largest difference between a point's weight and the mass that the plan moves there, relative to the total mass. */
  readonly marginalError: number;
  /**
   * By what share of itself the cost would change, to first order, if the masses moved were the weights to their last digit instead of
   * multiples of 2^-50. A bound, which counts where some points lie very far from the rest. 0 for uniform weights, counts and decimals
   * of a few places, which are not rounded; infinite where the plan costs nothing but one for the weights themselves would.
   */
  readonly weightError: number;
  /** How many points have a weight that is positive but below 2^-51 of the sum, and take no part. */
  readonly weightless: number;
}

/**
 * The certificate of a plan.
 * @param meanCost of the plan, for a unit of mass
 * @param violation by which all pairs keep `u + v <= c + violation * max(c, floor)`, see `exactPivots`
 * @param shift a bound of how much the mean cost changes with weights that are not rounded
 */
export function certify(
  { signed }: Costs,
  { source, target, total }: Marginals,
  units: Units,
  meanCost: number,
  plan: TransportPlan,
  violation: number,
  shift: number,
): Certificate {
  return {
    // Nothing is cheaper than nothing.
    dualityGap: meanCost === 0 && !signed ? 0 : 2 * violation,
    marginalError:
      Math.max(difference(source, plan.source, plan.mass), difference(target, plan.target, plan.mass)) / total,
    weightError: shift === 0 ? 0 : shift / Math.abs(meanCost),
    weightless: countLost(source, units.source) + countLost(target, units.target),
  };
}

function difference(weights: Float64Array, points: Int32Array, mass: Float64Array): number {
  const rest = weights.slice();
  for (let k = 0; k < mass.length; k++) rest[points[k]!]! -= mass[k]!;
  return rest.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}

function countLost(weights: Float64Array, units: Float64Array): number {
  return weights.reduce((count, weight, i) => (weight > 0 && units[i] === 0 ? count + 1 : count), 0);
}
