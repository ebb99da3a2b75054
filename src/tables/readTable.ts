import type { CellTable } from "./cellTable.js";
import type { TableSchema } from "./schema.js";
import type { Column, Table } from "./table.js";

/**
 * The modelled columns of a table as numbers, in the schema's order: numbers, dates and times as `NumberColumn`, categories and booleans
 * as `CategoryColumn`. Identifiers, made-up text and constants are no part of it, except where values of theirs are missing: such a
 * column has one category, "given", and -1 where the value is missing. A text that is no category of the schema becomes a further
 * category after the schema's, as in a second file; a column that the schema does not have is passed over.
 * @throws InputError where columns are not there or have cells that do not fit their type: which, and why, one by one
 */
export function readTable(cells: CellTable, schema: TableSchema): Table {
  const columns = schema.columns.flatMap((column): Column[] => {
    const found = cells.columns.find(({ name }) => name === column.name);
    if (!found) return [];
    const { name } = column;
    if (column.type === "category") {
      const places = Int32Array.from(found.texts, (text) => column.categories.indexOf(text));
      return [
        {
          kind: "categories",
          name,
          categories: column.categories,
          codes: Int32Array.from(found.codes, (code) => places[code] ?? -1),
        },
      ];
    }
    const numbers = found.texts.map((text) => (text === "" ? NaN : Number(text)));
    return [{ kind: "numbers", name, values: Float64Array.from(found.codes, (code) => numbers[code] ?? NaN) }];
  });
  return { name: cells.name, rows: cells.rows, columns };
}
