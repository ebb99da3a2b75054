import { InputError } from "../errors.js";

/** Weighted points in space: the measure that puts `weights[i]` at the point `i`. */
export interface PointSet {
  /** Coordinates `[count, dimension]`, one point after the other. */
  readonly points: Float64Array | Float32Array;
  /** How many coordinates a point has, from 1. */
  readonly dimension: number;
  /** `[count]`, none negative. Default: uniform. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** Points as rows of coordinates, `[[0, 0], [1, 0]]`, as plain numbers for points on the line, or as a `PointSet`. */
export type Points = readonly ArrayLike<number>[] | readonly number[] | Float64Array | Float32Array | PointSet;

/**
 * Points as a `PointSet`.
 * @param points rows, numbers on the line, or a `PointSet` as it is
 * @param weights one for each point. Default: those of a `PointSet`; otherwise all points weigh the same.
 * @param name what messages call it. Default: "points".
 * @example pointSet([[0, 0], [1, 0]]) // { points: Float64Array.of(0, 0, 1, 0), dimension: 2 }
 * @throws InputError where rows differ in length
 */
export function pointSet(points: Points, weights?: ArrayLike<number>, name = "points"): PointSet {
  if ("dimension" in points) return { ...points, weights: weights ?? points.weights };
  if (points instanceof Float64Array || points instanceof Float32Array) return { points, dimension: 1, weights };
  const rows = Array.from<number | ArrayLike<number>, ArrayLike<number>>(points, (row) =>
    typeof row === "number" ? [row] : row,
  );
  const dimension = rows[0]?.length ?? 1;
  const flat = new Float64Array(rows.length * dimension);
  rows.forEach((row, i) => {
    if (row.length !== dimension)
      throw new InputError(
        `Point ${i} of ${name} has ${row.length} coordinates and point 0 has ${dimension}; give all of them as many.`,
      );
    flat.set(row, i * dimension);
  });
  return { points: flat, dimension, weights };
}

/** How many points a set holds. Throws `InputError` where the coordinates do not make whole, finite points. */
export function countPoints(set: PointSet, name: string): number {
  const { points, dimension } = set;
  if (!Number.isInteger(dimension) || dimension < 1)
    throw new InputError(`The dimension of ${name} is ${dimension}; it must be a whole number from 1 up.`);
  if (points.length === 0) throw new InputError(`The set ${name} is empty; give it at least one point.`);
  if (points.length % dimension !== 0)
    throw new InputError(
      `The set ${name} has ${points.length} coordinates, which is not a multiple of its dimension ${dimension}.`,
    );
  const bad = points.findIndex((coordinate) => !Number.isFinite(coordinate));
  if (bad >= 0)
    throw new InputError(
      `Point ${Math.floor(bad / dimension)} of ${name} has the coordinate ${points[bad]}; all must be finite.`,
    );
  return points.length / dimension;
}

/** Throws `InputError` unless both sets live in the same space. */
export function requireSameDimension(a: PointSet, b: PointSet): void {
  if (a.dimension !== b.dimension)
    throw new InputError(
      `The sets have different dimensions, ${a.dimension} and ${b.dimension}; distances need points of the same space.`,
    );
}
