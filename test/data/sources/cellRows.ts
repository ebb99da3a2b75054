import type { CellTable } from "../../../src/tables/cellTable.js";

/** The rows of a table as text, its names first. */
export function cellRows({ columns, rows }: CellTable): string[][] {
  const row = (at: number) => columns.map(({ texts, codes }) => texts[codes[at] ?? -1] ?? "none");
  return [columns.map(({ name }) => name), ...Array.from({ length: rows }, (_, at) => row(at))];
}
