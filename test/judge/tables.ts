import type { Column, Table } from "../../src/tables/table.js";

type Cells = Readonly<Record<string, readonly (number | string | null)[]>>;

/** A table of plain cells: a column with a text holds categories, others numbers; null is missing. */
export function tableOf(cells: Cells, name = "table"): Table {
  const columns = Object.entries(cells).map(([title, values]): Column => {
    if (!values.some((value) => typeof value === "string"))
      return {
        kind: "numbers",
        name: title,
        values: Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN)),
      };
    const categories = [...new Set(values.filter((value) => typeof value === "string"))];
    const codes = Int32Array.from(values, (value) => (value === null ? -1 : categories.indexOf(String(value))));
    return { kind: "categories", name: title, categories, codes };
  });
  return { name, rows: Object.values(cells)[0]?.length ?? 0, columns };
}
