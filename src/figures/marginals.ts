import type { CategoryColumn, Column, Table } from "../tables/table.js";
import { type NumberMarginal, numberMarginal } from "./numberMarginal.js";

/** A share of the rows of either table, from 0 to 1. */
export interface Shares {
  readonly real: number;
  readonly synthetic: number;
}

/** How a column is distributed in a real and a synthetic table, in few enough numbers to be drawn. */
export type Marginal = {
  readonly name: string;
  /** Of all rows. */
  readonly missing: Shares;
} & (NumberMarginal | CategoryMarginal);

export interface CategoryMarginal {
  readonly kind: "categories";
  /** The categories that are most frequent in either table, the most frequent first; shares of the rows that have a value. */
  readonly bars: readonly (Shares & { readonly label: string })[];
  /** All others together; `null` where there are none. */
  readonly others: (Shares & { readonly count: number }) | null;
}

/** More bars than these are not read. */
const MOST_BARS = 8;

/**
 * The distribution of each column that both tables have under the same name and of the same kind, in the order of the real table's columns.
 */
export function marginalsOf(real: Table, synthetic: Table): readonly Marginal[] {
  const others = new Map(synthetic.columns.map((column) => [column.name, column]));
  return real.columns.flatMap((column) => {
    const other = others.get(column.name);
    return other ? (marginalOf(column, other) ?? []) : [];
  });
}

function marginalOf(real: Column, synthetic: Column): Marginal | null {
  const { name } = real;
  if (real.kind === "numbers" && synthetic.kind === "numbers") {
    const missing = { real: missingNumbers(real.values), synthetic: missingNumbers(synthetic.values) };
    return { name, missing, ...numberMarginal(real.values, synthetic.values) };
  }
  if (real.kind === "categories" && synthetic.kind === "categories") {
    const [a, b] = [countsOf(real), countsOf(synthetic)];
    return { name, missing: { real: a.missing, synthetic: b.missing }, ...categoryMarginal(a.shares, b.shares) };
  }
  return null;
}

function missingNumbers(values: Float64Array): number {
  let count = 0;
  for (const value of values) if (Number.isNaN(value)) count++;
  return values.length === 0 ? 0 : count / values.length;
}

/** The share of each category that occurs, by its text, and of missing values. */
function countsOf({ categories, codes }: CategoryColumn) {
  const counts = new Float64Array(categories.length);
  let known = 0;
  for (const code of codes) {
    if (code < 0) continue;
    counts[code]! += 1;
    known++;
  }
  const shares = new Map<string, number>();
  categories.forEach((category, code) => {
    const count = counts[code] ?? 0;
    if (count > 0) shares.set(category, count / known);
  });
  return { shares, missing: codes.length === 0 ? 0 : 1 - known / codes.length };
}

function categoryMarginal(real: ReadonlyMap<string, number>, synthetic: ReadonlyMap<string, number>): CategoryMarginal {
  const labels = [...new Set([...real.keys(), ...synthetic.keys()])];
  const all = labels.map((label) => ({ label, real: real.get(label) ?? 0, synthetic: synthetic.get(label) ?? 0 }));
  all.sort((a, b) => Math.max(b.real, b.synthetic) - Math.max(a.real, a.synthetic));
  // A single one that is left is shown itself.
  const shown = all.length === MOST_BARS + 1 ? all.length : MOST_BARS;
  const rest = all.slice(shown);
  const sum = (side: keyof Shares) => rest.reduce((total, one) => total + one[side], 0);
  return {
    kind: "categories",
    bars: all.slice(0, shown),
    others: rest.length > 0 ? { count: rest.length, real: sum("real"), synthetic: sum("synthetic") } : null,
  };
}
