import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import { knownColumn } from "../knownColumn.js";
import type { ColumnSchema } from "../schema.js";

/** A condition as it is written: `sex=Female`, or `"a=b"="x, y",z` with quotes around what has signs in it. */
export interface ConditionText {
  readonly column: ColumnSchema;
  /** What stands behind the "=". */
  readonly values: string;
}

/** One of the values behind the "=". */
export interface ValueText {
  readonly text: string;
  /** Whether it stands in quotes, and is meant as it is. */
  readonly isQuoted: boolean;
}

const QUOTED = /^\s*("(?:[^"]|"")*"|'(?:[^']|'')*'|`(?:[^`]|``)*`)\s*/;
const COMPARED = /^\s*(?:<=|>=|!=|<>|<|>)/;

/** @throws InputError where there is no "=", or no column of that name */
export function conditionText(text: string, columns: readonly ColumnSchema[]): ConditionText {
  const longestFirst = [...columns].sort((a, b) => b.name.length - a.name.length);
  for (const column of longestFirst) {
    const rest = behind(text, column.name);
    if (rest === undefined) continue;
    if (COMPARED.test(rest))
      throw new InputError(
        `${quoted(text)} is not a condition: ranges are written with two dots, such as ${column.name}=30..40 or ${column.name}=30.. without an end.`,
      );
    const [equals] = /^\s*=\s*/.exec(rest) ?? [];
    if (equals !== undefined) return { column, values: rest.slice(equals.length).trimEnd() };
  }
  const [inQuotes] = QUOTED.exec(text) ?? [];
  const end = inQuotes === undefined ? text.indexOf("=") : inQuotes.length;
  if (text.charAt(end) !== "=")
    throw new InputError(`${quoted(text)} is not a condition: it has the form column=value, such as age=30..40.`);
  const name = inQuotes === undefined ? text.slice(0, end).trim() : unquoted(inQuotes.trim());
  return { column: knownColumn(name, columns, "The table"), values: text.slice(end + 1).trim() };
}

/** What stands behind a column's name, bare or in quotes, at the beginning of a text. */
function behind(text: string, name: string): string | undefined {
  const [inQuotes] = QUOTED.exec(text) ?? [];
  if (inQuotes !== undefined && unquoted(inQuotes.trim()) === name) return text.slice(inQuotes.length);
  const bare = text.trimStart();
  return bare.startsWith(name) ? bare.slice(name.length) : undefined;
}

/** The values of a list with commas between; those in quotes may have commas themselves. */
export function valueTexts(values: string): readonly ValueText[] {
  const found: ValueText[] = [];
  for (let rest = values; ; ) {
    const [inQuotes] = QUOTED.exec(rest) ?? [];
    const comma = rest.indexOf(",", inQuotes?.length ?? 0);
    const end = comma < 0 ? rest.length : comma;
    const isQuoted = inQuotes?.length === end;
    const text = isQuoted ? unquoted(inQuotes.trim()) : rest.slice(0, end).trim();
    found.push({ text, isQuoted });
    if (comma < 0) return found;
    rest = rest.slice(comma + 1);
  }
}

function unquoted(text: string): string {
  const mark = text.charAt(0);
  return text.slice(1, -1).replaceAll(mark + mark, mark);
}
