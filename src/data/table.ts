import { InputError } from "../errors.js";
import type { Dataset } from "./dataset.js";
import { type Scaling, scale, unscale } from "./scaling.js";
import { type Description, partedDataset } from "./stored.js";

/** A table of numbers. */
export interface NumberTable {
  readonly columns: readonly string[];
  /** `[rows, columns]`, flat. */
  readonly values: readonly number[];
}

/**
 * The data set of a table's rows, standardised. A seeded tenth of the rows is held out (none below 20 rows).
 * @param name of the table: a path where it comes from a file
 * @param seed of the shuffle that parts the rows
 * @throws InputError for a single row, and for a column that never changes
 */
export function tableDataset(name: string, table: NumberTable, seed = 0): Dataset {
  const { description, samples } = standardised(name, table);
  return partedDataset(description, samples, seed);
}

/**
 * A table's rows in training units: every column becomes `(value - mean) / deviation` over all rows, and `toOriginalUnits` undoes it.
 * @throws InputError for a single row, and for a column that never changes
 */
export function standardised(
  name: string,
  table: NumberTable,
): { readonly description: Description; readonly samples: Float32Array } {
  const { columns, values } = table;
  const scaling = standardisation(name, table);
  const toOriginalUnits = (samples: Float32Array) => unscale(samples, scaling);
  return { description: { name, shape: [columns.length], columns, toOriginalUnits }, samples: scale(values, scaling) };
}

/** Mean and deviation of each column. Deviations are taken from the first row, so that a constant column gives exactly zero. */
function standardisation(table: string, { columns, values }: NumberTable): Scaling {
  const rows = values.length / columns.length;
  if (rows === 1) throw new InputError(`${table} has one row; give at least two, which differ in every column.`);
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
        `${table}, column "${name}", holds ${first} in each of its ${rows} rows; remove a column that never changes.`,
      );
    }
    return { mean: first + shift, deviation };
  });
  return { center: moments.map(({ mean }) => mean), spread: moments.map(({ deviation }) => deviation) };
}
