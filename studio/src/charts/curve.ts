import type { Mark } from "../../../src/catalogue.js";
import type { Range } from "./time.js";

/** A line of a chart: a figure over iterations. */
export interface Curve {
  readonly label: string;
  /** Ascending. */
  readonly iterations: readonly number[];
  /** As many; `null` leaves a gap. */
  readonly values: readonly (number | null)[];
  /** `#rrggbb`, or a custom property of the page: "--accent". */
  readonly color: string;
  /** Lengths of strokes and gaps, in pixels; an unbroken line where absent. */
  readonly dash?: readonly number[] | undefined;
  /** Whether each value is a dot too, and gaps are bridged: for figures that are not measured every time. */
  readonly dots?: boolean | undefined;
  /** What stands at its end: the mark of its run. */
  readonly mark?: Mark | undefined;
  /** Whether the mark is an outline: of what is estimated, where another curve of the run is measured. */
  readonly hollow?: boolean | undefined;
  /** A value in words, for the legend. */
  readonly format: (value: number) => string;
}

/** Where the last value at an iteration or before it stands, or the last of all; `null` where there is none. */
export function indexAt(
  iterations: ArrayLike<number>,
  values: ArrayLike<number | null | undefined>,
  iteration: number | null,
): number | null {
  let last = values.length - 1;
  if (iteration !== null) while (last > 0 && iterations[last]! > iteration) last--;
  while (last >= 0 && (values[last] ?? null) === null) last--;
  return last < 0 ? null : last;
}

/** The value that stands there. */
export function valueAt({ iterations, values }: Curve, iteration: number | null): number | null {
  const index = indexAt(iterations, values, iteration);
  return index === null ? null : values[index]!;
}

/** Smallest and largest finite value within a range of iterations; `null` where there is none. */
export function extentOf(curves: readonly Curve[], [from, to]: Range): readonly [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const { iterations, values } of curves) {
    for (const [i, value] of values.entries()) {
      if (value === null || !Number.isFinite(value) || iterations[i]! < from || iterations[i]! > to) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : null;
}
