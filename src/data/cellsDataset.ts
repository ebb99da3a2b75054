import type { CellTable } from "../tables/cellTable.js";
import { inferSchema } from "../tables/inferSchema.js";
import { readTable } from "../tables/readTable.js";
import { reshape, reshapingOf, sentencesOf } from "../tables/reshaping.js";
import type { Table } from "../tables/table.js";
import type { TableChoices } from "../tables/tableChoices.js";
import type { Dataset } from "./dataset.js";
import { type RowsDatasetOptions, rowsDataset } from "./rows.js";

/** What is made of the cells of a table. */
export interface CellsDataset extends RowsDatasetOptions {
  /** What is decided of its columns. Default: all is inferred. */
  readonly table?: TableChoices | undefined;
}

/** A data set of rows, and the table that it was made of. */
export interface RowsOfCells {
  readonly data: Dataset & { readonly table: NonNullable<Dataset["table"]>; readonly warnings: readonly string[] };
  readonly table: Table;
}

/**
 * The data set of the rows in a table of cells. Its columns are what `inferSchema` makes of them. It runs in browsers too.
 * @throws InputError where a choice does not fit the table, or its rows break a rule
 */
export function cellsDataset(cells: CellTable, { table: choices, seed, conditional }: CellsDataset = {}): RowsOfCells {
  const { schema, notes } = inferSchema(cells, choices);
  const table = readTable(cells, schema);
  const reshaping = reshapingOf(schema, table);
  const warnings = [...cells.warnings, ...notes, ...sentencesOf(reshaping)];
  const rows = rowsDataset(reshape(reshaping, table), { seed, conditional });
  return { data: { ...rows, table: { schema, reshaping }, warnings }, table };
}
