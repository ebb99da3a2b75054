import { rowDistance, type ScaledRows } from "./scaledRows.js";

/** For each row of a table the two rows of another that are closest to it. */
export interface NearestRows {
  /** The place of the closest one, the first of several; -1 where there is none. */
  readonly place: Int32Array;
  /** How far it is, from 0 to 1; 1 where there is none. */
  readonly distance: Float64Array;
  /** How far the second one is; as far as the first where there is no other. */
  readonly second: Float64Array;
}

/**
 * The closest rows, found by comparing all rows with all: 5,000 with 20,000 of 15 columns in about a second.
 * @param among `of` itself, to find for each of its rows the closest other one
 * @param rows the first rows of `of`, for which they are found. Default: all.
 */
export async function nearestRows(
  of: ScaledRows,
  among: ScaledRows,
  { rows = of.rows, turn }: { readonly rows?: number; readonly turn: () => Promise<void> },
): Promise<NearestRows> {
  const place = new Int32Array(rows);
  const distance = new Float64Array(rows);
  const second = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let [first, next, nearest] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1];
    for (let j = 0; j < among.rows; j++) {
      if (of === among && i === j) continue;
      const found = rowDistance(of, i, among, j, next);
      if (found >= next) continue;
      if (found < first) [next, first, nearest] = [first, found, j];
      else next = found;
    }
    place[i] = nearest;
    distance[i] = Math.min(1, first);
    second[i] = next < Number.POSITIVE_INFINITY ? next : distance[i]!;
    await turn();
  }
  return { place, distance, second };
}
