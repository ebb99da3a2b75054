import { optimalCritic } from "../transport/index.js";

/**
 * The scores of the optimal critic between reals x_i and fakes, extended from the reals' dual potentials u_i:
 *
 *     c(x) = max_i (u_i - |x - x_i|)
 *
 * `optimalCritic` between the same sets attains the same distance, extended from the fakes, where it has kinks. This one falls in all
 * directions from the reals, and has a slope at the fakes: 1, towards the real that each fake would best be moved to.
 * @param real `[n, dimension]`, flat
 * @param fake `[m, dimension]`, flat
 * @param points where to score, `[count, dimension]`, flat
 * @returns `[count]`
 * @throws InputError where a set is empty or a number is not finite
 */
export function optimalScores(
  real: Float32Array,
  fake: Float32Array,
  dimension: number,
  points: Float32Array,
): Float32Array {
  // With the roles changed, the best critic scores fakes above reals, as min_i (|x - x_i| - u_i): the one above, negated.
  const { critic } = optimalCritic({ points: fake, dimension }, { points: real, dimension });
  return Float32Array.from(critic(points), (score) => -score);
}
