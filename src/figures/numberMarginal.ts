/** How a column of numbers is distributed in a real and a synthetic table. Shares are of the rows that have a value. */
export interface NumberMarginal {
  readonly kind: "numbers";
  /** Single values that many real rows have, the most frequent first: in a histogram they would hide all else. */
  readonly atoms: readonly { readonly value: number; readonly real: number; readonly synthetic: number }[];
  /** Of all other values; `null` where there are none. */
  readonly histogram: Histogram | null;
  /** Where the two distribution functions are furthest apart, and how large they are there; `null` where a table has no value. */
  readonly gap: { readonly at: number; readonly real: number; readonly synthetic: number } | null;
}

export interface Histogram {
  /** How bins and curves are spaced. */
  readonly scale: "linear" | "log";
  /** `[bins + 1]`, rising. */
  readonly edges: readonly number[];
  /** `[bins]`, the share of the rows in each. */
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
  /** The share of the rows that lie outside of all bins. */
  readonly beyond: { readonly real: number; readonly synthetic: number };
  /** The distribution functions, atoms included: the share of the rows at most `x`, at places over the range of the bins. */
  readonly curves: readonly { readonly x: number; readonly real: number; readonly synthetic: number }[];
}

/** A value that this share of the real rows has is drawn by itself, and so many are at most. */
const ATOM_SHARE = 0.1;
const MOST_ATOMS = 2;
/** With no more different values than these, each has a bin, and none needs to be drawn by itself. */
const FEW_VALUES = 40;
const MANY_VALUES = 1000 * FEW_VALUES;
/** Bins: few of few rows, whose histogram would be ragged. */
const LEAST_BINS = 8;
const MOST_BINS = 40;
const CURVE_POINTS = 97;
/** Of the real rows, at either end: what lies beyond does not decide what is shown. */
const TAIL = 0.005;
/** Numbers above 0 whose high end is this many times their middle are shown by their logarithm. */
const LONG_TAIL = 12;

/** @param real NaN where missing, as in `NumberColumn` */
export function numberMarginal(real: Float64Array, synthetic: Float64Array): NumberMarginal {
  const [a, b] = [known(real), known(synthetic)];
  const atoms = atomsOf(a);
  const [restA, restB] = [without(a, atoms), without(b, atoms)];
  return {
    kind: "numbers",
    atoms: atoms.map((value) => ({ value, real: shareAt(a, value), synthetic: shareAt(b, value) })),
    histogram: restA.length + restB.length > 0 ? histogramOf({ a, b, restA, restB }) : null,
    gap: a.length > 0 && b.length > 0 ? widestGap(a, b) : null,
  };
}

/** The values that are there, ascending. */
function known(values: Float64Array): Float64Array {
  return values.filter(Number.isFinite).sort();
}

function atomsOf(sorted: Float64Array): number[] {
  const atoms: { readonly value: number; readonly count: number }[] = [];
  let different = 0;
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const value = sorted[start]!;
    end = countUpTo(sorted, value);
    different++;
    if (end - start >= ATOM_SHARE * sorted.length) atoms.push({ value, count: end - start });
  }
  if (different <= FEW_VALUES) return [];
  return atoms
    .sort((one, other) => other.count - one.count)
    .slice(0, MOST_ATOMS)
    .map(({ value }) => value);
}

function without(sorted: Float64Array, atoms: readonly number[]): Float64Array {
  return atoms.length === 0 ? sorted : sorted.filter((value) => !atoms.includes(value));
}

interface Sorted {
  /** All values of the real and of the synthetic table. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Those that are no atoms. */
  readonly restA: Float64Array;
  readonly restB: Float64Array;
}

function histogramOf({ a, b, restA, restB }: Sorted): Histogram {
  const edges = edgesOf(restA.length > 0 ? restA : restB, restB);
  const { scale } = edges;
  const inBins = (rest: Float64Array, all: Float64Array) => sharesIn(rest, edges.values, all.length);
  const [real, synthetic] = [inBins(restA, a), inBins(restB, b)];
  const places = evenly(edges.values[0]!, edges.values.at(-1)!, CURVE_POINTS - 1, scale);
  return {
    scale,
    edges: edges.values,
    real: real.shares,
    synthetic: synthetic.shares,
    beyond: { real: real.beyond, synthetic: synthetic.beyond },
    curves: places.map((x) => ({ x, real: shareUpTo(a, x), synthetic: shareUpTo(b, x) })),
  };
}

/** Bins over where nearly all of `main` lies, and where `other` does as long as that is not far away. */
function edgesOf(main: Float64Array, other: Float64Array): { values: number[]; scale: Histogram["scale"] } {
  const [core, reach] = [coreOf(main), coreOf(other.length > 0 ? other : main)];
  const [low, high] = extent(main, other);
  const bins = binsOf(Math.min(main.length, other.length || main.length));
  const isLong = low > 0 && core.high > LONG_TAIL * core.middle;
  const room = core.high > core.low ? (core.high - core.low) / 2 : high - low;
  const from = Math.max(low, Math.min(core.low, reach.low), core.low - room);
  const to = Math.min(high, Math.max(core.high, reach.high), core.high + room);
  if (isLong) return { scale: "log", values: evenly(Math.max(low, Math.min(core.low, reach.low)), to, bins, "log") };
  const first = Math.floor(from);
  const count = Math.ceil(to) - first + 1;
  // Bins of unequal numbers of whole numbers would look like a comb, unless they have very many.
  if (count <= MANY_VALUES && onlyWhole(main) && onlyWhole(other)) {
    const step = Math.ceil(count / bins);
    const values = Array.from({ length: Math.ceil(count / step) + 1 }, (_, i) => first - 0.5 + i * step);
    return { scale: "linear", values };
  }
  const margin = to > from ? 0 : Math.abs(from) / 2 || 0.5;
  return { scale: "linear", values: evenly(from - margin, to + margin, bins, "linear") };
}

/** Twice the cube root of the rows, after Rice. */
function binsOf(rows: number): number {
  return Math.min(MOST_BINS, Math.max(LEAST_BINS, Math.round(2 * Math.cbrt(rows))));
}

/** The middle of sorted values, and the two ends between which all but their tails lie. */
function coreOf(sorted: Float64Array): { readonly low: number; readonly middle: number; readonly high: number } {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return { low: at(TAIL), middle: at(0.5), high: at(1 - TAIL) };
}

function extent(main: Float64Array, other: Float64Array): [low: number, high: number] {
  return [Math.min(main[0]!, other[0] ?? Infinity), Math.max(main.at(-1)!, other.at(-1) ?? -Infinity)];
}

function onlyWhole(values: Float64Array): boolean {
  return values.every(Number.isInteger);
}

/** `parts + 1` places from `low` to `high`, between which lie equal differences, or equal ratios. */
function evenly(low: number, high: number, parts: number, scale: Histogram["scale"]): number[] {
  return Array.from({ length: parts + 1 }, (_, i) => {
    if (i === 0) return low;
    if (i === parts) return high;
    const share = i / parts;
    return scale === "log" ? low ** (1 - share) * high ** share : low * (1 - share) + high * share;
  });
}

/** The share of `total` rows in each bin, its lower edge in it, the last one's upper edge too; and outside of all. */
function sharesIn(sorted: Float64Array, edges: readonly number[], total: number) {
  const below = edges.map((edge, i) => (i === edges.length - 1 ? countUpTo(sorted, edge) : countBelow(sorted, edge)));
  const shares = below.slice(1).map((end, i) => (total === 0 ? 0 : (end - below[i]!) / total));
  const inside = below.at(-1)! - below[0]!;
  return { shares, beyond: total === 0 ? 0 : (sorted.length - inside) / total };
}

/** The place of the largest difference between the two distribution functions: what Kolmogorov and Smirnov measure. */
function widestGap(a: Float64Array, b: Float64Array): NonNullable<NumberMarginal["gap"]> {
  let widest = { at: a[0]!, real: 0, synthetic: 0 };
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const at = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i] === at) i++;
    while (j < b.length && b[j] === at) j++;
    const [real, synthetic] = [i / a.length, j / b.length];
    if (Math.abs(real - synthetic) > Math.abs(widest.real - widest.synthetic)) widest = { at, real, synthetic };
  }
  return widest;
}

function shareUpTo(sorted: Float64Array, value: number): number {
  return sorted.length === 0 ? 0 : countUpTo(sorted, value) / sorted.length;
}

function shareAt(sorted: Float64Array, value: number): number {
  return sorted.length === 0 ? 0 : (countUpTo(sorted, value) - countBelow(sorted, value)) / sorted.length;
}

/** How many of sorted values are smaller than a value. */
function countBelow(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of sorted values are at most a value. */
function countUpTo(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
