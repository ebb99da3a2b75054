import type { GroundTruthPair } from "../../transport/groundTruth.js";
import type { Pairs } from "./pairs.js";

/** How good a critic is. */
export interface CriticFigures {
  /**
   * The mean over held-out fakes of the cosine of the angle between the critic's gradient and the true one: 1 where every fake is sent
   * in the right direction, 0 on average for random directions. A gradient of 0 counts as 0. In two dimensions some 2 % of the fakes
   * lie nearer to their funnel's centre than float32 tells, which costs the best critic as much.
   */
  readonly cosine: number;
  /** mean c(real) - mean c(fake), the W1 estimate. */
  readonly estimate: number;
  /** The mean norm of the critic's gradient at the fakes; the true critic's is 1. */
  readonly slope: number;
}

/**
 * The figures of a critic from its gradients at the held-out fakes.
 * @param gradients of the critic at each fake, `[count, dimension]`
 */
export function criticFigures(
  pair: GroundTruthPair,
  { fake }: Pairs,
  gradients: ArrayLike<number>,
  estimate: number,
): CriticFigures {
  const { dimension } = pair;
  const truth = pair.gradient(Float64Array.from(fake));
  const count = fake.length / dimension;
  const normAt = (i: number) => norm(dimension, (k) => gradients[i * dimension + k]!);
  const cosineAt = (i: number) => {
    let product = 0;
    for (let k = i * dimension; k < (i + 1) * dimension; k++) product += gradients[k]! * truth[k]!;
    return product === 0 ? 0 : product / normAt(i);
  };
  return { cosine: meanOf(count, cosineAt), estimate, slope: meanOf(count, normAt) };
}

function norm(dimension: number, component: (k: number) => number): number {
  let square = 0;
  for (let k = 0; k < dimension; k++) square += component(k) ** 2;
  return Math.sqrt(square);
}

function meanOf(count: number, value: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += value(i);
  return total / count;
}
