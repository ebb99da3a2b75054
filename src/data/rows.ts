import type { Rng } from "../random.js";
import type { Table } from "../tables/table.js";
import { type IndexedRows, indexedRows } from "./codecs/indexedRows.js";
import { drawMasks, maskLength } from "./codecs/rowMask.js";
import { seenPairs } from "./codecs/seenPairs.js";
import { rowLayout, type TableRows, tableRows } from "./codecs/tableRows.js";
import type { Batch, Dataset } from "./dataset.js";
import { drawDistinct } from "./drawDistinct.js";
import { partedRows } from "./stored.js";

export interface RowsDatasetOptions {
  /** Of the shuffle that parts the rows. Default: 0. */
  readonly seed?: number | undefined;
  /** Whether any columns of a row may be given (`rowMask.ts`). Default: true. */
  readonly conditional?: boolean | undefined;
}

/**
 * The data set of a table's rows, encoded as its columns ask (`tableRows`). A seeded tenth of the rows is held out (none below 20 rows), and
 * the codec knows none of their values.
 */
export function rowsDataset(table: Table, { seed = 0, conditional = true }: RowsDatasetOptions = {}): Dataset {
  const { training, heldOut } = partedRows(table.rows, seed);
  const codec = tableRows(table, training);
  const store = indexedRows(codec, table);
  const of = (rows: Uint32Array) => datasetOf(table.name, codec, store, rows, conditional);
  return { ...of(training), ...(heldOut && { heldOut: of(heldOut) }) };
}

function datasetOf(
  name: string,
  codec: TableRows,
  store: IndexedRows,
  rows: Uint32Array,
  conditional: boolean,
): Dataset {
  const layout = rowLayout(codec);
  const given = maskLength(layout);
  const encoded = (places: Uint32Array, rng: Rng) =>
    store.encoded(
      places.map((place) => rows[place]!),
      rng,
    );
  const drawn = (rng: Rng, n: number) =>
    encoded(
      Uint32Array.from({ length: n }, () => rng.integer(rows.length)),
      rng,
    );
  const withNothingGiven = (sample: Float32Array): Batch =>
    conditional ? { sample, condition: new Float32Array((sample.length / layout.width) * given) } : { sample };
  return {
    name,
    kind: "table",
    codec,
    fields: { sample: { shape: [layout.width] }, ...(conditional && { given: { shape: [given] } }) },
    size: rows.length,
    content: store.content,
    seenPairs: () => seenPairs(store.columns, rows),
    batch: (rng, n) => withNothingGiven(drawn(rng, n)),
    distinct: (rng, n) => withNothingGiven(encoded(drawDistinct(rng, rows.length, n), rng)),
    ...(conditional && {
      givenBatch(rng: Rng, n: number) {
        const sample = drawn(rng, n);
        return { sample, condition: drawMasks(layout, sample, rng) };
      },
    }),
  };
}
