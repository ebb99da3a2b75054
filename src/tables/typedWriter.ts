import { PLAIN } from "./numberText.js";
import type { ColumnSchema, NumberStyle, TableSchema } from "./schema.js";
import type { Table } from "./table.js";
import { cellWriter, columnOf, columnsToWrite } from "./tableWriter.js";
import { styleOf } from "./types/style.js";
import { type WritingOptions, writtenNumber } from "./writtenNumber.js";

/** What the cells of a column are to a program that knows types. */
export type CellType = "integer" | "decimal" | "boolean" | "date" | "time" | "timestamp" | "text";

/** A cell: a number of the units of a `Table`, yes or no, a text, or `null` where a value is missing. */
export type TypedCell = number | boolean | string | null;

export interface TypedColumn {
  readonly column: ColumnSchema;
  readonly type: CellType;
}

/**
 * What is written with types: JSON has numbers and booleans, and days and styled numbers, such as "$1,250", as their text; Parquet has types
 * for days and times too, and for numbers alone.
 */
export type TypedFormat = "json" | "parquet";

/** The columns that a typed writer gives, in their order. */
export function typedColumns(schema: TableSchema, format: TypedFormat): readonly TypedColumn[] {
  return columnsToWrite(schema).map((column) => ({ column, type: cellType(column, format) }));
}

/** Texts are booleans or whole numbers where all are written just as a program would. */
function cellType(column: ColumnSchema, format: TypedFormat): CellType {
  if (column.type === "integer" || column.type === "decimal")
    return format === "json" && isStyled(column.style) ? "text" : column.type;
  if ("range" in column) return format === "json" ? "text" : column.type;
  if (column.type === "identifier") {
    const { form } = column;
    return form.kind === "sequence" && form.prefix === "" && form.suffix === "" && form.width === 1
      ? "integer"
      : "text";
  }
  const texts = textsOf(column);
  if (texts.length === 0) return "text";
  if (texts.every((text) => text === "true" || text === "false")) return "boolean";
  return texts.every((text) => String(Number(text)) === text && Number.isSafeInteger(Number(text)))
    ? "integer"
    : "text";
}

/** Whether numbers are written otherwise than in JSON, but for zeros at their end. */
function isStyled(style: NumberStyle = PLAIN): boolean {
  return styleOf({ ...style, leastDecimals: 0 }).style !== undefined;
}

/** All that cells of a column can be; none where they are made up. */
function textsOf(column: ColumnSchema): readonly string[] {
  if (column.type === "constant") return [column.text];
  if (column.type === "boolean") return column.categories;
  if (column.type !== "category") return [];
  return column.pooled ? [...column.categories.slice(0, -1), ...column.pooled.texts] : column.categories;
}

/**
 * Makes columns of typed cells of a table's numbers, in the order of `typedColumns`: as `tableWriter` otherwise.
 * @returns of each chunk of rows the cells of each column, `[columns][rows]`
 */
export async function typedWriter(
  schema: TableSchema,
  format: TypedFormat,
  seed: number,
  options: WritingOptions = {},
): Promise<(table: Table) => readonly (readonly TypedCell[])[]> {
  const columns = typedColumns(schema, format).map((typed) => ({
    ...typed,
    nearest: writtenNumber(typed.column, options),
    isNumber: "range" in typed.column && typed.type !== "text",
  }));
  const numbers = new Set(columns.filter(({ isNumber }) => isNumber).map(({ column }) => column));
  const write = await cellWriter(schema, seed, options, (column) => !numbers.has(column));
  return (table) => {
    const textsOf = write(table);
    const cells = columns.map(({ column, nearest, isNumber }): TypedCell[] => {
      const values = columnOf(column, table);
      if (!isNumber || values?.kind !== "numbers") return [];
      return Array.from(values.values, (value) => (Number.isNaN(value) ? null : nearest(value)));
    });
    for (let row = 0; row < table.rows; row++) {
      const texts = textsOf(row);
      for (const [i, { type, isNumber }] of columns.entries())
        if (!isNumber) cells[i]?.push(typedCell(texts[i] ?? null, type));
    }
    return cells;
  };
}

function typedCell(text: string | null, type: CellType): TypedCell {
  if (text === null || type === "text") return text;
  return type === "boolean" ? text === "true" : Number(text);
}
