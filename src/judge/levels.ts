import type { Column } from "../tables/table.js";

/** A column of two tables by its levels: the different values that either has, and which of them each row has. */
export interface Levels {
  readonly name: string;
  /** The levels of a column of numbers in rising order; `null` for categories. */
  readonly values: Float64Array | null;
  readonly count: number;
  /** The level of each row, -1 where the value is missing. */
  readonly real: Int32Array;
  readonly other: Int32Array;
}

/** The levels of a column that two tables have. */
export function levelsOf(real: Column, other: Column): Levels {
  if (real.kind === "categories" && other.kind === "categories")
    return { name: real.name, values: null, count: real.categories.length, real: real.codes, other: other.codes };
  if (real.kind === "numbers" && other.kind === "numbers") {
    const values = differentValues(real.values, other.values);
    const place = (value: number) => (Number.isNaN(value) ? -1 : countBelow(values, value));
    return {
      name: real.name,
      values,
      count: values.length,
      real: Int32Array.from(real.values, place),
      other: Int32Array.from(other.values, place),
    };
  }
  throw new RangeError(`the column ${real.name} holds ${real.kind} in one table and ${other.kind} in the other`);
}

/** The different numbers of some lists in rising order, NaN left out. */
export function differentValues(...lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let count = 0;
  for (const list of lists) for (const value of list) if (!Number.isNaN(value)) all[count++] = value;
  const sorted = all.subarray(0, count).sort();
  let different = 0;
  for (let k = 0; k < count; k++) if (k === 0 || sorted[k] !== sorted[k - 1]) sorted[different++] = sorted[k]!;
  return sorted.slice(0, different);
}

/** How many of sorted numbers are below a value. */
export function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How numbers are distributed, missing ones left out. */
export interface Distribution {
  /** The different ones, in rising order. */
  readonly different: Float64Array;
  /** How often each of them comes. */
  readonly counts: Float64Array;
  /** The share of the numbers that are below a value, and of half of those that equal it; 0.5 where there are none. */
  quantile(value: number): number;
}

export function distribution(values: Float64Array): Distribution {
  const different = differentValues(values);
  const counts = new Float64Array(different.length);
  for (const value of values) if (!Number.isNaN(value)) counts[countBelow(different, value)]!++;
  const below = new Float64Array(different.length + 1);
  for (let k = 0; k < different.length; k++) below[k + 1] = below[k]! + counts[k]!;
  const total = below[different.length]!;
  return {
    different,
    counts,
    quantile(value) {
      if (total === 0) return 0.5;
      const level = countBelow(different, value);
      const equal = different[level] === value ? counts[level]! : 0;
      return (below[level]! + equal / 2) / total;
    },
  };
}
