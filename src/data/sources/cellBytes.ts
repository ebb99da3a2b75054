import { quoted } from "../../quoting.js";
import type { CellTable } from "../../tables/cellTable.js";
import type { CellLimits } from "./cellCollector.js";
import { cellsOfRows } from "./cellRecords.js";
import { type CellOptions, cellsOfText } from "./cellText.js";
import { isJson } from "./content.js";
import { parseExactly } from "./exactJson.js";
import { jsonRows } from "./json.js";
import { sheetText } from "./xlsx.js";
import { isZip } from "./zip.js";

/** How the cells of bytes in memory are read. */
export interface CellBytesOptions extends CellOptions {
  readonly limits: CellLimits;
  /** Bytes that the first sheet of a workbook may have, unpacked. */
  readonly mostBytes: number;
}

/**
 * The table of cells in the bytes of a file: delimited text (`cellsOfText`), JSON (`jsonRows`; a name that a record lacks is an empty
 * cell), or the first sheet of an Excel workbook (`sheetText`). They are told by their content, and JSON by its name. It runs in browsers
 * too.
 * @param name of the file, for messages
 * @throws InputError where they hold no table
 */
export function cellsOfBytes(bytes: Uint8Array, name: string, options: CellBytesOptions): CellTable {
  if (isJson(bytes, name)) return cellsOfRows(name, jsonRows(bytes, name, parseExactly), options.limits);
  return isZip(bytes) ? cellsOfWorkbook(bytes, name, options) : cellsOfText(bytes, name, options);
}

function cellsOfWorkbook(bytes: Uint8Array, name: string, options: CellBytesOptions): CellTable {
  const { text, sheet, sheets } = sheetText(bytes, name, options.mostBytes);
  const table = cellsOfText(text, name, { ...options, delimiter: "," });
  const others = sheets > 1 ? [`${name} has ${sheets} sheets, of which the first, ${quoted(sheet)}, was read.`] : [];
  return { ...table, warnings: [...others, ...table.warnings] };
}
