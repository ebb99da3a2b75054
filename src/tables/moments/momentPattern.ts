import { InputError } from "../../errors.js";
import type { MomentFormat } from "../schema.js";
import { clockOf, fieldsAt, unsaid } from "./momentFields.js";
import { type Field, fieldOf, literal } from "./patternFields.js";

const TOKEN = /'((?:[^']|'')*)'|([a-zA-Z])\2*o?|[^a-zA-Z']+/g;

/**
 * Reads the texts of a pattern as milliseconds since 1970 UTC, NaN for those that are none. The `offset` of the format holds where the
 * text says none itself.
 * @throws InputError where the pattern has a field that is not known
 */
export function momentParser({ pattern, offset }: MomentFormat): (text: string) => number {
  const fields = fieldsOf(pattern);
  const expression = new RegExp(`^${fields.map(({ takes }) => `(${takes})`).join("")}$`, "i");
  return (text) => {
    const found = expression.exec(text);
    if (!found) return NaN;
    const said = unsaid();
    fields.forEach((field, i) => {
      field.read(said, found[i + 1] ?? "");
    });
    return clockOf(said) - (said.offset ?? offset) * 60_000;
  };
}

/** Writes milliseconds since 1970 UTC in a format. */
export function momentFormatter(format: MomentFormat): (moment: number) => string {
  const fields = fieldsOf(format.pattern);
  return (moment) => {
    const shown = { ...fieldsAt(moment + format.offset * 60_000), epoch: moment, offset: format.offset };
    return fields.map((field) => field.write(shown, format)).join("");
  };
}

/** Whether the texts of a pattern say a day: a year is among its fields, or all that is since 1970. */
export function saysDay(pattern: string): boolean {
  return /[yYtT]/.test(bare(pattern));
}

/** Whether the texts of a pattern say a time of the day. */
export function saysTime(pattern: string): boolean {
  return /[HhtT]/.test(bare(pattern));
}

/** Whether the texts of a format are moments everywhere, by an offset, by the name of a zone or by counting since 1970. */
export function saysZone({ pattern, offset }: MomentFormat): boolean {
  return offset !== 0 || /[XxtT]/.test(bare(pattern)) || /'(?:UTC|GMT|WET)'/.test(pattern);
}

/** A pattern without its quoted literals. */
function bare(pattern: string): string {
  return pattern.replace(/'[^']*'/g, "");
}

function fieldsOf(pattern: string): Field[] {
  return [...pattern.matchAll(TOKEN)].map(([token, quotedText, letter]) => {
    if (quotedText !== undefined) return literal(quotedText === "" ? "'" : quotedText.replaceAll("''", "'"));
    if (letter === undefined) return literal(token);
    const field = fieldOf(token);
    if (!field)
      throw new InputError(
        `"${token}" in "${pattern}" is not a field of a date. Known are yyyy, MM, MMM, dd, HH, mm, ss, SSS, a, XXX and others of Unicode's date patterns.`,
      );
    return field;
  });
}
