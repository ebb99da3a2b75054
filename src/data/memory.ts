import { InputError } from "../errors.js";
import { encode, images, type NumberTable, standardise } from "./codecs/index.js";
import type { DataKind, Dataset } from "./dataset.js";
import { imageArray } from "./imageArray.js";
import { type LabelValue, labelPlaces } from "./labels.js";
import { type FlatNumbers, flatArray, type NestedNumbers } from "./nested.js";
import { arrayPoints } from "./sources/arrayPoints.js";
import { shapeText } from "./sources/numberArray.js";
import { tableOfRows } from "./sources/records.js";
import { partedDataset, type Store } from "./stored.js";

/** What is said of data in memory beside its numbers. */
export interface MemoryOptions {
  /** What it is called in reports and messages. Default: "array" or "rows". */
  readonly name?: string | undefined;
  /** What each sample is labelled with, in their order: the data's condition. Default: it has none. */
  readonly labels?: ArrayLike<LabelValue> | undefined;
  /** What the labels are of, such as "digit". Default: "label". */
  readonly labelName?: string | undefined;
  /** Seed of the shuffle that holds a tenth out (none below 20 samples). Default: 0. */
  readonly seed?: number | undefined;
}

/**
 * A data set of an array in memory, treated as `openDataset` treats an array in a file: points `[n]` or `[n, dimension]`, whose columns are
 * standardised; or images `[n, height, width]` or `[n, height, width, channels]` with 1 or 3 channels, as bytes or as numbers from 0 to 1,
 * -1 to 1 or 0 to 255.
 *
 *     fromArray([[0.1, 2], [0.3, 1], [0.2, 4]])
 *     fromArray({ shape: [1000, 28, 28], data: bytes }, { name: "digits", labels: digits, labelName: "digit" })
 *
 * It runs in browsers too.
 * @param array nested arrays, or numbers in row-major order with their shape
 * @param options its name, its labels, and the seed of what is held out
 * @throws InputError where nested arrays differ in length, numbers do not fill the shape or are not finite, a column never changes, the
 * shape is neither that of points nor of images, or there is not one label for each sample
 */
export function fromArray(array: NestedNumbers | FlatNumbers, options: MemoryOptions = {}): Dataset {
  const { name = "array" } = options;
  const flat = flatArray(name, array);
  const found = imageArray(name, flat);
  if (found) {
    const { height, width, channels, bytes: samples, warnings } = found;
    if (channels === 4) throw new InputError(`${name} has images with opacity; give 1 channel (grey) or 3 (colour).`);
    const data = labelled({ name, kind: "images", codec: images, shape: [height, width, channels], samples }, options);
    return { ...data, warnings };
  }
  if (flat.shape.length > 2)
    throw new InputError(
      `${name} has the shape ${shapeText(flat.shape)}; give points as [n, dimension], or images as [n, height, width, channels] with 1 or 3 channels.`,
    );
  const { points, dimension } = arrayPoints(name, flat);
  const columns = Array.from({ length: dimension }, (_, column) => String(column + 1));
  return standardised(name, "points", { columns, values: points }, options);
}

/**
 * A data set of a table in memory: one record of numbers a row, all with the same names. Every column is standardised.
 *
 *     fromRows([{ height: 172, weight: 70.5 }, { height: 181, weight: 78 }])
 *
 * It runs in browsers too.
 * @param rows all with the same names, in any order
 * @param options its name, its labels, and the seed of what is held out
 * @throws InputError where there are fewer than two rows, rows differ in their names, a value is no finite number, a column never changes,
 * or there is not one label for each row
 */
export function fromRows(rows: readonly Readonly<Record<string, number>>[], options: MemoryOptions = {}): Dataset {
  const { name = "rows" } = options;
  return standardised(name, "points", tableOfRows(name, { entries: rows }, Number.POSITIVE_INFINITY), options);
}

function standardised(name: string, kind: DataKind, table: NumberTable, options: MemoryOptions): Dataset {
  const codec = standardise(name, table);
  const samples = encode(codec, table.values);
  return labelled({ name, kind, codec, shape: [table.columns.length], samples }, options);
}

function labelled(store: Store, { labels, labelName = "label", seed = 0 }: MemoryOptions): Dataset {
  const count = store.samples.length / store.shape.reduce((size, length) => size * length, 1);
  return partedDataset({ ...store, labels: labels && labelPlaces(store.name, labelName, labels, count) }, seed);
}
