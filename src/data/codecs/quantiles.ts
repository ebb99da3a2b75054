import { z } from "zod";

/**
 * How a column's numbers are spread: the value at each quantile, from -1 for the smallest to 1 for the largest. Either `values` are all
 * that there are, and each takes the quantiles up to its end; or they are knots, and between two of them the value moves in a straight line.
 */
export interface Quantiles {
  readonly isContinuous: boolean;
  /** Ascending. */
  readonly values: readonly number[];
  /** The quantile at which each value ends, or at which each knot lies: ascending, the last one 1. */
  readonly ends: readonly number[];
}

export const quantilesSchema = z.strictObject({
  isContinuous: z.boolean(),
  values: z.array(z.number()).min(1),
  ends: z.array(z.number()).min(1),
}) satisfies z.ZodType<Quantiles>;

/** With more different values than this, knots stand for them. */
const MOST_VALUES = 2048;
/** Where each value occurs less often than this on average, a value may tell whose it is: values between are made too. */
const REPEATS = 2;
/** Of the smallest and the largest numbers so many are knots each, so that long tails keep their shape. */
const TAIL = 32;

/**
 * The quantiles of numbers: continuous where there are many different ones, or where they hardly repeat.
 * @param values different ones, ascending
 * @param counts how often each occurs
 */
export function quantilesOf(values: Float64Array, counts: Float64Array): Quantiles {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const ends: number[] = [];
  let sum = 0;
  for (const count of counts) {
    sum += count;
    ends.push((2 * sum) / total - 1);
  }
  const hardlyRepeats = values.length > 1 && total < REPEATS * values.length;
  if (values.length <= MOST_VALUES && !hardlyRepeats) return { isContinuous: false, values: [...values], ends };
  const middles = ends.map((end, i) => end - (counts[i] ?? 0) / total);
  const places = knotPlaces(values.length);
  const knots = places.map((place) => middles[place] ?? 0);
  const [first = -1, last = 1] = [knots[0], knots.at(-1)];
  return {
    isContinuous: true,
    values: places.map((place) => values[place] ?? 0),
    ends: knots.map((knot) => (2 * (knot - first)) / (last - first) - 1),
  };
}

function knotPlaces(count: number): number[] {
  if (count <= MOST_VALUES) return Array.from({ length: count }, (_, place) => place);
  const places = new Set<number>();
  for (let i = 0; i < MOST_VALUES; i++) places.add(Math.round((i * (count - 1)) / (MOST_VALUES - 1)));
  for (let i = 0; i < TAIL; i++) places.add(i).add(count - 1 - i);
  return [...places].sort((a, b) => a - b);
}

/**
 * The quantiles that a value takes, from `low` to `high`: a single one where the column is continuous. A value that there is none of counts
 * as the next larger one, or as the largest.
 */
export function quantilesAt(
  { isContinuous, values, ends }: Quantiles,
  value: number,
): readonly [low: number, high: number] {
  const place = firstFrom(values, value);
  const end = ends[place] ?? 1;
  if (!isContinuous) return [place === 0 ? -1 : (ends[place - 1] ?? -1), end];
  const [below, above] = [values[place - 1], values[place]];
  if (below === undefined) return [-1, -1];
  if (above === undefined || value >= above) return [end, end];
  const start = ends[place - 1] ?? -1;
  const quantile = start + ((value - below) / (above - below)) * (end - start);
  return [quantile, quantile];
}

/** The quantiles of all values between two, both included; `null` where there is no such value. */
export function quantilesWithin(
  quantiles: Quantiles,
  [from, to]: readonly [from: number, to: number],
): readonly [low: number, high: number] | null {
  const { isContinuous, values, ends } = quantiles;
  const [smallest = Number.NaN, largest = Number.NaN] = [values[0], values.at(-1)];
  if (!(from <= to && from <= largest && to >= smallest)) return null;
  if (isContinuous) return [quantilesAt(quantiles, from)[0], quantilesAt(quantiles, to)[1]];
  const first = firstFrom(values, from);
  const next = to >= largest ? values.length : firstFrom(values, to);
  const last = values[next] === to ? next : next - 1;
  return first <= last ? [ends[first - 1] ?? -1, ends[last] ?? 1] : null;
}

/** The value at a quantile. */
export function valueAt({ isContinuous, values, ends }: Quantiles, quantile: number): number {
  const place = firstFrom(ends, quantile);
  const value = values[place] ?? values.at(-1) ?? Number.NaN;
  if (!isContinuous || place === 0) return value;
  const [before, start] = [values[place - 1] ?? value, ends[place - 1] ?? -1];
  const share = (quantile - start) / ((ends[place] ?? 1) - start);
  return share < 1 ? (1 - share) * before + share * value : value;
}

/** The place of the first of ascending numbers that is not below `wanted`; the last place where all are. */
export function firstFrom(ascending: ArrayLike<number>, wanted: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
