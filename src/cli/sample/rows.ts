import { stringify } from "csv-stringify/sync";
import type { WrittenRows } from "../../runs/sampleRows.js";

/** A header and a line for each row, in pieces. A row that is one empty cell is written as "", since a blank line is no row. */
export async function* delimitedRows({ columns, chunks }: WrittenRows, delimiter: "," | "\t"): AsyncGenerator<string> {
  const options = { delimiter, ...(columns.length === 1 && { quoted_empty: true }) };
  yield stringify([[...columns]], options);
  for await (const rows of chunks) yield stringify([...rows], options);
}

/** A record for each row, in pieces: one a line, or an array of them. */
export async function* jsonRows({ columns, chunks }: WrittenRows, form: "lines" | "array"): AsyncGenerator<string> {
  const names = columns.map((name) => JSON.stringify(name));
  const recordOf = (row: readonly string[]) =>
    `{${row.map((text, i) => `${names[i]}:${JSON.stringify(text)}`).join()}}`;
  const separator = form === "array" ? ",\n" : "\n";
  if (form === "array") yield "[\n";
  let isFirst = true;
  for await (const rows of chunks) {
    yield `${isFirst ? "" : separator}${rows.map(recordOf).join(separator)}`;
    isFirst = false;
  }
  yield form === "array" ? "\n]\n" : "\n";
}
