import type { Rng } from "../../random.js";
import type { RowLayout } from "./rowLayout.js";

/**
 * What may be given of a row: which columns, 1 or 0 each, and their part of the encoded row, 0 elsewhere. `[columns + width]`; all 0 asks
 * for nothing.
 */
export function maskLength({ width, columns }: RowLayout): number {
  return columns.length + width;
}

/** Of so many rows nothing is given in training, so that rows by themselves are learned as well as the rest of given ones. */
const NOTHING_GIVEN = 0.5;

/**
 * Conditions for training: of half of the rows nothing, of each of the others a share of the columns that is uniform in [0, 1).
 * @param rows encoded, flat `[n, width]`
 * @returns flat `[n, columns + width]`
 */
export function drawMasks(layout: RowLayout, rows: Float32Array, rng: Rng): Float32Array {
  const { width, columns } = layout;
  const length = maskLength(layout);
  const n = rows.length / width;
  const conditions = new Float32Array(n * length);
  for (let i = 0; i < n; i++) {
    const isGiven = rng.uniform() >= NOTHING_GIVEN;
    const share = rng.uniform();
    for (const [place, { start, choices, quantile }] of columns.entries()) {
      if (rng.uniform() >= share || !isGiven) continue;
      conditions[i * length + place] = 1;
      const end = start + choices + (quantile === null ? 0 : 1);
      const own = rows.subarray(i * width + start, i * width + end);
      conditions.set(own, i * length + columns.length + start);
    }
  }
  return conditions;
}
