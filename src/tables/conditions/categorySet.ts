import { InputError } from "../../errors.js";
import { nearest } from "../../nearest.js";
import { listed, quoted } from "../../quoting.js";
import type { ColumnOf, ColumnSchema } from "../schema.js";
import type { CategorySet } from "./columnSet.js";
import { type ValueText, valueTexts } from "./conditionText.js";
import { missingAsked } from "./missingAsked.js";

type CategorySchema = ColumnOf<"category" | "boolean">;

/** @throws InputError where a value is none of the column's, with the nearest */
export function categorySet(column: CategorySchema, values: string): CategorySet {
  const whole = codeOf(column, values);
  const codes = whole === undefined ? valueTexts(values).flatMap((value) => codesOf(column, value)) : [whole];
  return { column: column.name, kind: "categories", codes: [...new Set(codes)].sort((a, b) => a - b) };
}

/**
 * Of a column of which only is learned where it is missing.
 * @throws InputError where something else is asked
 */
export function givenSet(column: ColumnSchema, values: string): CategorySet {
  const asked = valueTexts(values).map((value) => missingAsked(column, value));
  if (asked.includes(undefined))
    throw new InputError(
      `Of ${quoted(column.name)} only missing or not missing can be asked for: its values are made up for each row.`,
    );
  return {
    column: column.name,
    kind: "categories",
    codes: [...new Set(asked)].map((one) => (one === "missing" ? -1 : 0)),
  };
}

function codesOf(column: CategorySchema, value: ValueText): readonly number[] {
  const code = codeOf(column, value.text);
  if (code !== undefined) return [code];
  const asked = missingAsked(column, value);
  if (asked === "missing") return [-1];
  if (asked === "given") return [...column.categories.keys()];
  throw unknownValue(column, value.text);
}

function codeOf({ categories }: CategorySchema, text: string): number | undefined {
  const texts: readonly string[] = categories;
  const code = texts.indexOf(text);
  return code < 0 ? undefined : code;
}

function unknownValue(column: CategorySchema, text: string): InputError {
  const { name, categories } = column;
  const pooled = column.type === "category" ? column.pooled : undefined;
  if (pooled?.texts.includes(text))
    return new InputError(
      `${quoted(text)} is one of ${pooled.texts.length} rare texts of ${quoted(name)} that are learned as one: ` +
        `ask for all of them as ${quoted(categories.at(-1) ?? "")}, or let more categories be learned.`,
    );
  const meant = nearest(text, categories);
  const guess = meant === undefined ? "" : ` Did you mean ${name}=${meant}?`;
  return new InputError(`There is no ${name} ${quoted(text)}: it is one of ${listed(categories)}.${guess}`);
}
