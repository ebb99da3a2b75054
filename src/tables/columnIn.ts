import type { CategoryColumn, Column, NumberColumn, Table } from "./table.js";

/**
 * The column of a table that is called so.
 * @throws RangeError where there is none
 */
export function columnIn(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (!column) throw new RangeError(`the table has no column ${name}`);
  return column;
}

/** The column of numbers that is called so. */
export function numbersIn(table: Table, name: string): NumberColumn {
  const column = columnIn(table, name);
  if (column.kind !== "numbers") throw new RangeError(`column ${name} holds categories and not numbers`);
  return column;
}

/** The column of categories that is called so. */
export function categoriesIn(table: Table, name: string): CategoryColumn {
  const column = columnIn(table, name);
  if (column.kind !== "categories") throw new RangeError(`column ${name} holds numbers and not categories`);
  return column;
}
