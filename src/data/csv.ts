import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { CsvError, type Info, parse } from "csv-parse";
import { InputError } from "../errors.js";
import type { Dataset } from "./dataset.js";
import { unreadable } from "./reading.js";
import { type NumberTable, tableDataset } from "./table.js";

/**
 * The data set of a CSV file that `readTable` reads, by `tableDataset`.
 * @param seed of the shuffle that parts the rows
 * @throws InputError as `readTable` and `tableDataset` do
 */
export async function openCsv(path: string, seed = 0): Promise<Dataset> {
  return tableDataset(path, await readTable(path), seed);
}

/**
 * A table of numbers from a CSV file: cells parted by commas, one row of column names, then one sample a row. Where the first row
 * is all numbers the file has no names, and its columns are called "1", "2" and so on. Blank lines are passed over.
 * @throws InputError with the file and, where there is one, the line and column: for a file that is missing, empty or no CSV, that
 * has no rows, a row of another length, a cell that is missing, no number, or beyond the range of a 32-bit float, a column
 * without a name, and two of the same
 */
export async function readTable(path: string): Promise<NumberTable> {
  let columns: readonly string[] = [];
  const values: number[] = [];
  try {
    for await (const { record, info } of records(path)) {
      if (columns.length === 0) {
        const named = !record.every(isMeantAsNumber);
        columns = named ? columnNames(path, info.lines, record) : record.map((_, column) => String(column + 1));
        if (named) continue;
      }
      appendRow(values, path, info.lines, columns, record);
    }
  } catch (error) {
    if (error instanceof CsvError) throw new InputError(`${path} is no valid CSV file: ${error.message}.`);
    throw unreadable(path, error);
  }
  if (columns.length === 0) {
    throw new InputError(`${path} is empty; give a table with a row of column names and then rows of numbers.`);
  }
  if (values.length === 0) throw new InputError(`${path} has column names but no rows of numbers below them.`);
  return { columns, values };
}

function records(path: string): AsyncIterable<{ readonly record: readonly string[]; readonly info: Info }> {
  const parser = parse({ info: true, relax_column_count: true, skip_empty_lines: true, trim: true, bom: true });
  // Whoever iterates over the parser meets its errors and the file's there; a parser that is left early closes the file.
  return pipeline(createReadStream(path), parser, () => {});
}

function columnNames(path: string, line: number, row: readonly string[]): readonly string[] {
  const nameless = row.indexOf("");
  if (nameless >= 0) {
    throw new InputError(
      `${path}, line ${line}: column ${nameless + 1} has no name; name it, or remove it if it only counts the rows.`,
    );
  }
  const twice = row.find((name, column) => row.indexOf(name) !== column);
  if (twice !== undefined) {
    throw new InputError(`${path}, line ${line}: two columns are named "${twice}"; rename or remove one of them.`);
  }
  return row;
}

function appendRow(values: number[], path: string, line: number, columns: readonly string[], row: readonly string[]) {
  if (row.length !== columns.length) {
    throw new InputError(
      `${path}, line ${line}: the row has ${row.length} cells where the first has ${columns.length}; make all rows as long.`,
    );
  }
  for (const [column, cell] of row.entries()) {
    const value = numberIn(cell);
    if (!Number.isFinite(Math.fround(value))) {
      const problem = cell === "" ? "the cell is empty" : `"${cell}" is not a finite 32-bit number`;
      const remedy = cell.includes(";")
        ? "part cells by commas, not by semicolons"
        : "fill or remove the row, or remove the column";
      throw new InputError(`${path}, line ${line}, column "${columns[column]}": ${problem}; ${remedy}.`);
    }
    values.push(value);
  }
}

/** Also for what is no number but stands for one: a first row with a NaN is a row of data that is to be refused, not names. */
function isMeantAsNumber(cell: string): boolean {
  return !Number.isNaN(numberIn(cell)) || /^[+-]?(nan|inf)$/i.test(cell);
}

function numberIn(cell: string): number {
  return cell === "" ? Number.NaN : Number(cell);
}
