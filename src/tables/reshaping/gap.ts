import { z } from "zod";
import { quoted } from "../../quoting.js";
import { createRng } from "../../random.js";
import type { Grid } from "../rounding.js";
import type { Derivation } from "../rules/derivation.js";
import { slackOf, valuesOf } from "../rules/evaluate.js";
import type { NumberColumn, Table } from "../table.js";

/** A column that is never below, or never above, what is computed from others, such as `start <= end`: modelled as how far apart they are. */
export const gapStep = z.strictObject({
  kind: z.literal("gap"),
  column: z.string(),
  /** The comparison, in which it stands alone on one side. */
  rule: z.string(),
  /** What the column of gaps is called. */
  name: z.string(),
  /** Whether the column itself is modelled too, for the rows in which what it is compared with is missing and it is not. */
  isKept: z.boolean(),
  /** The value that gaps are parts of the way to, from 0 to 1: the column's last one. `null`: they are distances. */
  limit: z.number().nullable().default(null),
});

export type GapStep = z.output<typeof gapStep>;

/** Values that are this much apart, as parts of the larger, are the same but for rounding. */
const SAME = 1e-9;

/** Rows from which it can be said which kind of gap is better, and by how much it has to be. */
const [LEAST_ROWS, BETTER] = [100, 0.05];

/**
 * Gaps are distances, or parts of the way to the column's last value where the column then depends less on how gaps go together with what it
 * is compared with: where many rows end on the same day, the distance to that day is of no one length. `undefined` where gaps would lose
 * digits, as of numbers close to zero that are compared with large ones.
 */
export function learnGap(
  column: NumberColumn,
  grid: Grid,
  rule: string,
  derivation: Derivation,
  name: string,
  table: Table,
): GapStep | undefined {
  const base = valuesOf(derivation.base, table);
  const isKept = column.values.some((value, row) => !Number.isNaN(value) && Number.isNaN(base[row]));
  const distances: GapStep = { kind: "gap", column: column.name, rule, name, isKept, limit: null };
  const parts = { ...distances, limit: lastOf(column.values, signOf(derivation.relation)) };
  const [first, second] = [distances, parts].filter((step) => comesBack(step));
  return first && second && moved(second) < moved(first) - BETTER ? second : first;

  function restored(step: GapStep, dealt: (gaps: NumberColumn) => NumberColumn): Float64Array {
    const { gaps, kept } = gapColumns(step, column, derivation, table);
    return restoreGap(step, grid, derivation, table, dealt(gaps), kept).values;
  }

  function comesBack(step: GapStep): boolean {
    const back = restored(step, (gaps) => gaps);
    return column.values.every((value, row) => {
      const found = back[row] ?? NaN;
      if (Number.isNaN(value)) return Number.isNaN(found);
      return Math.abs(found - value) <= SAME * Math.abs(value);
    });
  }

  /** How far the column's distribution moves where gaps are dealt out to rows by chance. */
  function moved(step: GapStep): number {
    return column.values.length < LEAST_ROWS ? 0 : largestDifference(column.values, restored(step, shuffled));
  }
}

function lastOf(values: Float64Array, sign: 1 | -1): number {
  return values.reduce((last, value) => (sign * (value - last) > 0 ? value : last), -sign * Infinity);
}

/** Gaps in an order of chance, those that are missing where they were. */
function shuffled(gaps: NumberColumn): NumberColumn {
  const rng = createRng(0);
  const values = gaps.values.slice();
  const rows = Uint32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  for (let last = rows.length - 1; last > 0; last--) {
    const [a = 0, b = 0] = [rows[last], rows[rng.integer(last + 1)]];
    [values[a], values[b]] = [values[b] ?? NaN, values[a] ?? NaN];
  }
  return { ...gaps, values };
}

/** The statistic of Kolmogorov and Smirnov: the largest difference of two distribution functions. */
function largestDifference(one: Float64Array, other: Float64Array): number {
  const sorted = (values: Float64Array) => values.filter((value) => !Number.isNaN(value)).sort();
  const [a, b] = [sorted(one), sorted(other)];
  let [i, j, largest] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / a.length - j / b.length));
  }
  return largest;
}

/**
 * How far the column is from what it is compared with, zero or more, and itself where that is missing. Each is said in all rows, so that
 * what is missing of one depends on nothing that the other has to say.
 */
export function gapColumns(
  { name, isKept, limit }: GapStep,
  column: NumberColumn,
  { base, relation }: Derivation,
  table: Table,
): { readonly gaps: NumberColumn; readonly kept?: NumberColumn } {
  const bounds = valuesOf(base, table);
  const sign = signOf(relation);
  const isBounded = Array.from(bounds, (bound) => !Number.isNaN(bound));
  const apart = column.values.map((value, row) => {
    const gap = Math.max(0, sign * (value - (bounds[row] ?? NaN)));
    return limit === null || Number.isNaN(gap) ? gap : partOf(gap, roomTo(limit, bounds[row] ?? NaN, sign));
  });
  const gaps: NumberColumn = { kind: "numbers", name, values: carried(apart, isBounded) };
  if (!isKept) return { gaps };
  const isAlone = isBounded.map((bounded) => !bounded);
  return { gaps, kept: { kind: "numbers", name: column.name, values: carried(column.values, isAlone) } };
}

/** The values of the rows that count, missing ones too, each repeated in the rows after it that do not. */
function carried(values: Float64Array, counts: readonly boolean[]): Float64Array {
  let last = values[counts.indexOf(true)] ?? NaN;
  return values.map((value, row) => {
    if (counts[row]) last = value;
    return last;
  });
}

function roomTo(limit: number, bound: number, sign: 1 | -1): number {
  return Math.max(0, sign * (limit - bound));
}

/** Where there is no way to go, one is there. */
function partOf(gap: number, room: number): number {
  return room === 0 ? 1 : gap / room;
}

/** The column, in the order that the rule asks for however its values are rounded. */
export function restoreGap(
  { column, limit }: GapStep,
  { unit, round }: Grid,
  { base, relation }: Derivation,
  table: Table,
  gaps: NumberColumn,
  kept?: NumberColumn,
): NumberColumn {
  const bounds = valuesOf(base, table);
  const slack = slackOf(base, base, table);
  const sign = signOf(relation);
  const isStrict = relation === "above" || relation === "below";
  const values = gaps.values.map((gap, row) => {
    const bound = bounds[row] ?? NaN;
    if (Number.isNaN(bound)) return round(kept?.values[row] ?? NaN);
    const distance = Math.max(0, gap) * (limit === null ? 1 : roomTo(limit, bound, sign));
    const value = round(bound + sign * distance);
    const beyond = sign * (value - bound);
    const within = slack?.[row] ?? 0;
    const isBroken = isStrict ? beyond <= within : beyond < -within;
    if (!isBroken) return value;
    return unit > 0 ? round(value + sign * unit) : isStrict ? value : bound;
  });
  return { kind: "numbers", name: column, values };
}

export function sentenceOfGap({ column, rule, isKept, limit }: GapStep): string {
  const gap = limit === null ? "a distance" : "a part of the way to its last value";
  return (
    `${quoted(column)} is learned as ${gap}, so that ${quoted(rule)} holds in every row` +
    `${isKept ? "; where what it is compared with is missing, it is learned by itself" : ""}.`
  );
}

function signOf(relation: Derivation["relation"]): 1 | -1 {
  return relation === "at least" || relation === "above" ? 1 : -1;
}
