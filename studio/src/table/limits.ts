/** Bytes of a file that a tab takes, and what it may be unpacked. */
export const LARGEST_FILE = 10_000_000;
export const MOST_BYTES = 100_000_000;
/** Cells; of more a random sample of the rows is taken. */
export const MOST_CELLS = 2_000_000;
/** Bytes of the different texts of a table. */
export const MOST_TEXT_BYTES = 100_000_000;
/** Bytes that a training may take: WebAssembly has four gigabytes at most, and a tab not all of them. */
export const MOST_MEMORY = 1.5e9;
/** Rows that are made at one go. */
export const MOST_ROWS = 100_000;
