/** Rows that are made in one piece, with a seed of their own. */
export interface BlockOfRows {
  readonly count: number;
  readonly seed: number;
}

/** Values of a block: enough rows to be worth a thread, few enough for little memory. */
const VALUES_OF_BLOCK = 2 ** 21;
/** Seeds of blocks lie so far apart. */
const NEXT_BLOCK = 0x9e3779b9;

/**
 * The blocks in which new rows of a table are made: the same rows wherever and in how many threads that is done.
 * @param columns of the table
 * @param most rows of a block. Default: as many as have 2^21 values
 */
export function blocksOfRows(
  count: number,
  seed: number,
  columns: number,
  most = Math.ceil(VALUES_OF_BLOCK / columns),
): readonly BlockOfRows[] {
  return Array.from({ length: Math.ceil(count / most) }, (_, block) => ({
    count: Math.min(most, count - block * most),
    seed: (seed + block * NEXT_BLOCK) >>> 0,
  }));
}
