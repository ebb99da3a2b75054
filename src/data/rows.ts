import type { Rng } from "../random.js";
import type { Table } from "../tables/table.js";
import { type IndexedRows, indexedRows } from "./codecs/indexedRows.js";
import { rowLayout, type TableRows, tableRows } from "./codecs/tableRows.js";
import type { Dataset } from "./dataset.js";
import { drawDistinct } from "./drawDistinct.js";
import { partedRows } from "./stored.js";

/**
 * The data set of a table's rows, encoded as its columns ask (`tableRows`). A seeded tenth of the rows is held out (none below 20 rows).
 * The codec knows the rows that are trained on alone.
 * @param seed of the shuffle that parts the rows
 */
export function rowsDataset(table: Table, seed = 0): Dataset {
  const codec = tableRows(table);
  const store = indexedRows(codec, table);
  const { training, heldOut } = partedRows(table.rows, seed);
  const of = (rows: Uint32Array) => datasetOf(table.name, codec, store, rows);
  return { ...of(training), ...(heldOut && { heldOut: of(heldOut) }) };
}

function datasetOf(name: string, codec: TableRows, store: IndexedRows, rows: Uint32Array): Dataset {
  const drawn = (places: Uint32Array, rng: Rng) => ({
    sample: store.encoded(
      places.map((place) => rows[place]!),
      rng,
    ),
  });
  return {
    name,
    kind: "table",
    codec,
    fields: { sample: { shape: [rowLayout(codec).width] } },
    size: rows.length,
    content: store.content,
    batch: (rng, n) =>
      drawn(
        Uint32Array.from({ length: n }, () => rng.integer(rows.length)),
        rng,
      ),
    distinct: (rng, n) => drawn(drawDistinct(rng, rows.length, n), rng),
  };
}
