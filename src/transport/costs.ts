import { InputError } from "../errors.js";

/** What it costs to move a unit of mass from source `i` to target `j`: a matrix that may be stored or computed when read. */
export interface Costs {
  readonly rows: number;
  readonly columns: number;
  /** No cost is larger in absolute value (an upper bound, not always reached). */
  readonly largest: number;
  at(row: number, column: number): number;
  /** The costs from one source to all targets; what it returns may be overwritten by the next call. */
  row(row: number): Float64Array;
  /** The costs from some of the sources to some of the targets. */
  restrict(rows: Int32Array, columns: Int32Array): Costs;
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
  return storedCosts(values, rows, columns, largest);
}

/**
 * Costs between two point sets `[rows, dimension]` and `[columns, dimension]`.
 * @param storable costs that take at most so many bytes are computed once and stored, others computed whenever they are read
 */
export function pointCosts(
  a: Float64Array,
  b: Float64Array,
  dimension: number,
  kind: PointCost,
  storable: number,
): Costs {
  const computed = computedCosts(a, b, dimension, kind, storable);
  const { rows, columns, largest } = computed;
  if (8 * rows * columns > storable) return computed;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) values.set(computed.row(i), i * columns);
  return storedCosts(values, rows, columns, largest);
}

function computedCosts(a: Float64Array, b: Float64Array, dimension: number, kind: PointCost, storable: number): Costs {
  const rows = a.length / dimension;
  const columns = b.length / dimension;
  const squared = kind === "squaredEuclidean";
  const finish = squared ? (square: number) => square : Math.sqrt;
  const current = new Float64Array(columns);
  return {
    rows,
    columns,
    largest: finish(squaredDiameter(a, b, dimension)),
    at(row, column) {
      let sum = 0;
      for (let k = 0, p = row * dimension, q = column * dimension; k < dimension; k++, p++, q++)
        sum += (a[p]! - b[q]!) ** 2;
      return finish(sum);
    },
    row(row) {
      squaredDistances(a, row * dimension, b, dimension, current);
      if (!squared) for (let j = 0; j < columns; j++) current[j] = Math.sqrt(current[j]!);
      return current;
    },
    restrict: (rows, columns) =>
      pointCosts(somePoints(a, rows, dimension), somePoints(b, columns, dimension), dimension, kind, storable),
  };
}

function storedCosts(values: Float64Array, rows: number, columns: number, largest: number): Costs {
  return {
    rows,
    columns,
    largest,
    at: (row, column) => values[row * columns + column]!,
    row: (row) => values.subarray(row * columns, (row + 1) * columns),
    restrict(someRows, someColumns) {
      const some = new Float64Array(someRows.length * someColumns.length);
      let p = 0;
      for (const row of someRows) for (const column of someColumns) some[p++] = values[row * columns + column]!;
      return storedCosts(some, someRows.length, someColumns.length, largest);
    },
  };
}

function somePoints(points: Float64Array, indices: Int32Array, dimension: number): Float64Array {
  const some = new Float64Array(indices.length * dimension);
  indices.forEach((index, i) => {
    some.set(points.subarray(index * dimension, (index + 1) * dimension), i * dimension);
  });
  return some;
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
