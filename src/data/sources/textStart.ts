import { InputError } from "../../errors.js";
import { listed, quoted } from "../../quoting.js";
import { decoded, type Encoding, encodingOf, utf8Of } from "./encoding.js";
import { headerOf, SAMPLED_ROWS } from "./header.js";
import { type Delimiter, LONGEST_ROW, RowError } from "./rowScanner.js";
import { delimiterOf, firstRows, type Row } from "./rows.js";
import { MOST_CELLS } from "./sourceTable.js";

/** How a table in text is read. */
export interface TextOptions {
  /** Whether the first row holds the names of the columns. Default: told by its cells. */
  readonly header?: boolean | undefined;
  /** What parts cells. Default: told by the first rows. */
  readonly delimiter?: Delimiter | undefined;
}

/** What the first rows of a delimited text tell of it. */
export interface TextStart {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** Whether the first row holds the names of the columns. */
  readonly named: boolean;
  /** The names of the columns; "" where a column has none. */
  readonly columns: readonly string[];
  /** What was guessed, in sentences. */
  readonly warnings: readonly string[];
}

/**
 * What the first rows of a delimited text tell of it. A first row that is all numbers is a row of data, and the columns are called "1", "2"
 * and so on. It holds names where it counts 0, 1, 2, ... as pandas names columns, and the rows below have decimals. Either way a warning
 * says what was taken for what.
 * @param bytes of the text, all or the first that make up at least a row
 * @param wanted what a text should hold, for the refusal of one that is empty
 * @throws InputError where the text is empty or none, a row is no row (`RowError`), or two columns have the same name
 */
export function textStart(bytes: Uint8Array, name: string, options: TextOptions, wanted: string): TextStart {
  const encoding = encodingOf(bytes);
  const [start = ""] = decoded(bytes, encoding);
  if (start.includes("\0")) {
    throw new InputError(
      `${name} is not a table of text: it holds binary data. Give a table saved as text in UTF-8, such as CSV.`,
    );
  }
  const text = utf8Of(bytes, encoding);
  const delimiter = options.delimiter ?? delimiterOf(text);
  const [first, ...below] = firstRows(text, delimiter, SAMPLED_ROWS + 1);
  if (first === undefined) throw new InputError(`${name} is empty; give ${wanted}.`);
  const { named, warnings } = headerRow(name, first, below, options.header);
  if (named) requireDifferent(name, first);
  const columns = named ? first.cells : first.cells.map((_, column) => String(column + 1));
  return { encoding, delimiter, named, columns, warnings };
}

/** Whether the first row holds names, and what to say where that was a guess. */
function headerRow(name: string, { cells }: Row, below: readonly Row[], header: boolean | undefined) {
  if (header !== undefined) return { named: header, warnings: [] };
  const { named, isGuess } = headerOf(
    cells,
    below.map((row) => row.cells),
  );
  if (!isGuess) return { named, warnings: [] };
  const warning = named
    ? `${name}: the first row (${listed(cells)}) was taken as the names of the columns, as pandas writes them; give --no-header if it is a row of numbers.`
    : `${name}: the first row (${listed(cells)}) was taken as a row of numbers; give --header if it holds the names of the columns.`;
  return { named, warnings: [warning] };
}

/** Checks that no two names are the same; a column may have none until its cells are known. */
function requireDifferent(name: string, { line, cells }: Row): void {
  const seen = new Set<string>();
  for (const cell of cells) {
    if (seen.has(cell) && cell !== "") {
      throw new InputError(
        `${name}, line ${line}: two columns are named ${quoted(cell)}; rename or remove one of them.`,
      );
    }
    seen.add(cell);
  }
}

/**
 * Checks that a row is as long as the first.
 * @throws InputError where it is not
 */
export function requireLength(name: string, line: number, length: number, columns: number): void {
  if (length === columns) return;
  throw new InputError(
    `${name}, line ${line}: the row has ${length} cells where the first has ${columns}; make all rows as long.`,
  );
}

/** What `read` gives; where a row is no row, an `InputError` says so. */
export function readingRows<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RowError ? new InputError(sentenceOf(error, name)) : error;
  }
}

function sentenceOf({ problem, line }: RowError, name: string): string {
  switch (problem) {
    case "quote":
      return `${name} is not a valid CSV file: a quotation mark in line ${line} is not closed, or text follows the one that closes it; correct that line.`;
    case "wide":
      return `${name}, line ${line}: the row has more than ${MOST_CELLS} cells; give a table of fewer columns.`;
    case "long":
      return `${name}, line ${line}: the row is longer than ${LONGEST_ROW} bytes; end lines after each row, and close quotation marks.`;
  }
}
