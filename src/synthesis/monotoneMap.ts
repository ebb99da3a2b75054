import type { Rng } from "../random.js";

/**
 * A map of [-1, 1] onto itself that never falls, as plain data. At knot i it rises from `below[i]` to `above[i]`, and between knots along a
 * line; the first knot is -1 and the last 1.
 */
export interface MonotoneMap {
  /** Rising. */
  readonly knots: readonly number[];
  readonly below: readonly number[];
  readonly above: readonly number[];
}

/**
 * The map that makes values in [-1, 1] uniform there: the optimal transport map on the line from where they lie to the uniform
 * distribution, for every cost that is convex in the distance moved,
 *
 *     T = F_uniform^-1 o F,   T(x) = 2 F(x) - 1
 *
 * with F their distribution function, exact at `knots` quantiles of them and linear in between. Where several values are one number, as
 * where a model saturates, F jumps there and `applyMap` spreads what lies on it over the jump.
 * @param values in [-1, 1]; those outside count as the nearer end. Without any, the map changes nothing.
 * @param knots quantiles, from 2. Default: 257.
 *
 * Reference: Peyre & Cuturi, "Computational Optimal Transport", 2019, remark 2.30.
 */
export function monotoneMap(values: Float32Array, knots = 257): MonotoneMap {
  const sorted = values.map(within).sort();
  const n = sorted.length;
  const map = { knots: [-1], below: [-1], above: [-1] };
  const add = (knot: number, below: number, above: number) => {
    map.knots.push(knot);
    map.below.push(below);
    map.above.push(above);
  };
  for (let k = 0; k < knots && n > 0; k++) {
    const x = sorted[Math.round((k / (knots - 1)) * (n - 1))]!;
    const [first, end] = [firstFrom(sorted, x), firstAbove(sorted, x)];
    if (x === -1) map.above[0] = (2 * end) / n - 1;
    else if (x > map.knots.at(-1)! && x < 1) {
      // One value alone is a draw of a smooth distribution, and marks the middle of its share.
      if (end - first === 1) add(x, (first + end) / n - 1, (first + end) / n - 1);
      else add(x, (2 * first) / n - 1, (2 * end) / n - 1);
    }
  }
  add(1, n === 0 ? 1 : (2 * firstFrom(sorted, 1)) / n - 1, 1);
  return map;
}

/**
 * Values after a map.
 * @param rng spreads those that lie on a jump evenly over it; nothing is drawn for others
 */
export function applyMap({ knots, below, above }: MonotoneMap, values: Float32Array, rng: Rng): Float32Array {
  return values.map((value) => {
    const x = within(value);
    const i = firstFrom(knots, x);
    const [knot, low, high] = [knots[i]!, below[i]!, above[i]!];
    if (knot === x) return low === high ? low : low + rng.uniform() * (high - low);
    const [before, from] = [knots[i - 1]!, above[i - 1]!];
    return from + ((x - before) / (knot - before)) * (low - from);
  });
}

function within(value: number): number {
  return Math.min(Math.max(value, -1), 1);
}

/** The first place of rising numbers that is at least `x`. */
function firstFrom(rising: ArrayLike<number>, x: number): number {
  return firstWhere(rising, (value) => value >= x);
}

function firstAbove(rising: ArrayLike<number>, x: number): number {
  return firstWhere(rising, (value) => value > x);
}

function firstWhere(rising: ArrayLike<number>, holds: (value: number) => boolean): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(rising[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
