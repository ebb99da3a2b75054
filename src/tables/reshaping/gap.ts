import { z } from "zod";
import { quoted } from "../../quoting.js";
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
});

export type GapStep = z.output<typeof gapStep>;

/** Values that are this much apart, as parts of the larger, are the same but for rounding. */
const SAME = 1e-9;

/** `undefined` where gaps would lose digits, as of numbers close to zero that are compared with large ones. */
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
  const step: GapStep = { kind: "gap", column: column.name, rule, name, isKept };
  const { gaps, kept } = gapColumns(step, column, derivation, table);
  const restored = restoreGap(step, grid, derivation, table, gaps, kept).values;
  const isExact = column.values.every((value, row) => {
    const back = restored[row] ?? NaN;
    if (Number.isNaN(value)) return Number.isNaN(back);
    return Math.abs(back - value) <= SAME * Math.abs(value);
  });
  return isExact ? step : undefined;
}

/**
 * How far the column is from what it is compared with, zero or more, and itself where that is missing. Each is said in all rows, so that
 * what is missing of one depends on nothing that the other has to say.
 */
export function gapColumns(
  { name, isKept }: GapStep,
  column: NumberColumn,
  { base, relation }: Derivation,
  table: Table,
): { readonly gaps: NumberColumn; readonly kept?: NumberColumn } {
  const bounds = valuesOf(base, table);
  const sign = signOf(relation);
  const isBounded = Array.from(bounds, (bound) => !Number.isNaN(bound));
  const apart = column.values.map((value, row) => Math.max(0, sign * (value - (bounds[row] ?? NaN))));
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

/** The column, in the order that the rule asks for however its values are rounded. */
export function restoreGap(
  { column }: GapStep,
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
    const value = round(bound + sign * Math.max(0, gap));
    const beyond = sign * (value - bound);
    const within = slack?.[row] ?? 0;
    const isBroken = isStrict ? beyond <= within : beyond < -within;
    if (!isBroken) return value;
    return unit > 0 ? round(value + sign * unit) : isStrict ? value : bound;
  });
  return { kind: "numbers", name: column, values };
}

export function sentenceOfGap({ column, rule, isKept }: GapStep): string {
  return (
    `${quoted(column)} is learned as a distance, so that ${quoted(rule)} holds in every row` +
    `${isKept ? "; where what it is compared with is missing, it is learned by itself" : ""}.`
  );
}

function signOf(relation: Derivation["relation"]): 1 | -1 {
  return relation === "at least" || relation === "above" ? 1 : -1;
}
