import { InputError } from "../errors.js";
import { cTransformAt } from "./cTransform.js";
import { exactTransportSync } from "./exact.js";
import { countPoints, type PointSet } from "./pointSet.js";

/** Scores points `[count, dimension]`, flat, with one number each. */
export type CriticFunction = (points: Float64Array | Float32Array) => Float64Array;

/**
 * Extends the dual potential of an exact W1 solution to the whole space, as the best critic of the batch:
 *
 *     c(x) = min_j (|x - y_j| - v_j)
 *
 * It is 1-Lipschitz as a minimum of 1-Lipschitz functions. On the real points it is their potential `u` and on the fake ones at most
 * `-v`, so `mean c(real) - mean c(fake)` is the Earth mover's distance of the batch: no 1-Lipschitz critic tells the two further apart.
 *
 * @param fake the targets `y` of the solution, `[m, dimension]`
 * @param v `[m]`, `potentials.v` of `exactTransport` from real (a) to fake (b) under the Euclidean cost
 * @example
 * const { potentials, cost } = await exactTransport({ a: real, b: fake });
 * const critic = extendPotential(fake, potentials.v); // mean critic(real.points) - mean critic(fake.points) = cost
 * @throws InputError where `v` does not hold one number for each point
 *
 * Reference: Villani, "Optimal Transport: Old and New", 2009, chapter 5 (c-transform; Kantorovich-Rubinstein, 5.16).
 */
export function extendPotential(fake: PointSet, v: Float64Array): CriticFunction {
  const count = countPoints(fake, "fake");
  if (v.length !== count) throw new InputError(`There are ${v.length} potentials for ${count} fake points.`);
  return (points) => {
    countPoints({ points, dimension: fake.dimension }, "points");
    return cTransformAt(points, fake, v).values;
  };
}

/**
 * The best critic of a batch and the distance that it attains. Solves the transport problem in this thread, see `exactTransportSync`.
 * @param real `[n, dimension]`, weighted or not
 * @param fake `[m, dimension]`, weighted or not
 * @example const { critic, emd } = optimalCritic(real, fake)
 * @throws InputError as `exactTransport`
 */
export function optimalCritic(real: PointSet, fake: PointSet): { critic: CriticFunction; emd: number } {
  const { cost, potentials } = exactTransportSync({ a: real, b: fake });
  return { critic: extendPotential(fake, potentials.v), emd: cost };
}
