import type { Column, Table } from "../tables/table.js";
import { countBelow, differentValues } from "./levels.js";

/** A table with at most 255 bins a column, which is all that trees see of it. */
export interface BinnedTable {
  readonly rows: number;
  readonly columns: readonly BinnedColumn[];
}

export interface BinnedColumn {
  readonly name: string;
  /** Bins of numbers are in rising order. */
  readonly ordered: boolean;
  /** Bins of values; a missing value has the bin of this number. */
  readonly count: number;
  /** `[rows]` */
  readonly bins: Uint8Array;
}

const MOST_BINS = 255;

/**
 * A table in bins: numbers of at most 255 different values in a bin each, others in bins of about equally many rows; categories in a bin each,
 * beyond the 254 most frequent ones in one together.
 */
export function binTable(table: Table): BinnedTable {
  return { rows: table.rows, columns: table.columns.map(binColumn) };
}

function binColumn(column: Column): BinnedColumn {
  const { name } = column;
  if (column.kind === "numbers") {
    const uppers = upperEnds(column.values);
    const bins = Uint8Array.from(column.values, (value) =>
      Number.isNaN(value) ? uppers.length : countBelow(uppers, value),
    );
    return { name, ordered: true, count: uppers.length, bins };
  }
  const counts = new Float64Array(column.categories.length);
  for (const code of column.codes) if (code >= 0) counts[code]!++;
  const count = Math.min(MOST_BINS, counts.filter((rows) => rows > 0).length);
  const places = new Uint8Array(counts.length);
  [...counts.keys()]
    .sort((i, j) => counts[j]! - counts[i]!)
    .forEach((code, place) => {
      places[code] = Math.min(place, count - 1);
    });
  return {
    name,
    ordered: false,
    count,
    bins: Uint8Array.from(column.codes, (code) => (code < 0 ? count : places[code]!)),
  };
}

/** The largest number of each bin, in rising order. */
function upperEnds(values: Float64Array): Float64Array {
  const different = differentValues(values);
  if (different.length <= MOST_BINS) return different;
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const ends = Float64Array.from({ length: MOST_BINS }, (_, k) => {
    const rows = Math.ceil(((k + 1) * sorted.length) / MOST_BINS);
    return sorted[rows - 1]!;
  });
  return differentValues(ends);
}
