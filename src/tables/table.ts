/**
 * A table as numbers: the columns that a model learns, each read as its type says. What is the same in all rows, new in each, or made up
 * when rows are written (`ColumnSchema`) is no part of it.
 */
export interface Table {
  /** What it is called in messages. */
  readonly name: string;
  /** How many rows there are. */
  readonly rows: number;
  /** Its columns, each with a value for every row. */
  readonly columns: readonly Column[];
}

/** A column of a table: numbers, or categories. */
export type Column = NumberColumn | CategoryColumn;

/** Numbers, dates and times. */
export interface NumberColumn {
  readonly kind: "numbers";
  /** What it is called in its file. */
  readonly name: string;
  /** `[rows]`; NaN where a value is missing. Dates are days since 1970-01-01, times seconds since midnight, timestamps milliseconds since 1970-01-01T00:00Z. */
  readonly values: Float64Array;
}

/** A column whose values are some of a list. */
export interface CategoryColumn {
  readonly kind: "categories";
  /** What it is called in its file. */
  readonly name: string;
  /** The different values, as the file has them. */
  readonly categories: readonly string[];
  /** The place in `categories` of each row's, `[rows]`; -1 where a value is missing. */
  readonly codes: Int32Array;
}
