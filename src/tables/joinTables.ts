import type { CategoryColumn, Column, NumberColumn, Table } from "./table.js";

/**
 * The rows of several tables of the same columns and categories one after the other, under the name of the first.
 * @throws RangeError where there is no table
 */
export function joinTables(all: readonly Table[]): Table {
  const [first] = all;
  if (!first) throw new RangeError("there is no table to join others to");
  const rows = all.reduce((sum, table) => sum + table.rows, 0);
  const columns = first.columns.map((column, place): Column => {
    const parts = all.map((table) => table.columns[place]);
    if (column.kind === "numbers") {
      const values = new Float64Array(rows);
      fill(values, parts.filter(isNumbers), (part) => part.values);
      return { ...column, values };
    }
    const codes = new Int32Array(rows);
    fill(codes, parts.filter(isCategories), (part) => part.codes);
    return { ...column, codes };
  });
  return { name: first.name, rows, columns };
}

function fill<Part, Cells extends Float64Array | Int32Array>(
  into: Cells,
  parts: readonly Part[],
  cellsOf: (part: Part) => Cells,
) {
  let at = 0;
  for (const part of parts) {
    into.set(cellsOf(part), at);
    at += cellsOf(part).length;
  }
}

function isNumbers(column: Column | undefined): column is NumberColumn {
  return column?.kind === "numbers";
}

function isCategories(column: Column | undefined): column is CategoryColumn {
  return column?.kind === "categories";
}
