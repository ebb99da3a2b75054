import type { CellTable } from "./cellTable.js";
import type { ColumnSchema, TableSchema } from "./schema.js";
import type { TableChoices } from "./tableChoices.js";

/** What a table's columns are, and what a person should know of how that was decided. */
export interface InferredSchema {
  readonly schema: TableSchema;
  /** Sentences: what is not obvious, what was left out and why, what was pooled. */
  readonly notes: readonly string[];
}

/**
 * Infers what each column of a table is: its type, how it is written, which texts stand for a missing value.
 * @throws InputError where a column that `choices` names does not exist, with the nearest; where cells cannot be read as a type that was
 *   chosen; where the table has fewer than 2 rows, or no column is left
 */
export function inferSchema(cells: CellTable, choices: TableChoices = {}): InferredSchema {
  const columns = cells.columns.map(({ name, texts }): ColumnSchema => {
    const given = texts.filter((text) => text !== "");
    const missing = given.length < texts.length ? [""] : [];
    const numbers = given.map(Number);
    if (numbers.some(Number.isNaN)) return { type: "category", name, missing, categories: given };
    const range: [number, number] = [Math.min(...numbers), Math.max(...numbers)];
    if (numbers.every(Number.isInteger)) return { type: "integer", name, missing, range, step: 1 };
    return { type: "decimal", name, missing, range, decimals: null };
  });
  const { rules = [], together = [] } = choices;
  return { schema: { columns, rules: [...rules], together: together.map((group) => [...group]) }, notes: [] };
}
