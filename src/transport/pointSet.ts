import { InputError } from "../errors.js";

/** Weighted points in space: the measure that puts `weights[i]` at the point `i`. */
export interface PointSet {
  /** Coordinates `[count, dimension]`, one point after the other. */
  readonly points: Float64Array | Float32Array;
  readonly dimension: number;
  /** `[count]`, none negative. Uniform where absent. */
  readonly weights?: ArrayLike<number> | undefined;
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
