import { InputError } from "../../errors.js";
import type { CellTable } from "../../tables/cellTable.js";

/**
 * The table of records in memory, a record a row. The columns are the names that any record has, in the order in which they first appear;
 * a value is its text, what nests its JSON text, and `null`, `undefined` or a name that a record lacks "".
 *
 *     cellsOfRecords("people", [{ name: "Ada", age: 36 }, { name: "Alan" }])
 *
 * It runs in browsers too.
 * @param name of the table, for messages
 * @throws InputError where there is no record, or none has a name
 */
export function cellsOfRecords(name: string, rows: readonly Readonly<Record<string, unknown>>[]): CellTable {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) throw new InputError(`${name} holds no records; give at least one, with a name in it.`);
  return {
    name,
    rows: rows.length,
    rowsInFile: rows.length,
    columns: columns.map((column) => {
      const places = new Map<string, number>();
      const codes = Uint32Array.from(rows, (row) => {
        const text = textOf(row[column]);
        const place = places.get(text) ?? places.size;
        places.set(text, place);
        return place;
      });
      return { name: column, texts: [...places.keys()], codes };
    }),
    warnings: [],
  };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
