import type { Rng } from "../../random.js";
import type { Column, Table } from "../../tables/table.js";
import { firstFrom, quantilesAt } from "./quantiles.js";
import type { ColumnLayout } from "./rowLayout.js";
import { choiceOf, distinct, type NumberRows, type RowColumn, rowLayout, type TableRows } from "./tableRows.js";

/** Rows of a table, kept as the place of each cell among its column's different values, of which the codes are known. */
export interface IndexedRows {
  readonly rows: number;
  readonly columns: readonly IndexedColumn[];
  /** Whatever tells these rows from others. */
  readonly content: readonly (Float32Array | Uint8Array | Uint32Array)[];
  /** Some rows, encoded: flat `[rows.length, width]`. Among rows that share a value the quantile is drawn with `rng`. */
  encoded(rows: Uint32Array, rng: Rng): Float32Array;
}

export interface IndexedColumn {
  readonly layout: ColumnLayout;
  /** Of each row. */
  readonly places: Uint8Array | Uint16Array | Uint32Array;
  /** Of each different value: its choice, and the quantiles that it takes; NaN where its quantile does not count. */
  readonly choice: Uint32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Prepares the rows of a table that `codec` was made for, or of another with the same columns. */
export function indexedRows(codec: TableRows, { rows: count, columns }: Table): IndexedRows {
  const { width, columns: laid } = rowLayout(codec);
  const indexed = codec.columns.flatMap((column, i) => {
    const [values, layout] = [columns[i], laid[i]];
    return values && layout ? [indexedColumn(column, values, layout)] : [];
  });
  return {
    rows: count,
    columns: indexed,
    content: indexed.flatMap(({ places, low }) => [new Uint8Array(places.buffer), low]),
    encoded(rows, rng) {
      const samples = new Float32Array(rows.length * width);
      for (const { layout, places, choice, low, high } of indexed) {
        const { start, choices, quantile } = layout;
        for (let i = 0; i < rows.length; i++) {
          const place = places[rows[i]!]!;
          if (choices > 0) samples[i * width + start + choice[place]!] = 1;
          const lowest = low[place]!;
          if (quantile !== null && !Number.isNaN(lowest))
            samples[i * width + quantile] = lowest + rng.uniform() * (high[place]! - lowest);
        }
      }
      return samples;
    },
  };
}

function indexedColumn(codec: RowColumn, column: Column, layout: ColumnLayout): IndexedColumn {
  if (codec.kind === "categories" || column.kind === "categories") {
    const codes = column.kind === "categories" ? column.codes : new Int32Array(column.values.length);
    const choices = layout.choices;
    const places = placesArray(codes.length, choices);
    for (const [row, code] of codes.entries()) places[row] = code < 0 ? choices - 1 : code;
    const none = new Float32Array(choices).fill(Number.NaN);
    return { layout, places, choice: Uint32Array.from({ length: choices }, (_, i) => i), low: none, high: none };
  }
  return indexedNumbers(codec, column.values, layout);
}

function indexedNumbers(codec: NumberRows, all: Float64Array, layout: ColumnLayout): IndexedColumn {
  const { values } = distinct(all.filter((value) => !Number.isNaN(value)).sort());
  const different = new Float64Array(values.length + 1).fill(Number.NaN);
  different.set(values);
  const choice = Uint32Array.from(different, (value) => (layout.choices === 0 ? 0 : choiceOf(codec, value)));
  const low = new Float32Array(different.length).fill(Number.NaN);
  const high = new Float32Array(different.length).fill(Number.NaN);
  for (const [place, value] of different.entries()) {
    const isRest = layout.choices === 0 || choice[place] === layout.choices - 1;
    if (layout.quantile === null || !isRest || !codec.rest || Number.isNaN(value)) continue;
    [low[place], high[place]] = quantilesAt(codec.rest, value) as [number, number];
  }
  const places = placesArray(all.length, different.length);
  for (let row = 0; row < all.length; row++) {
    const value = all[row]!;
    places[row] = Number.isNaN(value) ? values.length : firstFrom(values, value);
  }
  return { layout, places, choice, low, high };
}

function placesArray(length: number, different: number): Uint8Array | Uint16Array | Uint32Array {
  if (different <= 2 ** 8) return new Uint8Array(length);
  return different <= 2 ** 16 ? new Uint16Array(length) : new Uint32Array(length);
}
