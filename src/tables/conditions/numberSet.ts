import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import { readValue } from "../readValue.js";
import { gridOf } from "../rounding.js";
import type { ColumnOf } from "../schema.js";
import { kindOf } from "../types/catalogue.js";
import type { NumberSet } from "./columnSet.js";
import { type ValueText, valueTexts } from "./conditionText.js";
import { missingAsked } from "./missingAsked.js";

export type RangedSchema = ColumnOf<"integer" | "decimal" | "date" | "time" | "timestamp">;
type Range = readonly [number, number];

const MILLISECONDS_PER_DAY = 86_400_000;
const EVERYTHING: Range = [-Infinity, Infinity];

/** @throws InputError where a value is none of the column's, a range is empty, or lies outside of the data's */
export function numberSet(column: RangedSchema, values: string): NumberSet {
  // A number may have commas of its own.
  const whole = rangeOf(column, { text: values, isQuoted: false });
  const ranges: Range[] = [];
  let missing = false;
  for (const value of whole ? [] : valueTexts(values)) {
    const asked = missingAsked(column, value);
    if (asked === "missing") missing = true;
    else ranges.push(asked === "given" ? EVERYTHING : checked(column, value, rangeOf(column, value)));
  }
  if (whole) ranges.push(checked(column, { text: values, isQuoted: false }, whole));
  return { column: column.name, kind: "numbers", ranges, missing };
}

/** From and to of `30..40`, `30..`, `..40` or a single value. */
function rangeOf(column: RangedSchema, { text, isQuoted }: ValueText): Range | undefined {
  const single = intervalOf(column, text);
  if (single || isQuoted) return single;
  for (let dots = text.indexOf(".."); dots >= 0; dots = text.indexOf("..", dots + 1)) {
    const [from, to] = [text.slice(0, dots).trim(), text.slice(dots + 2).trim()];
    const low = from === "" ? -Infinity : intervalOf(column, from)?.[0];
    const high = to === "" ? Infinity : intervalOf(column, to)?.[1];
    if (low !== undefined && high !== undefined && (from !== "" || to !== "")) return [low, high];
  }
  return undefined;
}

/** What a single value covers: of moments, a day covers all of its own. */
function intervalOf(column: RangedSchema, text: string): Range | undefined {
  const value = readValue(column, text);
  if (value === undefined) return undefined;
  const isDay = column.type === "timestamp" && /^\d{4}-\d\d-\d\d$/.test(text);
  return [value, isDay ? value + MILLISECONDS_PER_DAY - 1 : value];
}

const FORMS = "Give a value, several as A,B or a range as A..B, A.. or ..B.";

function checked(column: RangedSchema, { text }: ValueText, range: Range | undefined): Range {
  const { name, range: known } = column;
  const held = `${quoted(name)}, which holds ${kindOf(column).describe(column)}.`;
  if (!range) throw new InputError(`${quoted(text)} is not a value of ${held} ${FORMS}`);
  const [low, high] = range;
  if (low > high) throw new InputError(`${name}=${text} is empty: it ends before it begins.`);
  if (high < known[0] || low > known[1]) throw new InputError(`${text} lies outside of ${held}`);
  if (!hasValue(column, range)) throw new InputError(`${text} has no value of ${held}`);
  return range;
}

/** Whether a value that the column can be written with lies in a range. */
function hasValue(column: RangedSchema, [low, high]: Range): boolean {
  const { unit, round } = gridOf(column);
  if (unit === 0 || !Number.isFinite(low) || !Number.isFinite(high)) return true;
  return [round(low), round(low + unit)].some((value) => value >= low && value <= high);
}
