import { InputError } from "../../errors.js";
import { listed, quoted } from "../../quoting.js";
import { decoded, encodingOf, utf8Of } from "./encoding.js";
import { headerOf, SAMPLED_ROWS } from "./header.js";
import { numberList, requireRoom } from "./numberList.js";
import { decimalCommaNumberIn, isMeantAsNumber, numberIn } from "./numberText.js";
import { type Delimiter, delimiterOf, firstRows, forEachRow, LONGEST_ROW, type Row, RowError } from "./rows.js";
import { MOST_CELLS, type SourceTable, withoutRowCount } from "./sourceTable.js";

export interface TableTextOptions {
  /** Whether the first row holds the names of the columns; told by its cells where absent. */
  readonly header?: boolean | undefined;
  /** Numbers that it may hold. */
  readonly most: number;
}

/**
 * The table of numbers in a delimited text (`forEachRow`): UTF-8, UTF-16 with a byte order mark, or Latin-1; cells parted by commas,
 * semicolons or tabs; a row of column names, then one sample a row. Where commas do not part cells, they may be decimal commas.
 *
 * A first row that is all numbers is a row of data, and the columns are called "1", "2" and so on. It holds names where it counts 0, 1,
 * 2, ... as pandas names columns, and the rows below have decimals. Either way a warning says what was taken for what.
 * A first column without a name that only counts the rows is left out, with a warning.
 * @throws InputError with the file and, where there is one, the line and column: for a text that is empty or no table, that has no
 * rows, a row of another length, a cell that is missing or no finite number, a column without a name, two of the same, more than
 * 65,536 columns, or more numbers than `most`
 */
export function parseTable(bytes: Uint8Array, name: string, options: TableTextOptions): SourceTable {
  try {
    return tableIn(bytes, name, options);
  } catch (error) {
    throw error instanceof RowError ? new InputError(sentenceOf(error, name)) : error;
  }
}

function tableIn(bytes: Uint8Array, name: string, { header, most }: TableTextOptions): SourceTable {
  const encoding = encodingOf(bytes);
  const [start = ""] = decoded(bytes, encoding);
  if (start.includes("\0")) {
    throw new InputError(`${name} is no text: it holds bytes of 0; save it as a table in UTF-8.`);
  }
  const delimiter = delimiterOf(start);
  const text = utf8Of(bytes, encoding);
  const [first, ...below] = firstRows(text, delimiter, SAMPLED_ROWS + 1);
  if (first === undefined) {
    throw new InputError(`${name} is empty; give a table with a row of column names and then rows of numbers.`);
  }
  const { named, warning } = headerRow(name, first, below, header);
  const columns = named ? columnNames(name, first) : first.cells.map((_, column) => String(column + 1));
  const values = numberList();
  const numberOf = cellReader(delimiter);
  forEachRow(text, delimiter, (row) => {
    if (named && row.line === first.line) return;
    requireRoom(name, values.length + columns.length, most);
    requireLength(name, row, columns.length);
    for (const [place, column] of columns.entries()) {
      const value = numberOf(row.cells[place] ?? "", row.line);
      if (typeof value === "string") {
        throw new InputError(`${name}, line ${row.line}, column ${quoted(column)}: ${value}.`);
      }
      values.push(value);
    }
  });
  if (values.length === 0) throw new InputError(`${name} has column names but no rows of numbers below them.`);
  const warnings = warning === undefined ? [] : [warning];
  if (encoding === "windows-1252") warnings.push(`${name} is not UTF-8 and was read as Latin-1.`);
  return withoutRowCount(name, { columns, values: values.joined(), named, warnings });
}

/** Whether the first row holds names, and what to say where that was a guess. */
function headerRow(name: string, { cells }: Row, below: readonly Row[], header: boolean | undefined) {
  if (header !== undefined) return { named: header };
  const { named, isGuess } = headerOf(
    cells,
    below.map((row) => row.cells),
  );
  if (!isGuess) return { named };
  const warning = named
    ? `${name}: the first row (${listed(cells)}) was taken as the names of the columns, as pandas writes them; give --no-header if it is a row of numbers.`
    : `${name}: the first row (${listed(cells)}) was taken as a row of numbers; give --header if it holds the names of the columns.`;
  return { named, warning };
}

function columnNames(name: string, { line, cells }: Row): readonly string[] {
  // The first may be a count of the rows, which is known when they have been read.
  const nameless = cells.indexOf("", 1);
  if (nameless > 0) {
    throw new InputError(`${name}, line ${line}: column ${nameless + 1} has no name; name it or remove it.`);
  }
  const seen = new Set<string>();
  for (const cell of cells) {
    if (seen.has(cell)) {
      throw new InputError(
        `${name}, line ${line}: two columns are named ${quoted(cell)}; rename or remove one of them.`,
      );
    }
    seen.add(cell);
  }
  return cells;
}

function requireLength(name: string, { line, cells }: Row, columns: number): void {
  if (cells.length === columns) return;
  throw new InputError(
    `${name}, line ${line}: the row has ${cells.length} cells where the first has ${columns}; make all rows as long.`,
  );
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

function sentenceOf({ problem, line }: RowError, name: string): string {
  switch (problem) {
    case "quote":
      return `${name} is no valid CSV file: a quotation mark in line ${line} is not closed, or text follows the one that closes it; correct that line.`;
    case "wide":
      return `${name}, line ${line}: the row has more than ${MOST_CELLS} cells; give a table of fewer columns.`;
    case "long":
      return `${name}, line ${line}: the row is longer than ${LONGEST_ROW} characters; end lines after each row, and close quotation marks.`;
  }
}
