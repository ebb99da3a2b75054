import { z } from "zod";
import { quoted } from "../../quoting.js";
import type { Grid } from "../rounding.js";
import type { Quantity } from "../rules/condition.js";
import { valuesOf } from "../rules/evaluate.js";
import type { NumberColumn, Table } from "../table.js";

/** A column that others determine, such as `total = price * quantity`. */
export const computedStep = z.strictObject({
  kind: z.literal("computed"),
  column: z.string(),
  /** The equation, in which it stands alone on one side. */
  rule: z.string(),
  /**
   * Whether it is modelled nonetheless, because it is missing in other rows than what determines it: then a missing value stays so, and
   * a value stays where what determines it is missing.
   */
  isKept: z.boolean(),
  /** How far the data is from the equation, at most. */
  deviation: z.number(),
});

export type ComputedStep = z.output<typeof computedStep>;

export function learnComputed(column: NumberColumn, rule: string, base: Quantity, table: Table): ComputedStep {
  const computed = valuesOf(base, table);
  let isKept = false;
  let deviation = 0;
  column.values.forEach((value, row) => {
    const difference = Math.abs(value - (computed[row] ?? NaN));
    if (Number.isNaN(value) !== Number.isNaN(computed[row] ?? NaN)) isKept = true;
    else if (difference > deviation) deviation = difference;
  });
  return { kind: "computed", column: column.name, rule, isKept, deviation };
}

/** @param kept the column as it was modelled, where it was */
export function restoreComputed(
  { column }: ComputedStep,
  { round }: Grid,
  base: Quantity,
  table: Table,
  kept?: NumberColumn,
): NumberColumn {
  const computed = valuesOf(base, table).map(round);
  if (!kept) return { kind: "numbers", name: column, values: computed };
  const values = kept.values.map((value, row) => {
    const known = computed[row] ?? NaN;
    return Number.isNaN(value) || Number.isNaN(known) ? round(value) : known;
  });
  return { kind: "numbers", name: column, values };
}

export function sentenceOfComputed({ column, rule, isKept, deviation }: ComputedStep, { unit }: Grid): string {
  const isRounded = deviation > unit * 1e-6;
  return (
    `${quoted(column)} is computed by ${quoted(rule)}${isKept ? " where nothing of that is missing" : ""}` +
    `${isRounded ? `, which the data fulfils to within ${Number(deviation.toPrecision(2))}: it is rounded as the column is` : ""}.`
  );
}
