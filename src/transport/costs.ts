import { InputError } from "../errors.js";

/** What it costs to move a unit of mass from source `i` to target `j`: a matrix that may be stored or computed when read. */
export interface Costs {
  readonly rows: number;
  readonly columns: number;
  /** No cost is larger in absolute value (an upper bound, not always reached). */
  readonly largest: number;
  at(row: number, column: number): number;
  /** Writes the costs of one source to all targets to `out[0 .. columns - 1]`. */
  readRow(row: number, out: Float64Array): void;
}

export type PointCost = "euclidean" | "squaredEuclidean";

/** Costs from a dense row-major matrix. Throws `InputError` for a wrong size or an entry that is not finite. */
export function matrixCosts(values: Float64Array, rows: number, columns: number): Costs {
  if (!(Number.isInteger(rows) && Number.isInteger(columns) && rows > 0 && columns > 0))
    throw new InputError(
      `A cost matrix of ${rows} rows and ${columns} columns is empty; each side needs at least one point.`,
    );
  if (values.length !== rows * columns)
    throw new InputError(
      `The cost matrix has ${values.length} entries; ${rows} rows of ${columns} columns need ${rows * columns}.`,
    );
  let largest = 0;
  for (let p = 0; p < values.length; p++) {
    const size = Math.abs(values[p]!);
    if (!(size < Infinity))
      throw new InputError(
        `The cost in row ${Math.floor(p / columns)}, column ${p % columns} is ${values[p]}; costs must be finite.`,
      );
    if (size > largest) largest = size;
  }
  return stored(values, rows, columns, largest);
}

/** Costs between two point sets `[rows, dimension]` and `[columns, dimension]`, computed each time they are read. */
export function pointCosts(a: Float64Array, b: Float64Array, dimension: number, kind: PointCost): Costs {
  const rows = a.length / dimension;
  const columns = b.length / dimension;
  const squared = kind === "squaredEuclidean";
  const finish = squared ? (square: number) => square : Math.sqrt;
  return {
    rows,
    columns,
    largest: finish(squaredDiameter(a, b, dimension)),
    at(row, column) {
      let sum = 0;
      for (let k = 0, p = row * dimension, q = column * dimension; k < dimension; k++, p++, q++) {
        const difference = a[p]! - b[q]!;
        sum += difference * difference;
      }
      return finish(sum);
    },
    readRow(row, out) {
      squaredDistances(a, row * dimension, b, dimension, out);
      if (!squared) for (let j = 0; j < columns; j++) out[j] = Math.sqrt(out[j]!);
    },
  };
}

/** The same costs, all computed once and kept in `8 * rows * columns` bytes. */
export function storeCosts(costs: Costs): Costs {
  const { rows, columns } = costs;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) costs.readRow(i, values.subarray(i * columns, (i + 1) * columns));
  return stored(values, rows, columns, costs.largest);
}

/** The costs of some rows and some columns. */
export function restrictCosts(costs: Costs, rows: Int32Array, columns: Int32Array): Costs {
  const whole = new Float64Array(costs.columns);
  return {
    rows: rows.length,
    columns: columns.length,
    largest: costs.largest,
    at: (row, column) => costs.at(rows[row]!, columns[column]!),
    readRow(row, out) {
      costs.readRow(rows[row]!, whole);
      for (let j = 0; j < columns.length; j++) out[j] = whole[columns[j]!]!;
    },
  };
}

function stored(values: Float64Array, rows: number, columns: number, largest: number): Costs {
  return {
    rows,
    columns,
    largest,
    at: (row, column) => values[row * columns + column]!,
    readRow: (row, out) => out.set(values.subarray(row * columns, (row + 1) * columns)),
  };
}

/** Four targets at a time: four independent sums keep the processor busy where one would wait for itself. */
function squaredDistances(a: Float64Array, start: number, b: Float64Array, dimension: number, out: Float64Array): void {
  const columns = b.length / dimension;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let q = j * dimension;
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let k = 0; k < dimension; k++, q++) {
      const x = a[start + k]!;
      const d0 = x - b[q]!;
      const d1 = x - b[q + dimension]!;
      const d2 = x - b[q + 2 * dimension]!;
      const d3 = x - b[q + 3 * dimension]!;
      sum0 += d0 * d0;
      sum1 += d1 * d1;
      sum2 += d2 * d2;
      sum3 += d3 * d3;
    }
    out[j] = sum0;
    out[j + 1] = sum1;
    out[j + 2] = sum2;
    out[j + 3] = sum3;
  }
  for (; j < columns; j++) {
    let sum = 0;
    for (let k = 0, q = j * dimension; k < dimension; k++, q++) sum += (a[start + k]! - b[q]!) ** 2;
    out[j] = sum;
  }
}

function squaredDiameter(a: Float64Array, b: Float64Array, dimension: number): number {
  let sum = 0;
  for (let k = 0; k < dimension; k++) {
    let low = Infinity;
    let high = -Infinity;
    for (const points of [a, b]) {
      for (let p = k; p < points.length; p += dimension) {
        if (points[p]! < low) low = points[p]!;
        if (points[p]! > high) high = points[p]!;
      }
    }
    sum += (high - low) ** 2;
  }
  return sum;
}
