import type { TurnOptions } from "../../parallel/turns.js";
import { cloudOf, eachRow, squaredDistance, uncertainty } from "./distances.js";
import { checkPair, type FeatureSet, meanOf, type StageProgress } from "./featureSet.js";
import { nearestSquares } from "./neighbours.js";

/** How real and fake samples lie among each other. */
export interface ManifoldMetrics {
  /** Share of the fakes that lie among the real samples: are they good? 0 to 1. */
  readonly precision: number;
  /** Share of the real samples that lie among the fakes: is anything missing? 0 to 1. */
  readonly recall: number;
  /** How densely the real samples around a fake lie, in the mean: 1 is expected of equal distributions, and more is possible. */
  readonly density: number;
  /** Share of the real samples with a fake nearby, 0 to 1. */
  readonly coverage: number;
}

/** Neighbours that make a ball: of precision and recall in Kynkaanniemi et al., of density and coverage in Naeem et al. */
export const PRECISION_NEIGHBOURS = 3;
export const DENSITY_NEIGHBOURS = 5;

/**
 * Improved precision and recall (Kynkaanniemi et al. 2019, arXiv:1904.06991, equations 1 and 2, k = 3) and density and coverage (Naeem
 * et al. 2020, arXiv:2002.09797, equations 4 and 5, k = 5). With the closed ball B_k(x) around x that reaches its k-th nearest other
 * point of the same set, n real points x and m fakes y,
 *
 *     precision = share of the y in at least one B_3(x)
 *     recall    = share of the x in at least one B_3(y)
 *     density   = number of pairs with y in B_5(x) / (5 m)
 *     coverage  = share of the x with at least one y in B_5(x)
 *
 * Distances are Euclidean, and every comparison is decided in float64. A set measured against itself has the density 1.2, since
 * each point is in its own ball beside its five neighbours.
 * @param real features of real images
 * @param fake features of generated images, of the same dimension
 * @param control a signal that ends the work, and a function that is told of progress
 * @throws InputError where a set has fewer than six samples, their dimensions differ, or a feature is not finite
 */
export async function manifoldMetrics(
  real: FeatureSet,
  fake: FeatureSet,
  control: TurnOptions<StageProgress> = {},
): Promise<ManifoldMetrics> {
  checkPair(real, fake, DENSITY_NEIGHBOURS + 1, "Density and coverage (5 neighbours)");
  const center = meanOf(real);
  const [x, y] = [cloudOf(real, center), cloudOf(fake, center)];
  const ks = [PRECISION_NEIGHBOURS, DENSITY_NEIGHBOURS];
  const [realSmall, realLarge] = await nearestSquares(x, ks, "neighbours of the real samples", control);
  const [fakeSmall] = await nearestSquares(y, [PRECISION_NEIGHBOURS], "neighbours of the fakes", control);
  const share = uncertainty(x.dimension);
  const precise = new Uint8Array(y.count);
  const recalled = new Uint8Array(x.count);
  const covered = new Uint8Array(x.count);
  let pairs = 0;
  await eachRow(x, y, "neighbours between the sets", control, (i, products) => {
    for (let j = 0; j < y.count; j++) {
      const sum = x.squares[i]! + y.squares[j]!;
      const farthest = Math.max(realLarge![i]!, fakeSmall![j]!);
      if (sum - 2 * products[j]! - share * sum > farthest) continue;
      const distance = squaredDistance(x, i, y, j);
      if (distance <= realSmall![i]!) precise[j] = 1;
      if (distance <= fakeSmall![j]!) recalled[i] = 1;
      if (distance > realLarge![i]!) continue;
      covered[i] = 1;
      pairs++;
    }
  });
  return {
    precision: mean(precise),
    recall: mean(recalled),
    density: pairs / (DENSITY_NEIGHBOURS * y.count),
    coverage: mean(covered),
  };
}

function mean(flags: Uint8Array): number {
  return flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
}
