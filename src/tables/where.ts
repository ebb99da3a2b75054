import { InputError } from "../errors.js";
import { listed, quoted } from "../quoting.js";
import { categorySet, givenSet } from "./conditions/categorySet.js";
import { type ColumnSet, intersection } from "./conditions/columnSet.js";
import { type ConditionText, conditionText, valueTexts } from "./conditions/conditionText.js";
import { numberSet } from "./conditions/numberSet.js";
import { isModelled } from "./isModelled.js";
import type { TableSchema } from "./schema.js";

export { type CategorySet, type ColumnSet, matches, type NumberSet } from "./conditions/columnSet.js";

/**
 * The conditions that a user writes down, one set for each column that they name. Conditions on one column are all to hold.
 *
 *     sex=Female               a category
 *     city=Paris,Rome          one of several
 *     age=30..40               from and to, both included
 *     age=..18,65..            up to 18, or from 65 on
 *     date=2024-01-01..        as the column is written, or as ISO 8601; a day of moments is all of it
 *     income=missing           rows in which it is missing; income=!missing those in which it is not
 *     "a=b"="x, y"             names and values with signs in them in quotes
 *
 * @throws InputError where a condition is not of that form, names no column or no value of it (with the nearest), or allows nothing
 */
export function tableConditions(where: readonly string[], schema: TableSchema): readonly ColumnSet[] {
  const sets = new Map<string, ColumnSet>();
  for (const text of where) {
    const set = setOf(conditionText(text, schema.columns));
    if (!set) continue;
    const before = sets.get(set.column);
    const both = before ? intersection(before, set) : set;
    if (!both) throw new InputError(`The conditions on ${quoted(set.column)} exclude each other: ${listed(where)}.`);
    sets.set(set.column, both);
  }
  return [...sets.values()];
}

/** `undefined` where every row fulfils it. */
function setOf({ column, values }: ConditionText): ColumnSet | undefined {
  if (values === "") throw new InputError(`${column.name}= asks for nothing: give a value, a range or "missing".`);
  if (column.type === "category" || column.type === "boolean") return categorySet(column, values);
  if ("range" in column) return numberSet(column, values);
  if (column.type === "constant" && column.missing.length === 0) {
    const isAsked = [values, ...valueTexts(values).map(({ text }) => text)].includes(column.text);
    if (isAsked) return undefined;
    throw new InputError(`${quoted(column.name)} is ${quoted(column.text)} in every row.`);
  }
  if (isModelled(column)) return givenSet(column, values);
  throw new InputError(`${quoted(column.name)} is made up for each row, so no value of it can be asked for.`);
}
