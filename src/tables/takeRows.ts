import type { Column, Table } from "./table.js";

/** Some rows of a table, in the order of `rows`. */
export function takeRows({ name, columns }: Table, rows: Uint32Array): Table {
  const taken = columns.map((column): Column => {
    if (column.kind === "numbers") {
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
    }
    return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
  });
  return { name, rows: rows.length, columns: taken };
}
