import type { ColumnSchema } from "./schema.js";
import { kindOf } from "./types/catalogue.js";

/** Whether a column is part of a `Table`: its values are learned, or at least where they are missing. */
export function isModelled(column: ColumnSchema): boolean {
  if (column.type === "text" && column.fill === "omit") return false;
  return kindOf(column).modelled !== "given" || column.missing.length > 0;
}
