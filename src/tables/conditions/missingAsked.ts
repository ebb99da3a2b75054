import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import type { ColumnSchema } from "../schema.js";
import type { ValueText } from "./conditionText.js";

/**
 * Whether a value asks for missing ones, `missing`, or for all that are not, `!missing`; `undefined` where it is a value of the column.
 * @throws InputError where no value is missing
 */
export function missingAsked(
  { name, missing }: ColumnSchema,
  { text, isQuoted }: ValueText,
): "missing" | "given" | undefined {
  if (isQuoted || (text !== "missing" && text !== "!missing")) return undefined;
  if (text === "!missing") return "given";
  if (missing.length > 0) return "missing";
  throw new InputError(`No value of ${quoted(name)} is missing in the data.`);
}
