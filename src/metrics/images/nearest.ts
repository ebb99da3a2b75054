import type { TurnOptions } from "../../parallel/turns.js";
import { cloudOf, eachRow, squaredDistance, uncertainty } from "./distances.js";
import { type FeatureSet, meanOf, type StageProgress } from "./featureSet.js";

/** For each sample of one set the nearest of another. */
export interface Nearest {
  /** Its place, the first of several: `[count]`. */
  readonly places: Uint32Array;
  /** How far it is: `[count]`. */
  readonly distances: Float64Array;
}

/** Finds for each sample the nearest one `among` others, by the Euclidean distance of their features, in float64. */
export async function nearestAmong(
  samples: FeatureSet,
  among: FeatureSet,
  control: TurnOptions<StageProgress> = {},
): Promise<Nearest> {
  const center = meanOf(among);
  const [x, y] = [cloudOf(samples, center), cloudOf(among, center)];
  const share = uncertainty(x.dimension);
  const places = new Uint32Array(x.count);
  const distances = new Float64Array(x.count);
  await eachRow(x, y, "nearest pictures", control, (i, products) => {
    // What is farther at least than another is at most cannot be the nearest.
    let farthest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < y.count; j++) {
      const sum = x.squares[i]! + y.squares[j]!;
      farthest = Math.min(farthest, sum - 2 * products[j]! + share * sum);
    }
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < y.count; j++) {
      const sum = x.squares[i]! + y.squares[j]!;
      if (sum - 2 * products[j]! - share * sum > farthest) continue;
      const square = squaredDistance(x, i, y, j);
      if (square >= nearest) continue;
      nearest = square;
      places[i] = j;
    }
    distances[i] = Math.sqrt(nearest);
  });
  return { places, distances };
}
