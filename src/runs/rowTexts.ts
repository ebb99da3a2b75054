import type { TypedCell } from "../tables/typedWriter.js";
import type { TypedRows, WrittenRows } from "./sampleRows.js";

/**
 * A header and a line for each row, in pieces, the first of which is there once rows are: nothing is written where none can be made.
 * A row that is one empty cell is written as "", since a blank line is no row.
 */
export async function* delimitedRows({ columns, chunks }: WrittenRows, delimiter: "," | "\t"): AsyncGenerator<string> {
  const isAlone = columns.length === 1;
  const special = delimiter === "," ? /[",\r\n]/ : /["\t\r\n]/;
  const cellOf = (text: string) =>
    special.test(text) || (isAlone && text === "") ? `"${text.replaceAll('"', '""')}"` : text;
  const lineOf = (row: readonly string[]) => `${row.map(cellOf).join(delimiter)}\n`;
  let header = lineOf(columns);
  for await (const rows of chunks) {
    yield header + rows.map(lineOf).join("");
    header = "";
  }
}

/** A record for each row, in pieces as `delimitedRows` has them: one a line, or an array of them. Missing values are `null`. */
export async function* jsonRows({ columns, chunks }: TypedRows, form: "lines" | "array"): AsyncGenerator<string> {
  const names = columns.map(({ column: { name } }) => JSON.stringify(name));
  const recordOf = (cells: readonly (readonly TypedCell[])[], row: number) =>
    `{${cells.map((column, i) => `${names[i]}:${JSON.stringify(column[row])}`).join()}}`;
  const [opening, separator, closing] = form === "array" ? ["[\n", ",\n", "\n]\n"] : ["", "\n", "\n"];
  let before = opening;
  for await (const cells of chunks) {
    yield before + (cells[0] ?? []).map((_, row) => recordOf(cells, row)).join(separator);
    before = separator;
  }
  yield closing;
}
