/** Strokes of a brush over a board from -1 to 1 on both axes; a stroke is points, flat. */
export type Strokes = readonly (readonly number[])[];

/** Points that one touch of the brush puts down, and how far they scatter. */
const POINTS = 3;
const SPREAD = 0.03;
const DECIMALS = 1000;

export const MOST_DRAWN = 3000;
/** Fewer are too few to learn a distribution from. */
export const FEWEST_DRAWN = 10;

/** Points around a place, within the board, of three decimals so that a link can hold them. */
export function touch(x: number, y: number, random: () => number = Math.random): readonly number[] {
  return Array.from({ length: 2 * POINTS }, (_, i) => {
    // Three uniform numbers together are near enough to normal.
    const scatter = ((random() + random() + random()) / 1.5 - 1) * 2 * SPREAD;
    const value = (i % 2 === 0 ? x : y) + scatter;
    return Math.round(Math.min(1, Math.max(-1, value)) * DECIMALS) / DECIMALS;
  });
}

export function countOf(strokes: Strokes): number {
  return strokes.reduce((sum, stroke) => sum + stroke.length / 2, 0);
}

/** All points of the strokes, `[count, 2]`. */
export function pointsOfStrokes(strokes: Strokes): Float64Array {
  return Float64Array.from(strokes.flat());
}

/** A stroke for each of the points, `[count, 2]`. */
export function strokesOfPoints(points: Float64Array): Strokes {
  return Array.from({ length: points.length / 2 }, (_, i) => Array.from(points.subarray(2 * i, 2 * i + 2)));
}

/** Whether points have an extent along both axes, without which there is nothing to learn. */
export function hasExtent(points: Float64Array): boolean {
  return [0, 1].every((axis) => points.some((value, i) => i % 2 === axis && value !== points[axis]));
}
