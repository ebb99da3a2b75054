import type { Column, Table } from "./table.js";

/** The rows of a table at some places, in the order of the places; a place may come several times. */
export function takeRows(table: Table, places: ArrayLike<number>): Table {
  return { ...table, rows: places.length, columns: table.columns.map((column) => takeCells(column, places)) };
}

function takeCells(column: Column, places: ArrayLike<number>): Column {
  if (column.kind === "numbers") {
    const values = new Float64Array(places.length);
    for (let k = 0; k < places.length; k++) values[k] = column.values[places[k]!]!;
    return { ...column, values };
  }
  const codes = new Int32Array(places.length);
  for (let k = 0; k < places.length; k++) codes[k] = column.codes[places[k]!]!;
  return { ...column, codes };
}

/** One table after the other; both have the same columns and lists of categories, those of `first`. */
export function appendRows(first: Table, second: Table): Table {
  const columns = first.columns.map((column, k): Column => {
    const other = second.columns[k];
    if (column.kind === "numbers" && other?.kind === "numbers")
      return { ...column, values: joined(Float64Array, column.values, other.values) };
    if (column.kind === "categories" && other?.kind === "categories")
      return { ...column, codes: joined(Int32Array, column.codes, other.codes) };
    throw new RangeError(`column ${k + 1} is ${column.kind} in one table and ${other?.kind ?? "absent"} in the other`);
  });
  return { ...first, rows: first.rows + second.rows, columns };
}

function joined<A extends Float64Array | Int32Array>(kind: new (length: number) => A, first: A, second: A): A {
  const both = new kind(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
