import { InputError } from "../errors.js";
import { quoted } from "../quoting.js";
import { describeColumns } from "./columns.js";
import type { Dataset } from "./dataset.js";
import { type Scaling, scale } from "./scaling.js";
import { type Description, partedDataset } from "./stored.js";

/** A table of numbers. */
export interface NumberTable {
  readonly columns: readonly string[];
  /** `[rows, columns]`, flat, all finite. */
  readonly values: readonly number[] | Float64Array;
}

/** Below this a float64 has fewer digits. */
const SMALLEST_SPREAD = 2 ** -1022;

/**
 * The data set of a table's rows, standardised. A seeded tenth of the rows is held out (none below 20 rows).
 * @param name of the table: a path where it comes from a file
 * @param seed of the shuffle that parts the rows
 * @throws InputError as `standardised` does
 */
export function tableDataset(name: string, table: NumberTable, seed = 0): Dataset {
  const { description, samples } = standardised(name, table);
  return partedDataset(description, samples, seed);
}

/**
 * A table's rows in training units: every column becomes `(value - mean) / deviation` over all rows, in float64, and `toOriginalUnits`
 * undoes it. Of n rows none is further than sqrt(n) from zero then, so every float64 has a place in float32.
 * @throws InputError for a single row, a column that never changes, and one whose extent is not a normal float64
 */
export function standardised(
  name: string,
  table: NumberTable,
): { readonly description: Description; readonly samples: Float32Array } {
  const columns = describeColumns(table.columns, table.values);
  const scaling = standardisation(name, table.values, columns);
  return {
    description: { name, kind: "table", shape: [columns.length], columns, scaling },
    samples: scale(table.values, scaling),
  };
}

/** Mean and deviation of each column. */
function standardisation(
  table: string,
  values: ArrayLike<number>,
  columns: ReturnType<typeof describeColumns>,
): Scaling {
  const rows = values.length / columns.length;
  if (rows === 1) throw new InputError(`${table} has one row; give at least two, which differ in every column.`);
  const moments = columns.map(({ name, range }, column) => {
    const [lowest, highest] = range;
    const extent = highest - lowest;
    const found = `${table}, column ${quoted(name)},`;
    if (extent === 0)
      throw new InputError(`${found} holds ${lowest} in each of its ${rows} rows; remove a column that never changes.`);
    if (extent === Number.POSITIVE_INFINITY)
      throw new InputError(
        `${found} reaches from ${lowest} to ${highest}, too far for a 64-bit float; divide it by 10.`,
      );
    // Places in the range, from 0 to 1, have squares that neither overflow nor vanish.
    let sum = 0;
    for (let i = column; i < values.length; i += columns.length) sum += (values[i]! - lowest) / extent;
    const mean = sum / rows;
    let squares = 0;
    for (let i = column; i < values.length; i += columns.length)
      squares += ((values[i]! - lowest) / extent - mean) ** 2;
    const spread = Math.sqrt(squares / rows) * extent;
    if (spread < SMALLEST_SPREAD)
      throw new InputError(
        `${found} varies by ${extent} only, which a 64-bit float cannot divide; multiply it by 1e16.`,
      );
    return { center: lowest + mean * extent, spread };
  });
  return { center: moments.map(({ center }) => center), spread: moments.map(({ spread }) => spread) };
}
