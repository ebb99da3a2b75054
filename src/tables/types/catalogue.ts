import { catalogue } from "../../catalogue.js";
import type { ColumnSchema } from "../schema.js";
import { boolean } from "./boolean.js";
import { category } from "./category.js";
import type { ColumnKind } from "./columnKind.js";
import { constant } from "./constant.js";
import { date } from "./date.js";
import { decimal } from "./decimal.js";
import { identifier } from "./identifier.js";
import { integer } from "./integer.js";
import { text } from "./text.js";
import { time } from "./time.js";
import { timestamp } from "./timestamp.js";

/** The types of columns, in the order in which a column is tried as each; the last takes any text. */
export const columnTypes = catalogue<ColumnKind>("type of columns", [
  constant,
  boolean,
  date,
  time,
  timestamp,
  identifier,
  integer,
  decimal,
  text,
  category,
]);

export function kindOf(column: ColumnSchema): ColumnKind {
  return columnTypes.get(column.type);
}
