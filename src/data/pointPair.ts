import { InputError } from "../errors.js";
import { listed } from "../quoting.js";
import type { FilePoints } from "./pointSets.js";

/** Sums of weights that differ by less than this, relatively, count as equal. */
const SUM_TOLERANCE = 1e-6;

/** How two sets of points are made comparable. */
export interface PairOptions {
  /** Accepts weights of different sums. */
  readonly normalise?: boolean | undefined;
}

/**
 * Two sets that can be compared, made from two that were read: the columns of tables in the order of the first, and weights as
 * shares of 1.
 * @param a the first set, as `readPoints` gives it
 * @param b the second set
 * @param options what is done with weights of different sums
 * @throws InputError where the columns have different names, images different shapes, points different dimensions, where images meet
 * numbers that do not lie in [-1, 1], and where the sums of weights differ and are not to be normalised
 */
export function comparablePoints(a: FilePoints, b: FilePoints, options: PairOptions = {}): [FilePoints, FilePoints] {
  requireSameImages(a, b);
  const ordered = a.columns && b.columns ? withColumns(b, a.path, a.columns) : b;
  if (a.dimension !== b.dimension)
    throw new InputError(
      `${a.path} has points of dimension ${a.dimension} and ${b.path} of ${b.dimension}; distances need points of the same space.`,
    );
  requireSameRange(a, b);
  requireSameRange(b, a);
  if (!options.normalise) requireSameSum(a, b);
  return [withShares(a), withShares(ordered)];
}

function requireSameImages(a: FilePoints, b: FilePoints): void {
  if (a.imageShape && b.imageShape && String(a.imageShape) !== String(b.imageShape))
    throw new InputError(
      `${a.path} has images of ${a.imageShape.join(" x ")} and ${b.path} of ${b.imageShape.join(" x ")}; make them equal with --size and --channels.`,
    );
}

function withColumns(table: FilePoints, otherPath: string, wanted: readonly string[]): FilePoints {
  const columns = table.columns!;
  const { dimension } = table;
  if (columns.length === wanted.length && columns.every((name, i) => name === wanted[i])) return table;
  const places = wanted.map((name) => columns.indexOf(name));
  // A place for each, and no column twice.
  if (places.includes(-1) || new Set(places).size !== dimension || wanted.length !== dimension)
    throw new InputError(
      `The columns differ: ${otherPath} has ${listed(wanted)} and ${table.path} has ${listed(columns)}; give both the same names.`,
    );
  const points = table.points.map((_, i) => table.points[i - (i % dimension) + places[i % dimension]!]!);
  return { ...table, points, columns: wanted };
}

/** Bytes of images that were written as numbers from 0 to 255 would be far from the same images, which are in [-1, 1]. */
function requireSameRange(images: FilePoints, { path, points, imageShape }: FilePoints): void {
  if (!images.imageShape || imageShape) return;
  const outside = points.find((value) => Math.abs(value) > 1);
  if (outside !== undefined)
    throw new InputError(
      `${images.path} has images, in numbers from -1 to 1, and ${path} has the number ${outside}; scale its numbers likewise (a byte is byte / 127.5 - 1).`,
    );
}

function requireSameSum(a: FilePoints, b: FilePoints): void {
  if (!a.weights || !b.weights) return;
  const [sumA, sumB] = [sum(a.weights), sum(b.weights)];
  if (Math.abs(sumA - sumB) > SUM_TOLERANCE * sumA)
    throw new InputError(
      `The weights of ${a.path} sum to ${sumA} and those of ${b.path} to ${sumB}; give --normalise to divide each by its sum.`,
    );
}

function withShares(set: FilePoints): FilePoints {
  if (!set.weights) return set;
  const total = sum(set.weights);
  return { ...set, weights: set.weights.map((weight) => weight / total) };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
