import { InputError } from "../errors.js";
import { type ArcSearch, scan, scanBounds } from "./arcSearch.js";
import { euclideanDistance, faintSquare, squaredDistance } from "./pointDistance.js";
import { pointTree } from "./pointTree.js";
import { exponentOf, largestSize, scaledCopy } from "./powersOfTwo.js";

/** What it costs to move a unit of mass from source `i` to target `j`: a matrix that may be stored or computed when read. */
export interface Costs {
  readonly rows: number;
  readonly columns: number;
  /** No cost is larger in absolute value (an upper bound, not always reached). */
  readonly largest: number;
  /** Whether one may be below zero. */
  readonly signed: boolean;
  /** They are the costs of the problem times `2^exponent`, so that neither they nor sums of many leave the range of float64. */
  readonly exponent: number;
  at(row: number, column: number): number;
  /** The costs from one source to all targets; what it returns may be overwritten by the next call. */
  row(row: number): Float64Array;
  /** The search for arcs of least reduced cost; there is one, which goes by the potentials that it took last. */
  search(): ArcSearch;
  /** The costs from all targets to some sources, where their search looks at few of them. */
  readonly transposed: ((rows: Int32Array) => Costs) | undefined;
  /** The costs from some of the sources to some of the targets. */
  restrict(rows: Int32Array, columns: Int32Array): Costs;
}

/** What moving a unit of mass from x to y costs: `|x - y|`, or `|x - y|^2`. */
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
  let signed = false;
  for (let p = 0; p < values.length; p++) {
    const value = values[p]!;
    if (!(Math.abs(value) < Infinity))
      throw new InputError(
        `The cost in row ${Math.floor(p / columns)}, column ${p % columns} is ${value}; costs must be finite.`,
      );
    if (value < 0) signed = true;
  }
  const largest = largestSize(values);
  const exponent = largest === 0 || Math.abs(exponentOf(largest)) <= highest ? 0 : highest - exponentOf(largest);
  const scaled = exponent === 0 ? values : scaledCopy(values, exponent);
  return storedCosts(scaled, { rows, columns, largest: largestSize(scaled), signed, exponent });
}

/** Costs between points are stored up to this size, 16,000 by 16,000, and bounds of them in float32 up to 23,000 by 23,000; above, they are computed whenever they are read. */
export const storedBytes = 2 ** 31;

/** Up to so many dimensions a tree finds arcs of least reduced cost without a look at most of them. */
export const treeDimensions = 6;
/** There, reading stored costs is faster than the tree up to this size, 8,000 by 8,000. */
export const storedBytesBesideTree = 2 ** 29;

/** Where costs in float64 do not fit, lower bounds of them in float32 may, which are 0 or between these powers of two. */
const largestBound = 100;
const leastBound = 2 ** -100;
/** Rounding to float32 adds less than this takes away. */
const belowRounding = 1 - 2 ** -23;

/** Costs below 2 to this power stay in the range of float64 when they are summed and multiplied by units of mass; so do the squares of `highestRoot`. */
const highest = 900;
const highestRoot = 430;

/**
 * Costs between two point sets `[rows, dimension]` and `[columns, dimension]`.
 * @param storable costs that take at most so many bytes are computed once and stored, others computed whenever they are read
 */
export function pointCosts(
  a: Float64Array | Float32Array,
  b: Float64Array | Float32Array,
  dimension: number,
  kind: PointCost,
  storable = storedBytes,
): Costs {
  const largest = largestSize(a, b);
  const target = kind === "euclidean" && dimension === 1 ? highest : highestRoot;
  const exponent = largest === 0 ? 0 : target - exponentOf(largest);
  const points = { dimension, kind, exponent: kind === "euclidean" ? exponent : 2 * exponent };
  return costsBetween(scaledCopy(a, exponent), scaledCopy(b, exponent), points, storable);
}

interface ScaledPoints {
  readonly dimension: number;
  readonly kind: PointCost;
  readonly exponent: number;
}

function costsBetween(a: Float64Array, b: Float64Array, points: ScaledPoints, storable: number): Costs {
  const computed = computedCosts(a, b, points, storable);
  const { rows, columns } = computed;
  if (8 * rows * columns > storable) return computed;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) values.set(computed.row(i), i * columns);
  return storedCosts(values, computed);
}

function computedCosts(a: Float64Array, b: Float64Array, points: ScaledPoints, storable: number): Costs {
  const { dimension, kind, exponent } = points;
  const rows = a.length / dimension;
  const columns = b.length / dimension;
  const squared = kind === "squaredEuclidean";
  const distance = squared ? squaredDistance : euclideanDistance;
  const searchable = dimension <= treeDimensions;
  const storesBounds = 4 * rows * columns <= storable;
  const largest = diameter(a, b, dimension, squared);
  let search: ArcSearch | undefined;
  const pair = [new Float64Array(columns), new Float64Array(columns)] as const;
  let pairStart = -1;
  const readPair = (first: number) => {
    const second = Math.min(first + 1, rows - 1);
    if (dimension === 1 && !squared) {
      for (let j = 0; j < columns; j++) {
        pair[0][j] = Math.abs(a[first]! - b[j]!);
        pair[1][j] = Math.abs(a[second]! - b[j]!);
      }
    } else {
      squaredDistances(a, first, second, b, dimension, pair);
      if (!squared) {
        takeRoots(pair[0], a, first, b, dimension);
        takeRoots(pair[1], a, second, b, dimension);
      }
    }
    pairStart = first;
  };
  const row = (row: number) => {
    const place = row & 1;
    if (pairStart !== row - place) readPair(row - place);
    return pair[place as 0 | 1];
  };
  const at = (row: number, column: number) => distance(a, row, b, column, dimension);
  const scanStoredBounds = () => {
    const unit = largest === 0 ? 1 : 2 ** (exponentOf(largest) - largestBound);
    const bounds = new Float32Array(rows * columns);
    for (let i = 0; i < rows; i++) {
      const costs = row(i);
      for (let j = 0; j < columns; j++) {
        const inUnits = costs[j]! / unit;
        if (inUnits > leastBound) bounds[i * columns + j] = inUnits * belowRounding;
      }
    }
    return scanBounds((i) => bounds.subarray(i * columns, (i + 1) * columns), unit, at);
  };
  return {
    rows,
    columns,
    largest,
    signed: false,
    exponent,
    at,
    row,
    search() {
      search ??= searchable ? pointTree(a, b, dimension, squared) : storesBounds ? scanStoredBounds() : scan(row);
      return search;
    },
    transposed: searchable ? (rows) => computedCosts(b, somePoints(a, rows, dimension), points, storable) : undefined,
    restrict: (rows, columns) =>
      costsBetween(somePoints(a, rows, dimension), somePoints(b, columns, dimension), points, storable),
  };
}

/** What stored costs have beside their values. */
type CostFacts = Pick<Costs, "rows" | "columns" | "largest" | "signed" | "exponent">;

function storedCosts(values: Float64Array, { rows, columns, largest, signed, exponent }: CostFacts): Costs {
  const row = (row: number) => values.subarray(row * columns, (row + 1) * columns);
  const search = scan(row);
  return {
    rows,
    columns,
    largest,
    signed,
    exponent,
    at: (row, column) => values[row * columns + column]!,
    row,
    search: () => search,
    transposed: undefined,
    restrict(someRows, someColumns) {
      const some = new Float64Array(someRows.length * someColumns.length);
      let p = 0;
      for (const row of someRows) for (const column of someColumns) some[p++] = values[row * columns + column]!;
      return storedCosts(some, { rows: someRows.length, columns: someColumns.length, largest, signed, exponent });
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

/** From two sources to four targets at a time: each coordinate is loaded once for several sums, and none waits for another. */
function squaredDistances(
  a: Float64Array,
  first: number,
  second: number,
  b: Float64Array,
  dimension: number,
  [outFirst, outSecond]: readonly [Float64Array, Float64Array],
): void {
  const columns = b.length / dimension;
  let j = 0;
  for (; j + 4 <= columns; j += 4) {
    let p = first * dimension;
    let r = second * dimension;
    let q = j * dimension;
    let [x0, x1, x2, x3, y0, y1, y2, y3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let k = 0; k < dimension; k++, p++, q++, r++) {
      const x = a[p]!;
      const y = a[r]!;
      const b0 = b[q]!;
      const b1 = b[q + dimension]!;
      const b2 = b[q + 2 * dimension]!;
      const b3 = b[q + 3 * dimension]!;
      x0 += (x - b0) * (x - b0);
      x1 += (x - b1) * (x - b1);
      x2 += (x - b2) * (x - b2);
      x3 += (x - b3) * (x - b3);
      y0 += (y - b0) * (y - b0);
      y1 += (y - b1) * (y - b1);
      y2 += (y - b2) * (y - b2);
      y3 += (y - b3) * (y - b3);
    }
    outFirst[j] = x0;
    outFirst[j + 1] = x1;
    outFirst[j + 2] = x2;
    outFirst[j + 3] = x3;
    outSecond[j] = y0;
    outSecond[j + 1] = y1;
    outSecond[j + 2] = y2;
    outSecond[j + 3] = y3;
  }
  for (; j < columns; j++) {
    outFirst[j] = squaredDistance(a, first, b, j, dimension);
    outSecond[j] = squaredDistance(a, second, b, j, dimension);
  }
}

/** Distances from the squares in `row`; those that have lost digits to underflow, if any, are computed anew. */
function takeRoots(row: Float64Array, a: Float64Array, i: number, b: Float64Array, dimension: number): void {
  for (let j = 0; j < row.length; j++)
    row[j] = row[j]! > faintSquare ? Math.sqrt(row[j]!) : euclideanDistance(a, i, b, j, dimension);
}

/** A bound of all costs. */
function diameter(a: Float64Array, b: Float64Array, dimension: number, squared: boolean): number {
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
    if (dimension === 1 && !squared) return high - low;
    sum += (high - low) ** 2;
  }
  return squared ? sum : Math.sqrt(sum);
}
