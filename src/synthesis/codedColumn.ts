import { InputError } from "../errors.js";

/** A column of a table in cells: categories, the bins of a number, or anything else that has finitely many values. */
export interface CodedColumn {
  /** The cell of each row, `[rows]`, from 0 to `cells - 1`. */
  readonly codes: Uint32Array | Uint16Array | Uint8Array;
  readonly cells: number;
}

/**
 * The number of rows of columns.
 * @throws InputError where there is no column or no row, columns differ in length, or a code is not below its column's `cells`
 */
export function rowsOf(columns: readonly CodedColumn[]): number {
  const rows = columns[0]?.codes.length ?? 0;
  if (rows === 0) throw new InputError("Latent classes need at least one column and one row.");
  columns.forEach(({ codes, cells }, j) => {
    if (codes.length !== rows)
      throw new InputError(
        `Column ${j + 1} of a latent class model has ${codes.length} rows, and the first has ${rows}.`,
      );
    const beyond = codes.find((code) => code >= cells);
    if (beyond !== undefined)
      throw new InputError(`Column ${j + 1} of a latent class model has the code ${beyond}, but only ${cells} cells.`);
  });
  return rows;
}

/** The share of each cell of a column in its rows, `[cells]`. */
export function cellShares({ codes, cells }: CodedColumn): Float64Array {
  const shares = new Float64Array(cells);
  for (const code of codes) shares[code]! += 1;
  return shares.map((count) => count / codes.length);
}
