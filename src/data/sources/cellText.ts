import { InputError } from "../../errors.js";
import type { CellTable } from "../../tables/cellTable.js";
import { cellsOfRecords } from "./cellRecords.js";
import { decoded, encodingOf, utf8Of } from "./encoding.js";
import { type Delimiter, delimiterOf, forEachRow } from "./rows.js";

/** How a table in text is read. */
export interface CellOptions {
  /** Whether the first row holds the names of the columns; told by its cells where absent. */
  readonly header?: boolean | undefined;
  /** What parts cells; told by the first rows where absent. */
  readonly delimiter?: Delimiter | undefined;
}

/**
 * The table of cells in the bytes of a delimited text.
 * @param name of the text, for messages
 * @throws InputError with the line where a row has another length than the first, or a quotation mark is not closed
 */
export function cellsOfText(bytes: Uint8Array, name: string, options: CellOptions = {}): CellTable {
  const encoding = encodingOf(bytes);
  const [start = ""] = decoded(bytes, encoding);
  const rows: (readonly string[])[] = [];
  forEachRow(utf8Of(bytes, encoding), options.delimiter ?? delimiterOf(start), ({ cells }) => rows.push(cells));
  const [first, ...below] = rows;
  if (first === undefined) throw new InputError(`${name} is empty.`);
  const records = below.map((cells) => Object.fromEntries(first.map((column, place) => [column, cells[place]])));
  return cellsOfRecords(name, records);
}
