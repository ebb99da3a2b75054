import { InputError } from "../errors.js";
import { readTable } from "./readTable.js";
import type { ColumnSchema } from "./schema.js";

const MILLISECONDS_PER_DAY = 86_400_000;
const ISO = /^(\d{4}-\d\d-\d\d)(?:([T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The number that a text means in a column of numbers, days or times: written as the column is, or, of days and moments, as ISO 8601.
 * `undefined` where the text means none.
 */
export function readValue(column: ColumnSchema, text: string): number | undefined {
  return asWritten(column, text) ?? asIso(column, text);
}

function asWritten(column: ColumnSchema, text: string): number | undefined {
  const cells = { name: "", rows: 1, rowsInFile: 1, warnings: [] };
  const cell = { name: column.name, texts: [text], codes: new Uint32Array(1) };
  try {
    const [read] = readTable({ ...cells, columns: [cell] }, { columns: [column], rules: [], together: [] }).columns;
    const value = read?.kind === "numbers" ? read.values[0] : undefined;
    return Number.isFinite(value) ? value : undefined;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function asIso({ type }: ColumnSchema, text: string): number | undefined {
  const [, day, time = "T00:00", zone = "Z"] = ISO.exec(text) ?? [];
  if (day === undefined || (type !== "timestamp" && (type !== "date" || text !== day))) return undefined;
  const midnight = Date.parse(`${day}T00:00Z`);
  // A day that a month does not have is counted on into the next.
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(day)) return undefined;
  const moment = Date.parse(`${day}${time.replace(" ", "T")}${zone}`);
  if (Number.isNaN(moment)) return undefined;
  return type === "date" ? midnight / MILLISECONDS_PER_DAY : moment;
}
