import type { ColumnType, TableSchema } from "./schema.js";

/** What a user decides of a table instead of leaving it to what its cells look like. Columns are called by their names. */
export interface TableChoices {
  /** What is known already, as from a schema file: its columns are read as it says, and all others are left out. */
  readonly schema?: TableSchema | undefined;
  /** The types of columns, by their names. */
  readonly types?: ReadonlyMap<string, ColumnType> | undefined;
  /** Columns to leave out. */
  readonly drop?: readonly string[] | undefined;
  /** The column in which no two rows are alike: an identifier. */
  readonly key?: string | undefined;
  /** What becomes of personal data and of free text: made-up text of the same kind, or nothing. Default: "replace". */
  readonly personal?: "replace" | "omit" | undefined;
  /** Categories that a column may have before its rarest are pooled as one. */
  readonly mostCategories?: number | undefined;
  /** Conditions that every row fulfils, such as "start <= end". */
  readonly rules?: readonly string[] | undefined;
  /** Groups of columns of which only combinations that the data has are made. */
  readonly together?: readonly (readonly string[])[] | undefined;
}
