/** The smallest of some values, in rising order, each with a label. Of equal values the ones that came first stay. */
export interface Smallest {
  readonly values: Float64Array;
  readonly labels: Int32Array;
  /** How many there are. */
  count: number;
  /** Values from here on find no place. */
  bound: number;
}

/** A list that is empty. @param size how many it can hold */
export function createSmallest(size: number): Smallest {
  return { values: new Float64Array(size), labels: new Int32Array(size), count: 0, bound: Infinity };
}

/** Empties the list, for values below `limit`. */
export function clear(list: Smallest, limit = Infinity): void {
  list.count = 0;
  list.bound = limit;
}

/** Gives a value that is below the bound its place, and returns the new bound. */
export function insert(list: Smallest, value: number, label: number): number {
  const { values, labels } = list;
  const size = values.length;
  let place = list.count < size ? list.count++ : size - 1;
  while (place > 0 && values[place - 1]! > value) {
    values[place] = values[place - 1]!;
    labels[place] = labels[place - 1]!;
    place--;
  }
  values[place] = value;
  labels[place] = label;
  if (list.count === size) list.bound = values[size - 1]!;
  return list.bound;
}
