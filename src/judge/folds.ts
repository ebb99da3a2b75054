import { drawDistinct } from "../data/drawDistinct.js";
import type { Rng } from "../random.js";

/** A part of a cross-validation: rows to train on, and rows to test on. */
export interface Fold {
  readonly training: Int32Array;
  /** In random order. */
  readonly held: Int32Array;
}

/** Parts a table of which the first `rows` rows are real, and as many after them are not, with about as many of both in each part. */
export function drawFolds(rows: number, count: number, rng: Rng): Fold[] {
  const orders = [0, rows].map((start) => Int32Array.from(drawDistinct(rng, rows, rows), (row) => start + row));
  return Array.from({ length: count }, (_, fold) => {
    const rowsOf = (held: boolean) =>
      orders.flatMap((order) => [...order.filter((_, k) => (k % count === fold) === held)]);
    const held = rowsOf(true);
    const mixed = drawDistinct(rng, held.length, held.length);
    return { training: Int32Array.from(rowsOf(false)), held: Int32Array.from(mixed, (k) => held[k]!) };
  });
}
