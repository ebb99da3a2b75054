import type { CategoryColumn, Table } from "../tables/table.js";
import { distribution } from "./levels.js";

/**
 * A table as a linear model or a network sees it. Each row is `numbers`, dense, and one-hot `codes`, kept as the places of their ones among the
 * `width` entries of the row, the first of which are the numbers.
 */
export interface EncodedRows {
  readonly rows: number;
  readonly width: number;
  /** `[rows, numberCount]` */
  readonly numbers: Float32Array;
  readonly numberCount: number;
  /** `[rows, codeCount]` */
  readonly codes: Int32Array;
  readonly codeCount: number;
}

/** Cosines of a quantile, with which a linear model draws curves. */
const COSINES = 6;
/** A number that so large a share of the rows has is a category of its own, beside its quantile. */
const ATOM = 0.02;
/** Categories beyond the most frequent ones share an entry. */
const MOST_CATEGORIES = 200;

/**
 * Encodes a table. A category is one-hot, missing being one. A number is its quantile q among the rows' numbers, from -1 to 1, and
 * cos(j pi (q + 1) / 2) for j = 1 to 6, all 0 where it is missing; and a one-hot of the numbers that at least 2 % of the rows have, all others,
 * and missing.
 */
export function encodeRows(table: Table): EncodedRows {
  const { rows, columns } = table;
  const perNumber = 1 + COSINES;
  const numberCount = perNumber * columns.filter(({ kind }) => kind === "numbers").length;
  const numbers = new Float32Array(rows * numberCount);
  const codes = new Int32Array(rows * columns.length);
  let [width, place] = [numberCount, 0];
  columns.forEach((column, k) => {
    const { codeOf, count } = column.kind === "numbers" ? atomCodes(column.values) : frequentCodes(column);
    for (let i = 0; i < rows; i++) codes[i * columns.length + k] = width + codeOf(i);
    width += count;
    if (column.kind !== "numbers") return;
    const { quantile } = distribution(column.values);
    column.values.forEach((value, i) => {
      if (Number.isNaN(value)) return;
      const q = 2 * quantile(value) - 1;
      const start = i * numberCount + place;
      numbers[start] = q;
      for (let j = 1; j <= COSINES; j++) numbers[start + j] = Math.cos((j * Math.PI * (q + 1)) / 2);
    });
    place += perNumber;
  });
  return { rows, width, numbers, numberCount, codes, codeCount: columns.length };
}

interface Coding {
  /** The code of a row. */
  readonly codeOf: (row: number) => number;
  readonly count: number;
}

function atomCodes(values: Float64Array): Coding {
  const { different, counts } = distribution(values);
  const atoms = different.filter((_, k) => counts[k]! >= ATOM * values.length);
  const places = new Map([...atoms].map((value, k) => [value, k + 2]));
  return {
    count: atoms.length + 2,
    codeOf: (row) => (Number.isNaN(values[row]!) ? 0 : (places.get(values[row]!) ?? 1)),
  };
}

function frequentCodes({ categories, codes }: CategoryColumn): Coding {
  const counts = new Float64Array(categories.length);
  for (const code of codes) if (code >= 0) counts[code]!++;
  const most = Math.min(MOST_CATEGORIES, categories.length);
  const places = new Int32Array(categories.length);
  [...counts.keys()]
    .sort((i, j) => counts[j]! - counts[i]!)
    .forEach((code, place) => {
      places[code] = 1 + Math.min(place, most - 1);
    });
  return { count: most + 1, codeOf: (row) => (codes[row]! < 0 ? 0 : places[codes[row]!]!) };
}
