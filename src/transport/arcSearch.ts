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
      clear(found, limit);
      collect(row(source), v, found);
    },
  };
}

/** Four at a time, which halves the time of the search that most time is spent in where points have many dimensions. */
function collect(row: Float64Array, v: Float64Array, found: Smallest): void {
  const count = row.length;
  let { bound } = found;
  let j = 0;
  for (; j + 4 <= count; j += 4) {
    const value0 = row[j]! - v[j]!;
    const value1 = row[j + 1]! - v[j + 1]!;
    const value2 = row[j + 2]! - v[j + 2]!;
    const value3 = row[j + 3]! - v[j + 3]!;
    if (value0 < bound) bound = insert(found, value0, j);
    if (value1 < bound) bound = insert(found, value1, j + 1);
    if (value2 < bound) bound = insert(found, value2, j + 2);
    if (value3 < bound) bound = insert(found, value3, j + 3);
  }
  for (; j < count; j++) {
    const value = row[j]! - v[j]!;
    if (value < bound) bound = insert(found, value, j);
  }
}

/**
 * The search that looks at a lower bound of every cost of a source, and computes those costs that it does not exclude.
 * @param bounds of the costs from a source, as multiples of `unit`
 */
export function scanBounds(
  bounds: (source: number) => Float32Array,
  unit: number,
  cost: (source: number, target: number) => number,
): ArcSearch {
  let v: Float64Array = new Float64Array();
  return {
    prepare(potentials) {
      v = potentials;
    },
    find(source, limit, found) {
      clear(found, limit);
      const row = bounds(source);
      const consider = (target: number) => {
        const value = cost(source, target) - v[target]!;
        return value < found.bound ? insert(found, value, target) : found.bound;
      };
      let bound = limit;
      let j = 0;
      for (; j + 4 <= row.length; j += 4) {
        if (row[j]! * unit - v[j]! < bound) bound = consider(j);
        if (row[j + 1]! * unit - v[j + 1]! < bound) bound = consider(j + 1);
        if (row[j + 2]! * unit - v[j + 2]! < bound) bound = consider(j + 2);
        if (row[j + 3]! * unit - v[j + 3]! < bound) bound = consider(j + 3);
      }
      for (; j < row.length; j++) if (row[j]! * unit - v[j]! < bound) bound = consider(j);
    },
  };
}
