import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { CsvError, type Info, parse } from "csv-parse";
import { InputError } from "../errors.js";
import type { Dataset } from "./dataset.js";
import { unreadable } from "./reading.js";
import { type Scaling, scale, unscale } from "./scaling.js";
import { partedDataset } from "./stored.js";

/** A table of numbers as a CSV file holds it. */
export interface NumberTable {
  readonly columns: readonly string[];
  /** `[rows, columns]`, flat. */
  readonly values: readonly number[];
}

/**
 * The data set of a CSV file that `readTable` reads. Every column is standardised, `(value - mean) / deviation` over all rows, and
 * `toOriginalUnits` undoes it. A seeded tenth of the rows is held out (none below 20 rows).
 * @param seed of the shuffle that parts the rows
 * @throws InputError as `readTable` does, and for a column that never changes
 */
export async function openCsv(path: string, seed = 0): Promise<Dataset> {
  const { columns, values } = await readTable(path);
  const scaling = standardisation(path, columns, values);
  const description = {
    name: path,
    shape: [columns.length],
    columns,
    toOriginalUnits: (samples: Float32Array) => unscale(samples, scaling),
  };
  return partedDataset(description, scale(values, scaling), seed);
}

/**
 * A table of numbers from a CSV file: cells parted by commas, one row of column names, then one sample a row. Where the first row
 * is all numbers the file has no names, and its columns are called "1", "2" and so on. Blank lines are passed over.
 * @throws InputError with the file and, where there is one, the line and column: for a file that is missing, empty or no CSV, that
 * has no rows, a row of another length, a cell that is missing, no number, or beyond the range of a 32-bit float, and a column
 * without a name
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
      throw new InputError(
        `${path}, line ${line}, column "${columns[column]}": ${problem}; fill or remove the row, or remove the column.`,
      );
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

/** Mean and deviation of each column. Deviations are taken from the first row, so that a constant column gives exactly zero. */
function standardisation(path: string, columns: readonly string[], values: readonly number[]): Scaling {
  const rows = values.length / columns.length;
  const moments = columns.map((name, column) => {
    const first = values[column]!;
    let sum = 0;
    for (let i = column; i < values.length; i += columns.length) sum += values[i]! - first;
    const shift = sum / rows;
    let squares = 0;
    for (let i = column; i < values.length; i += columns.length) squares += (values[i]! - first - shift) ** 2;
    const deviation = Math.sqrt(squares / rows);
    if (deviation === 0) {
      throw new InputError(
        `${path}, column "${name}", holds ${first} in each of its ${rows} rows; remove a column that never changes.`,
      );
    }
    return { mean: first + shift, deviation };
  });
  return { center: moments.map(({ mean }) => mean), spread: moments.map(({ deviation }) => deviation) };
}
