import { clear, insert, type Smallest } from "./smallest.js";

/** Finds, for one source after the other, the targets of least reduced cost. */
export interface ArcSearch {
  /** Takes the potentials of the targets. Where they change afterwards, `find` goes by the new ones but may miss some arcs until the next call. */
  prepare(v: Float64Array): void;
  /** Collects the targets of least `c_ij - v_j` below a limit, as many as `found` holds. */
  find(source: number, limit: number, found: Smallest): void;
}

/** The search that looks at every cost of a source. */
export function scan(row: (source: number) => Float64Array): ArcSearch {
  let v: Float64Array = new Float64Array();
  return {
    prepare(potentials) {
      v = potentials;
    },
    find(source, limit, found) {
      const costs = row(source);
      clear(found, limit);
      const nearest = leastReducedCost(costs, v);
      const least = costs[nearest]! - v[nearest]!;
      if (least >= limit) return;
      if (found.values.length === 1) return insert(found, least, nearest);
      for (let j = 0; j < costs.length; j++) {
        const value = costs[j]! - v[j]!;
        if (value < found.bound) insert(found, value, j);
      }
    },
  };
}

/** The `j` of the least `row[j] - v[j]`. Four at a time, which halves the time of the search that most time is spent in where points have many dimensions. */
function leastReducedCost(row: Float64Array, v: Float64Array): number {
  const count = row.length;
  let least = Infinity;
  let place = 0;
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const value0 = row[j]! - v[j]!;
    const value1 = row[j + 1]! - v[j + 1]!;
    const value2 = row[j + 2]! - v[j + 2]!;
    const value3 = row[j + 3]! - v[j + 3]!;
    if (value0 < least) {
      least = value0;
      place = j;
    }
    if (value1 < least) {
      least = value1;
      place = j + 1;
    }
    if (value2 < least) {
      least = value2;
      place = j + 2;
    }
    if (value3 < least) {
      least = value3;
      place = j + 3;
    }
  }
  for (; j < count; j++) {
    const value = row[j]! - v[j]!;
    if (value < least) {
      least = value;
      place = j;
    }
  }
  return place;
}
