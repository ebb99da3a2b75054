/** A table as text: what a file holds before anything is known of its columns. */
export interface CellTable {
  /** What it is called in messages: mostly the path it was read from. */
  readonly name: string;
  /** Rows in memory. */
  readonly rows: number;
  /** Rows that the file has: more than `rows` where it was too large, and `rows` of them were drawn at random. */
  readonly rowsInFile: number;
  readonly columns: readonly CellColumn[];
  /** What the user should know of how it was read, a sentence each. */
  readonly warnings: readonly string[];
}

/** A column as text: every different cell once, and which of them each row has. */
export interface CellColumn {
  readonly name: string;
  /** The different texts, in the order in which they first appear. An empty cell is "". */
  readonly texts: readonly string[];
  /** The place in `texts` of each row's, `[rows]`. */
  readonly codes: Uint32Array;
}
