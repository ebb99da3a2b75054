import { InputError } from "../../errors.js";
import { quoted } from "../../quoting.js";
import { utf8Of } from "./encoding.js";
import { numberList, requireRoom } from "./numberList.js";
import { decimalCommaNumberIn, isMeantAsNumber, numberIn } from "./numberText.js";
import type { Delimiter } from "./rowScanner.js";
import { rowsIn } from "./rows.js";
import { nameless, type SourceTable, withoutRowCount } from "./sourceTable.js";
import { readingRows, requireLength, textStart } from "./textStart.js";

export interface TableTextOptions {
  /** Whether the first row holds the names of the columns. Default: told by its cells. */
  readonly header?: boolean | undefined;
  /** Numbers that it may hold. */
  readonly most: number;
}

/**
 * The table of numbers in a delimited text (`RowScanner`): UTF-8, UTF-16 with a byte order mark, or Latin-1; cells parted by commas,
 * semicolons, tabs or bars; a row of column names, then one sample a row. Where commas do not part cells, they may be decimal commas.
 *
 * Whether the first row holds names is told by its cells (`textStart`).
 * A first column without a name that only counts the rows is left out, with a warning.
 * @throws InputError with the file and, where there is one, the line and column: for a text that is empty or no table, that has no
 * rows, a row of another length, a cell that is missing or no finite number, a column without a name, two of the same, more than
 * 65,536 columns, or more numbers than `most`
 */
export function parseTable(bytes: Uint8Array, name: string, options: TableTextOptions): SourceTable {
  return readingRows(name, () => tableIn(bytes, name, options));
}

function tableIn(bytes: Uint8Array, name: string, { header, most }: TableTextOptions): SourceTable {
  const wanted = "a table with a row of column names and then rows of numbers";
  const { encoding, delimiter, named, columns, warnings } = textStart(bytes, name, { header }, wanted);
  // The first may be a count of the rows, which is known when they have been read.
  const without = columns.indexOf("", 1);
  if (without > 0) throw nameless(name, without);
  const values = numberList();
  const numberOf = cellReader(delimiter);
  let isNames = named;
  for (const { line, cells } of rowsIn(utf8Of(bytes, encoding), delimiter)) {
    if (isNames) {
      isNames = false;
      continue;
    }
    requireRoom(name, values.length + columns.length, most);
    requireLength(name, line, cells.length, columns.length);
    for (const [place, column] of columns.entries()) {
      const value = numberOf(cells[place] ?? "", line);
      if (typeof value === "string") {
        throw new InputError(`${name}, line ${line}, column ${quoted(column)}: ${value}.`);
      }
      values.push(value);
    }
  }
  if (values.length === 0) throw new InputError(`${name} has column names but no rows of numbers below them.`);
  const latin1 = encoding === "windows-1252" ? [`${name} is not UTF-8 and was read as Latin-1.`] : [];
  return withoutRowCount(name, { columns, values: values.joined(), named, warnings: [...warnings, ...latin1] });
}

/** Reads cells of numbers; what is none gives what is wrong with it and what to do. */
function cellReader(delimiter: Delimiter): (cell: string, line: number) => number | string {
  let comma: number | undefined;
  let point: number | undefined;
  return (cell, line) => {
    let value = numberIn(cell);
    if (delimiter !== ",") {
      if (Number.isNaN(value)) {
        value = decimalCommaNumberIn(cell);
        if (!Number.isNaN(value)) comma ??= line;
      } else if (cell.includes(".")) point ??= line;
      if (comma !== undefined && point !== undefined) {
        return `${quoted(cell)} has a decimal ${comma === line ? "comma" : "point"} and line ${Math.min(comma, point)} has a decimal ${comma === line ? "point" : "comma"}; write all numbers alike`;
      }
    }
    if (Number.isFinite(value)) return value;
    if (cell === "") return "the cell is empty; fill or remove the row, or remove the column";
    const parted = cell.split(/[\s|:]+/);
    const remedy =
      parted.length > 1 && parted.every(isMeantAsNumber)
        ? "part cells by commas, semicolons or tabs"
        : "fill or remove the row, or remove the column";
    return `${quoted(cell)} is not a finite number; ${remedy}`;
  };
}
