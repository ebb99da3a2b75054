import { InputError } from "../errors.js";
import { atOnce, inTurns, type TurnOptions } from "../parallel/turns.js";
import { type Costs, type PointCost, pointCosts } from "./costs.js";
import { countPoints, type PointSet, requireSameDimension } from "./pointSet.js";
import { timesPowerOfTwo } from "./powersOfTwo.js";
import { balanceColumns, type EntropicState, type SweptPlan, sweep } from "./sinkhornSweep.js";
import { marginals } from "./weights.js";

/** How strong the entropy is, and when the iteration ends. */
export interface SinkhornOptions {
  /** Strength of the entropy, in units of cost (for Euclidean costs a length, for squared ones its square). */
  readonly epsilon: number;
  /** `"euclidean"` (the default) or `"squaredEuclidean"`. */
  readonly cost?: PointCost | undefined;
  /** Ends when the plan's marginals are wrong by less than this share of the mass (sum of absolute errors). Default: 1e-6. */
  readonly tolerance?: number | undefined;
  /** Ends after so many iterations at the final epsilon in any case. Default: 10,000. */
  readonly maxIterations?: number | undefined;
}

/** The solution of an entropic transport problem. */
export interface Sinkhorn {
  /** `OT_epsilon = min_P sum P_ij c_ij + epsilon KL(P | a x b)`, by its dual value, which never exceeds it. */
  readonly value: number;
  /** `sum P_ij c_ij` of that plan: the cost without the entropy, above the exact optimum. */
  readonly cost: number;
  /** Dual potentials of sources and targets. */
  readonly potentials: {
    /** One number for each source, in units of cost. */
    readonly u: Float64Array;
    /** One number for each target, in units of cost. */
    readonly v: Float64Array;
  };
  /** Iterations at the final epsilon. */
  readonly iterations: number;
  /** What the plan's marginals are wrong by, as `tolerance` measures it. */
  readonly marginalError: number;
  /** Whether it ended by the tolerance, not by the number of iterations. */
  readonly converged: boolean;
  /** About what `value` may be wrong by, from how the iteration was converging when it ended and from rounding. */
  readonly resolution: number;
}

/** How far an entropic solution has come. */
export interface SinkhornProgress {
  /** The present epsilon, which falls from the largest cost to the one asked for. */
  readonly epsilon: number;
  /** Iterations at the final epsilon. */
  readonly iterations: number;
  /** What the plan's marginals are wrong by at present, as `tolerance` measures it. */
  readonly marginalError: number;
}

/** The options of `sinkhorn`: those of `SinkhornOptions`, with a signal and reports of progress. */
export type AsyncSinkhornOptions = SinkhornOptions & TurnOptions<SinkhornProgress>;

/** Epsilon falls by this factor, from the largest cost, with a few iterations at each value. */
const scaling = 0.25;
const iterationsPerScale = 5;
/** An iteration that is nearer to standing still than this tells nothing of how far it has to go. */
const slowest = 1e-6;
/** What sums of potentials and logarithms are rounded by, relatively. */
const rounding = 2 ** -50;

/**
 * Entropic optimal transport between two weighted point sets by Sinkhorn's iterations, in the log domain and with epsilon scaling, in
 * turns with other work of the thread (a turn is at least one iteration):
 *
 *     u_i = -epsilon log sum_j b_j exp((v_j - c_ij) / epsilon),    v_j likewise,    P_ij = a_i b_j exp((u_i + v_j - c_ij) / epsilon)
 *
 * As epsilon falls, the value tends to the exact optimum, and the iterations needed grow about as 1/epsilon. One iteration evaluates
 * `n m` exponentials (10 ms for 1,000 by 1,000). Costs are stored up to 2 GiB, `8 n m` bytes, and computed on the fly above it.
 *
 * Accuracy: ending at a tolerance t leaves a relative error of about t in `cost` and about 3 t^2 in `value` (measured between 500 and
 * 500 points in the plane). The entropy itself takes `cost` above the exact optimum, by at most `epsilon log(min(n, m))`.
 *
 * @param a points `[n, dimension]`
 * @param b points `[m, dimension]`, whose weights have the same sum
 * @param options epsilon, the cost, and when it ends
 * @example (await sinkhorn({ points: x, dimension: 2 }, { points: y, dimension: 2 }, { epsilon: 0.05 })).cost
 * @throws InputError for sets or weights that do not fit, an epsilon or tolerance that is not positive
 *
 * References:
 * [1] Cuturi, "Sinkhorn distances: lightspeed computation of optimal transport", NeurIPS 2013, arXiv 1306.0895.
 * [2] Schmitzer, "Stabilized sparse scaling algorithms for entropy regularized transport problems", SISC 41(3), 2019.
 */
export async function sinkhorn(a: PointSet, b: PointSet, options: AsyncSinkhornOptions): Promise<Sinkhorn> {
  return inTurns(iterate(a, b, options, balanceColumns), options);
}

/**
 * `sinkhorn` without pauses: the thread does nothing else until the answer is there.
 * @param a points `[n, dimension]`
 * @param b points `[m, dimension]`, whose weights have the same sum
 * @param options epsilon, the cost, and when it ends
 */
export function sinkhornSync(a: PointSet, b: PointSet, options: SinkhornOptions): Sinkhorn {
  return atOnce(iterate(a, b, options, balanceColumns));
}

/** A Sinkhorn divergence and the worst of the three solutions that it is made of. */
export interface SinkhornDivergence {
  /** The divergence, in units of cost. */
  readonly value: number;
  /** The most iterations of the three. */
  readonly iterations: number;
  /** The largest error of the three. */
  readonly marginalError: number;
  /** Whether all three ended by the tolerance. */
  readonly converged: boolean;
  /** About what `value` may be wrong by: the sum of those of the three solutions. A value below it means no more than "near 0". */
  readonly resolution: number;
}

/**
 * The debiased Sinkhorn divergence, which is zero exactly between equal distributions:
 *
 *     S_epsilon(a, b) = OT_epsilon(a, b) - (OT_epsilon(a, a) + OT_epsilon(b, b)) / 2
 *
 * It lies between the exact cost (epsilon to 0) and the energy distance or the squared distance of means (epsilon to infinity).
 * geomloss's `SamplesLoss("sinkhorn", p=1, blur)` is this with epsilon = blur; its p=2 has half the squared Euclidean cost, so
 * twice its value is this with epsilon = 2 blur^2.
 *
 * @param a points `[n, dimension]`
 * @param b points `[m, dimension]`, whose weights have the same sum
 * @param options epsilon, the cost, and when it ends
 * @example (await sinkhornDivergence(real, fake, { epsilon: 0.05 })).value
 * @throws InputError as `sinkhorn`
 *
 * Reference: Feydy et al., "Interpolating between optimal transport and MMD using Sinkhorn divergences", AISTATS 2019, arXiv 1810.08278.
 */
export async function sinkhornDivergence(
  a: PointSet,
  b: PointSet,
  options: AsyncSinkhornOptions,
): Promise<SinkhornDivergence> {
  return inTurns(diverge(a, b, options), options);
}

/**
 * `sinkhornDivergence` without pauses.
 * @param a points `[n, dimension]`
 * @param b points `[m, dimension]`, whose weights have the same sum
 * @param options epsilon, the cost, and when it ends
 */
export function sinkhornDivergenceSync(a: PointSet, b: PointSet, options: SinkhornOptions): SinkhornDivergence {
  return atOnce(diverge(a, b, options));
}

function* diverge(a: PointSet, b: PointSet, options: SinkhornOptions): Generator<SinkhornProgress, SinkhornDivergence> {
  const between = yield* iterate(a, b, options, balanceColumns);
  const withinA = yield* iterate(a, a, options, balanceBoth);
  const withinB = yield* iterate(b, b, options, balanceBoth);
  const all = [between, withinA, withinB];
  return {
    value: between.value - (withinA.value + withinB.value) / 2,
    iterations: Math.max(...all.map(({ iterations }) => iterations)),
    marginalError: Math.max(...all.map(({ marginalError }) => marginalError)),
    converged: all.every(({ converged }) => converged),
    resolution: between.resolution + (withinA.resolution + withinB.resolution) / 2,
  };
}

/** Between a set and itself one potential serves both sides. Each step goes half the way, which converges in a few iterations. */
function balanceBoth({ u, v }: EntropicState): void {
  for (let j = 0; j < v.length; j++) v[j] = (u[j]! + v[j]!) / 2;
}

function* iterate(
  a: PointSet,
  b: PointSet,
  { epsilon, cost = "euclidean", tolerance = 1e-6, maxIterations = 10_000 }: SinkhornOptions,
  step: (state: EntropicState, plan: SweptPlan, epsilon: number) => void,
): Generator<SinkhornProgress, Sinkhorn> {
  for (const [name, value] of Object.entries({ epsilon, tolerance, maxIterations }))
    if (!(value > 0 && value < Infinity)) throw new InputError(`${name} is ${value}; it must be a positive number.`);
  const [n, m] = [countPoints(a, "a"), countPoints(b, "b")];
  requireSameDimension(a, b);
  const { source, target, total } = marginals(n, m, a.weights, b.weights);
  const costs = pointCosts(a.points, b.points, a.dimension, cost);
  const strength = scaledEpsilon(epsilon, costs);
  const state = {
    costs,
    source: source.map((mass) => mass / total),
    target: target.map((mass) => mass / total),
    u: new Float64Array(n),
    v: new Float64Array(m),
  };
  const error = ({ columnSums }: SweptPlan) =>
    columnSums.reduce((sum, mass, j) => sum + Math.abs(mass - state.target[j]!), 0);

  const unscaled = (value: number) => timesPowerOfTwo(value, -costs.exponent);
  for (let coarse = costs.largest; coarse > strength; coarse *= scaling) {
    for (let k = 0; k < iterationsPerScale; k++) {
      const plan = sweep(state, coarse);
      yield { epsilon: unscaled(coarse), iterations: 0, marginalError: error(plan) };
      step(state, plan, coarse);
    }
  }
  let previousError = Infinity;
  for (let iterations = 1; ; iterations++) {
    const plan = sweep(state, strength);
    const marginalError = error(plan);
    const converged = marginalError <= tolerance;
    if (converged || iterations >= maxIterations) {
      const { u, v } = state;
      const value = dot(state.source, u) + dot(state.target, v);
      const sizes = dot(state.source, u.map(Math.abs)) + dot(state.target, v.map(Math.abs)) + strength;
      return {
        value: total * unscaled(value),
        cost: total * unscaled(plan.cost),
        potentials: { u: u.map(unscaled), v: v.map(unscaled) },
        iterations,
        marginalError,
        converged,
        resolution:
          total * unscaled(yetToCome(state.target, plan, strength, marginalError / previousError) + rounding * sizes),
      };
    }
    previousError = marginalError;
    yield { epsilon, iterations, marginalError };
    step(state, plan, strength);
  }
}

/**
 * About what the dual value lacks: the next iteration adds `epsilon KL(b | column sums)`, to first order at most as much as here, and
 * each after it less by the square of the factor by which the marginal error falls.
 */
function yetToCome(target: Float64Array, { columnSums }: SweptPlan, epsilon: number, factor: number): number {
  const gain = target.reduce(
    (sum, mass, j) => (mass === columnSums[j] ? sum : sum + (mass - columnSums[j]!) * Math.log(mass / columnSums[j]!)),
    0,
  );
  return (epsilon * gain) / Math.max(1 - factor ** 2, slowest);
}

/** Epsilon in the units of the costs. Throws `InputError` where float64 cannot hold it beside them. */
function scaledEpsilon(epsilon: number, { exponent, largest }: Costs): number {
  if (largest === 0) return 1;
  const share = timesPowerOfTwo(epsilon, exponent) / largest;
  if (share > 1 / rounding)
    throw new InputError(
      `epsilon is ${epsilon}, more than 1e15 times the largest cost, ${timesPowerOfTwo(largest, -exponent)}, which it hides; take about a hundredth of that cost.`,
    );
  if (share < 1e-280)
    throw new InputError(
      `epsilon is ${epsilon}, beside costs of up to ${timesPowerOfTwo(largest, -exponent)} too small to compute with; take about a hundredth of that cost, or the exact distance.`,
    );
  return share * largest;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
