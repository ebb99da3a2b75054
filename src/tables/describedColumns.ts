import type { CellColumn, CellTable } from "./cellTable.js";
import type { ColumnSchema, ColumnType, TableSchema } from "./schema.js";
import { kindOf } from "./types/catalogue.js";

/** What a person is told of a column. */
export interface DescribedColumn {
  readonly name: string;
  /** `null`: it is left out. */
  readonly type: ColumnType | null;
  /** What it holds, in a few words: a range, a number of categories, a format. */
  readonly holds: string;
  /** The share of the rows in which it has no value. */
  readonly missing: number;
  /** Its most frequent texts; of identifiers and of text that may tell of people, only their form: "Xxx@xxxx.xxx". */
  readonly examples: readonly string[];
}

const EXAMPLES = 3;

/** What a person is told of the columns of a table, in the order of the file. */
export function describedColumns({ columns }: CellTable, schema: TableSchema): DescribedColumn[] {
  const known = new Map(schema.columns.map((column) => [column.name, column]));
  return columns.map((cells) => {
    const column = known.get(cells.name);
    const counts = countsOf(cells);
    const isMissing = (text: string) => text === "" || (column?.missing.includes(text) ?? false);
    const missing = counts.reduce((sum, count, code) => sum + (isMissing(cells.texts[code] ?? "") ? count : 0), 0);
    return {
      name: cells.name,
      type: column?.type ?? null,
      holds: column ? kindOf(column).describe(column) : "left out",
      missing: missing / cells.codes.length,
      examples: column ? examplesOf(column, cells.texts, counts, isMissing) : [],
    };
  });
}

function countsOf({ texts, codes }: CellColumn): Float64Array {
  const counts = new Float64Array(texts.length);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function examplesOf(
  { type }: ColumnSchema,
  texts: readonly string[],
  counts: Float64Array,
  isMissing: (text: string) => boolean,
): string[] {
  const given = [...counts.keys()].filter((code) => !isMissing(texts[code] ?? ""));
  const frequent = mostFrequent(given, counts).map((code) => texts[code] ?? "");
  const isClear = type !== "text" && type !== "identifier";
  return isClear ? frequent : [...new Set(frequent.map(formOf))];
}

/** The codes that occur most often, the first of equals. */
function mostFrequent(codes: readonly number[], counts: Float64Array): number[] {
  const top: number[] = [];
  for (const code of codes) {
    const place = top.findIndex((other) => (counts[other] ?? 0) < (counts[code] ?? 0));
    if (place >= 0) top.splice(place, 0, code);
    else if (top.length < EXAMPLES) top.push(code);
    top.length = Math.min(top.length, EXAMPLES);
  }
  return top;
}

/** A text with "9" for each digit, and "x" and "X" for each letter. */
function formOf(text: string): string {
  return text
    .replace(/\p{N}/gu, "9")
    .replace(/\p{Lu}/gu, "X")
    .replace(/(?!X)\p{L}/gu, "x");
}
