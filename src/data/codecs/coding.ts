/** What the values of a column have in common. */
export interface Column {
  /** What the column is called in its file; of an array "1", "2" and so on. */
  readonly name: string;
  /** The fewest digits after the point that hold every value: 0 for whole numbers. `null` where 14 are too few. */
  readonly decimals: number | null;
  /** The smallest and the largest value; `null` where there are no bounds. */
  readonly range: readonly [number, number] | null;
}

/** How far samples are brought to what the data holds. */
export interface DecodeOptions {
  /** Rounds to what the data has: columns to their decimals (SDV: `enforce_rounding`), images to bytes. Default: true. */
  readonly round?: boolean | undefined;
  /** Keeps values inside the range of the data (SDV: `enforce_min_max_values`). Default: true. */
  readonly clamp?: boolean | undefined;
}

/** What a codec does, and what follows from it. */
export interface Coding {
  /** Rows in the data's units, flat `[rows, ...sample]`, to training units: of a size that suits a network. */
  encode(rows: ArrayLike<number>): Float32Array;
  /** Its inverse, in float64. */
  decode(samples: Float32Array, options: DecodeOptions): Float64Array;
  /** See `rangeOf`. */
  readonly range?: readonly [number, number] | undefined;
  /** See `columnsOf`. */
  readonly columns?: readonly Column[] | undefined;
}
