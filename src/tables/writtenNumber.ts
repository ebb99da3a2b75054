import type { ColumnSchema } from "./schema.js";
import { kindOf } from "./types/catalogue.js";

/** What a writer of tables may let go of. */
export interface WritingOptions {
  /** Whether decimals have as many digits as the data's. Default: true. */
  readonly round?: boolean | undefined;
  /** Whether numbers and times are kept inside the data's range. Default: true. */
  readonly clamp?: boolean | undefined;
}

/** The number that is written for a number of a column: whole or with its decimals, a multiple of its step, inside its range. */
export function writtenNumber(
  column: ColumnSchema,
  { round = true, clamp = true }: WritingOptions = {},
): (value: number) => number {
  if (!("range" in column)) return (value) => value;
  const exact = !round && column.type === "decimal";
  const rounded = exact ? (value: number) => value : kindOf(column).round(column);
  if (!clamp) return rounded;
  const [least, most] = column.range;
  return (value) => Math.min(Math.max(rounded(value), least), most);
}
