import type { Column } from "../tables/table.js";
import type { RowWeights, TablePair } from "./intervals.js";
import { differentValues } from "./levels.js";

/** A column as it goes into pairs: its codes in both tables, and the numbers of a column of numbers. */
interface PairedColumn {
  readonly codes: { readonly real: Uint16Array; readonly other: Uint16Array };
  /** One more than the largest code, which stands for missing values. */
  readonly levels: number;
  /** Standardised, NaN where missing; `null` for categories. */
  readonly numbers: { readonly real: Float64Array; readonly other: Float64Array } | null;
}

/** How a pair of columns goes together in both tables. */
export interface PairLikeness {
  readonly measure: "correlation" | "contingency";
  /** 0 to 1, 1 the best. */
  readonly similarity: number;
  /** Pearson's correlation of numbers, otherwise Cramer's V; `null` where a column is constant. */
  readonly real: number | null;
  readonly other: number | null;
}

const BINS = 10;
/** Categories beyond the most frequent ones count as one, so that the table of a pair stays small. */
const MOST_LEVELS = 500;

/**
 * Compares how pairs of columns go together in two tables.
 *
 * - Two columns of numbers: `1 - |r - r'| / 2` with Pearson's correlations of the rows in which neither is missing. A column that is
 *   constant in a table counts as uncorrelated there.
 * - Otherwise 1 less the total variation of the joint distribution of both columns, missing values as a category, numbers in ten bins of equal
 *   width over the range of the real table, whose outermost have no end.
 *
 * These are CorrelationSimilarity and ContingencySimilarity of sdmetrics 0.28.
 *
 * @returns a function of the places of two columns; rows count once by default
 */
export function comparePairs({ real, other }: TablePair): (i: number, j: number, weights?: RowWeights) => PairLikeness {
  const columns = real.columns.map((column, k) => pairedColumn(column, other.columns[k]!));
  return (i, j, weights) => {
    const [a, b] = [columns[i]!, columns[j]!];
    if (a.numbers && b.numbers) {
      const r = {
        real: correlation(a.numbers.real, b.numbers.real, weights?.real),
        other: correlation(a.numbers.other, b.numbers.other, weights?.other),
      };
      return { measure: "correlation", similarity: 1 - Math.abs((r.real ?? 0) - (r.other ?? 0)) / 2, ...r };
    }
    const [inReal, inOther] = [
      jointCounts(a.codes.real, b.codes.real, a.levels, b.levels, weights?.real),
      jointCounts(a.codes.other, b.codes.other, a.levels, b.levels, weights?.other),
    ];
    return {
      measure: "contingency",
      similarity: 1 - totalVariation(inReal, inOther),
      real: cramersV(inReal, a.levels, b.levels),
      other: cramersV(inOther, a.levels, b.levels),
    };
  };
}

function pairedColumn(real: Column, other: Column): PairedColumn {
  if (real.kind === "numbers" && other.kind === "numbers") {
    const code = binsOf(real.values);
    return {
      codes: { real: Uint16Array.from(real.values, code), other: Uint16Array.from(other.values, code) },
      levels: BINS + 1,
      numbers: { real: standardised(real.values), other: standardised(other.values) },
    };
  }
  if (real.kind === "categories" && other.kind === "categories") {
    const counts = new Float64Array(real.categories.length);
    for (const { codes } of [real, other]) for (const code of codes) if (code >= 0) counts[code]!++;
    const frequent = [...counts.keys()].sort((i, j) => counts[j]! - counts[i]!);
    const levels = Math.min(counts.length, MOST_LEVELS) + 1;
    const places = new Uint16Array(counts.length);
    frequent.forEach((code, place) => {
      places[code] = Math.min(place, levels - 2);
    });
    const place = (code: number) => (code < 0 ? levels - 1 : places[code]!);
    return {
      codes: { real: Uint16Array.from(real.codes, place), other: Uint16Array.from(other.codes, place) },
      levels,
      numbers: null,
    };
  }
  throw new RangeError(`the column ${real.name} holds ${real.kind} in one table and ${other.kind} in the other`);
}

/** The bin of a number, as numpy's histogram_bin_edges and digitize find it; `BINS` where it is missing. */
function binsOf(values: Float64Array): (value: number) => number {
  const sorted = differentValues(values);
  const [first, last] = [sorted[0] ?? 0, sorted[sorted.length - 1] ?? 0];
  const [low, high] = first < last ? [first, last] : [first - 0.5, last + 0.5];
  const step = (high - low) / BINS;
  const inner = Float64Array.from({ length: BINS - 1 }, (_, k) => (k + 1) * step + low);
  return (value) => {
    if (Number.isNaN(value)) return BINS;
    let bin = 0;
    while (bin < inner.length && value >= inner[bin]!) bin++;
    return bin;
  };
}

/** Less their mean, in shares of the largest deviation, so that no product overflows, and none of a constant is anything but 0. */
function standardised(values: Float64Array): Float64Array {
  let [largest, count, sum, spread] = [0, 0, 0, 0];
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  const scaled = values.map((value) => value / (largest || 1));
  for (const value of scaled) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  for (const value of scaled) if (Math.abs(value - sum / count) > spread) spread = Math.abs(value - sum / count);
  return scaled.map((value) => (value - sum / count) / (spread || 1));
}

/** Below this share of its mean square, a variance is rounding: the numbers are constant. */
const ROUNDING = 1e-13;

function correlation(x: Float64Array, y: Float64Array, weights?: Uint16Array): number | null {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    const weight = weights ? weights[i]! : 1;
    if (weight === 0 || Number.isNaN(a) || Number.isNaN(b)) continue;
    n += weight;
    sx += weight * a;
    sy += weight * b;
    sxx += weight * a * a;
    syy += weight * b * b;
    sxy += weight * a * b;
  }
  const [xx, yy] = [sxx - (sx * sx) / n, syy - (sy * sy) / n];
  if (!(n > 1 && xx > ROUNDING * sxx && yy > ROUNDING * syy)) return null;
  return Math.min(1, Math.max(-1, (sxy - (sx * sy) / n) / Math.sqrt(xx * yy)));
}

/** How many rows, by their weights, have each pair of codes: `[levels of a, levels of b]`, and in all. */
function jointCounts(a: Uint16Array, b: Uint16Array, rows: number, columns: number, weights?: Uint16Array) {
  const counts = new Float64Array(rows * columns);
  let total = 0;
  for (let i = 0; i < a.length; i++) {
    const weight = weights ? weights[i]! : 1;
    counts[a[i]! * columns + b[i]!]! += weight;
    total += weight;
  }
  return { counts, total };
}

type JointCounts = ReturnType<typeof jointCounts>;

function totalVariation(p: JointCounts, q: JointCounts): number {
  let difference = 0;
  for (let k = 0; k < p.counts.length; k++) difference += Math.abs(p.counts[k]! / p.total - q.counts[k]! / q.total);
  return Math.min(1, difference / 2);
}

/** Cramer's V, sqrt(chi^2 / (n (least of rows and columns - 1))), from 0 for independent columns to 1 where one tells the other. */
function cramersV({ counts }: JointCounts, rows: number, columns: number): number | null {
  const [ofRow, ofColumn] = [new Float64Array(rows), new Float64Array(columns)];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      ofRow[i]! += counts[i * columns + j]!;
      ofColumn[j]! += counts[i * columns + j]!;
    }
  const least = Math.min(...[ofRow, ofColumn].map((sums) => sums.filter((sum) => sum > 0).length)) - 1;
  if (least < 1) return null;
  let square = -1;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const count = counts[i * columns + j]!;
      if (count > 0) square += (count / ofRow[i]!) * (count / ofColumn[j]!);
    }
  return Math.sqrt(Math.min(1, Math.max(0, square / least)));
}
