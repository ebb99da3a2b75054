import type { TurnOptions } from "../../parallel/turns.js";
import { type Cloud, eachRow, squaredDistance, uncertainty } from "./distances.js";
import type { StageProgress } from "./featureSet.js";

/**
 * The squared distance of each point to its k-th nearest other point, `[count]` for every k. Equal points are at distance 0 of each
 * other, each a neighbour of its own.
 * @param ks ascending, the last one below the number of points
 */
export async function nearestSquares(
  cloud: Cloud,
  ks: readonly number[],
  name: string,
  control: TurnOptions<StageProgress>,
): Promise<readonly Float64Array[]> {
  const { count, squares, dimension } = cloud;
  const share = uncertainty(dimension);
  const most = ks.at(-1)!;
  const found = ks.map(() => new Float64Array(count));
  await eachRow(cloud, cloud, name, control, (i, products) => {
    // No point whose least possible distance is above the k-th smallest of the largest possible ones can be among the k nearest.
    const bounds = new Smallest(most);
    for (let j = 0; j < count; j++) {
      const sum = squares[i]! + squares[j]!;
      if (j !== i) bounds.add(sum - 2 * products[j]! + share * sum);
    }
    const nearest = new Smallest(most);
    for (let j = 0; j < count; j++) {
      const sum = squares[i]! + squares[j]!;
      if (j !== i && sum - 2 * products[j]! - share * sum <= bounds.last)
        nearest.add(squaredDistance(cloud, i, cloud, j));
    }
    ks.forEach((k, which) => {
      found[which]![i] = nearest.values[k - 1]!;
    });
  });
  return found;
}

/** The smallest of the numbers that were added, ascending. */
class Smallest {
  readonly values: Float64Array;
  constructor(count: number) {
    this.values = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  }
  get last(): number {
    return this.values[this.values.length - 1]!;
  }
  add(value: number): void {
    const { values } = this;
    if (!(value < values[values.length - 1]!)) return;
    let place = values.length - 1;
    for (; place > 0 && values[place - 1]! > value; place--) values[place] = values[place - 1]!;
    values[place] = value;
  }
}
