import type { Frame } from "../session/protocol.js";

/** Values over a rectangle: a square grid whose outermost values lie on its edges, row by row from `y[0]` up. */
export interface Grid {
  readonly values: Float32Array;
  readonly side: number;
  readonly frame: Frame;
}

/** The value at a place, linear between the four around it; beyond the edge that of the nearest place on it. */
export function valueAt({ values, side, frame }: Grid, x: number, y: number): number {
  const [column, rightward] = cellOf(frame.x, side, x);
  const [row, upward] = cellOf(frame.y, side, y);
  const at = (i: number, j: number) => values[i * side + j]!;
  const low = at(row, column) * (1 - rightward) + at(row, column + 1) * rightward;
  const high = at(row + 1, column) * (1 - rightward) + at(row + 1, column + 1) * rightward;
  return low * (1 - upward) + high * upward;
}

/** The mean of the values at samples `[count, 2]`; `null` where there are none or it is not finite. */
export function meanAt(grid: Grid, samples: Float32Array): number | null {
  let sum = 0;
  for (let i = 0; i + 1 < samples.length; i += 2) sum += valueAt(grid, samples[i]!, samples[i + 1]!);
  const mean = sum / (samples.length / 2);
  return Number.isFinite(mean) ? mean : null;
}

/** The cell that a coordinate lies in, and how far across it. */
function cellOf([low, high]: readonly [number, number], side: number, value: number): [number, number] {
  const along = Math.min(side - 1, Math.max(0, ((value - low) / (high - low)) * (side - 1)));
  const cell = Math.min(side - 2, Math.floor(along)) || 0;
  return [cell, along - cell];
}
