import { encode, type NumberTable, standardise } from "./codecs/index.js";
import type { Dataset } from "./dataset.js";
import { partedDataset, type Store } from "./stored.js";

/**
 * The data set of a table's rows, standardised. A seeded tenth of the rows is held out (none below 20 rows).
 * @param name of the table: a path where it comes from a file
 * @param seed of the shuffle that parts the rows
 * @throws InputError as `standardise` does
 */
export function tableDataset(name: string, table: NumberTable, seed = 0): Dataset {
  return partedDataset(standardisedStore(name, table), seed);
}

/**
 * A table's rows in training units, standardised.
 * @throws InputError as `standardise` does
 */
export function standardisedStore(name: string, table: NumberTable): Store {
  const codec = standardise(name, table);
  return { name, kind: "points", codec, shape: [table.columns.length], samples: encode(codec, table.values) };
}
