import { stringify } from "csv-stringify/sync";
import type { WrittenRows } from "../../runs/sampleRows.js";

/**
 * A header and a line for each row, in pieces, the first of which is there once rows are: nothing is written where none can be made.
 * A row that is one empty cell is written as "", since a blank line is no row.
 */
export async function* delimitedRows({ columns, chunks }: WrittenRows, delimiter: "," | "\t"): AsyncGenerator<string> {
  const options = { delimiter, ...(columns.length === 1 && { quoted_empty: true }) };
  let header = [[...columns]];
  for await (const rows of chunks) {
    yield stringify([...header, ...rows], options);
    header = [];
  }
}

/** A record for each row, in pieces: one a line, or an array of them. */
export async function* jsonRows({ columns, chunks }: WrittenRows, form: "lines" | "array"): AsyncGenerator<string> {
  const names = columns.map((name) => JSON.stringify(name));
  const recordOf = (row: readonly string[]) =>
    `{${row.map((text, i) => `${names[i]}:${JSON.stringify(text)}`).join()}}`;
  const [opening, separator, closing] = form === "array" ? ["[\n", ",\n", "\n]\n"] : ["", "\n", "\n"];
  let before = opening;
  for await (const rows of chunks) {
    yield before + rows.map(recordOf).join(separator);
    before = separator;
  }
  yield closing;
}
