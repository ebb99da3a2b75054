import type { CellTable } from "../../src/tables/cellTable.js";
import { inferSchema } from "../../src/tables/inferSchema.js";
import type { ColumnSchema } from "../../src/tables/schema.js";
import type { TableChoices } from "../../src/tables/tableChoices.js";

/** A table of cells in memory, from the texts of each column. */
export function cellsOf(columns: Readonly<Record<string, readonly string[]>>, name = "people.csv"): CellTable {
  const rows = Object.values(columns)[0]?.length ?? 0;
  return {
    name,
    rows,
    rowsInFile: rows,
    columns: Object.entries(columns).map(([column, cells]) => {
      const texts = [...new Set(cells)];
      const places = new Map(texts.map((text, place) => [text, place]));
      return { name: column, texts, codes: Uint32Array.from(cells, (text) => places.get(text) ?? 0) };
    }),
    warnings: [],
  };
}

/** What is inferred of one column, beside another so that something is left to learn. */
export function inferColumn(name: string, cells: readonly string[], choices: TableChoices = {}): ColumnSchema {
  const beside = cells.map((_, row) => `${row % 3}.5`);
  const column = inferSchema(cellsOf({ [name]: cells, beside }), choices).schema.columns[0];
  if (!column) throw new Error("no column was inferred");
  return column;
}
