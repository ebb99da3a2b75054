import { type ColumnSchema, columnSchema, type TableSchema } from "../../src/tables/schema.js";
import type { Column, Table } from "../../src/tables/table.js";

/** What a test says of a column: the schema without its name, and a value for each row; `null` is missing. */
export type Columns = Readonly<
  Record<string, { readonly schema: object; readonly values: readonly (number | string | null)[] }>
>;

export const numbers = (values: readonly (number | null)[], decimals: number | null = null) => {
  const given = values.filter((value) => value !== null);
  const range = [Math.min(0, ...given), Math.max(0, ...given)];
  return { schema: decimals === 0 ? { type: "integer", range } : { type: "decimal", decimals, range }, values };
};
/** Days, of which those that are texts are written YYYY-MM-DD. */
export const days = (values: readonly (string | null)[]) => {
  const given = values.map((text) => (text === null ? null : Date.parse(text) / 86_400_000));
  const schema = { ...numbers(given, 0).schema, type: "date", formats: [{ pattern: "yyyy-MM-dd" }] };
  return { schema, values: given };
};
export const texts = (values: readonly (string | null)[]) => ({
  schema: { type: "category", categories: [...new Set(values.filter((value) => value !== null))] },
  values,
});

/** A table and its schema. */
export function tableOf(
  columns: Columns,
  { rules = [], together = [] }: { rules?: string[]; together?: string[][] } = {},
): { table: Table; schema: TableSchema } {
  const schemas = Object.entries(columns).map(([name, { schema, values }]): ColumnSchema => {
    return columnSchema.parse({ ...schema, name, missing: values.includes(null) ? [""] : [] });
  });
  const read = Object.entries(columns).map(([name, { values }], place): Column => {
    const schema = schemas[place];
    if (schema && "categories" in schema) {
      const categories: readonly string[] = schema.categories;
      const codes = Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(String(value))));
      return { kind: "categories", name, categories, codes };
    }
    return {
      kind: "numbers",
      name,
      values: Float64Array.from(values, (value) => (value === null ? NaN : Number(value))),
    };
  });
  const rows = Object.values(columns)[0]?.values.length ?? 0;
  return { table: { name: "test", rows, columns: read }, schema: { columns: schemas, rules, together } };
}
