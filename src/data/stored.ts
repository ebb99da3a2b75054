import { createRng, type Rng } from "../random.js";
import { encode } from "./codecs/index.js";
import type { Dataset } from "./dataset.js";
import { drawDistinct } from "./drawDistinct.js";
import { conditionField, type Labels, oneHot } from "./labels.js";

/** Samples in memory, and what is known of them. */
export interface Store extends Pick<Dataset, "name" | "kind" | "codec"> {
  /** Of one sample. */
  readonly shape: readonly number[];
  /** Flat `[count, ...shape]`: numbers in training units, or bytes that are encoded when they are drawn. */
  readonly samples: Float32Array | Uint8Array;
  /** What the samples are labelled with, and the place of each one's category, where these are to be their conditions. */
  readonly labels?: (Labels & { readonly places: Uint8Array | Uint32Array }) | undefined;
}

/** Below this a tenth is too small a sample to compare with. */
const SMALLEST_TO_PART = 20;

/**
 * The data set of stored samples. `batch` draws uniformly *with replacement*, so that the caller's `rng` is all the state there
 * is: a run that restores it draws on exactly as it would have.
 * @param rows which samples belong to it. Default: all
 */
export function storedDataset(store: Store, rows?: Uint32Array): Dataset {
  const { name, kind, codec, shape, samples, labels } = store;
  const width = product(shape);
  const size = rows?.length ?? samples.length / width;
  const gather = (places: Uint32Array) => {
    const drawn = rows ? places.map((place) => rows[place]!) : places;
    const sample = samplesOf(store, drawn, width);
    if (!labels) return { sample };
    const categories = drawn.map((row) => labels.places[row]!);
    return { sample, condition: oneHot(categories, labels.categories.length) };
  };
  return {
    name,
    kind,
    codec,
    fields: { sample: { shape }, condition: labels && conditionField(labels) },
    size,
    content: labels ? [samples, labels.places] : [samples],
    batch: (rng, n) => gather(Uint32Array.from({ length: n }, () => rng.integer(size))),
    distinct: (rng, n) => gather(drawDistinct(rng, size, n)),
    at: gather,
  };
}

/** The samples of some rows, in training units. */
function samplesOf({ samples, codec }: Store, rows: Uint32Array, width: number): Float32Array {
  const taken =
    samples instanceof Uint8Array ? new Uint8Array(rows.length * width) : new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) taken.set(samples.subarray(row * width, (row + 1) * width), i * width);
  return taken instanceof Uint8Array ? encode(codec, taken) : taken;
}

/**
 * Stored samples parted in two: a seeded shuffle's last tenth becomes the held-out set, the rest the data set. Fewer than 20
 * samples stay together, without a held-out set.
 */
export function partedDataset(store: Store, seed: number): Dataset {
  const { training, heldOut } = partedRows(store.samples.length / product(store.shape), seed);
  return heldOut ? { ...storedDataset(store, training), heldOut: storedDataset(store, heldOut) } : storedDataset(store);
}

/** The places of samples to train on, and of a seeded tenth that is held out: none of fewer than 20. */
export function partedRows(
  count: number,
  seed: number,
): { readonly training: Uint32Array; readonly heldOut?: Uint32Array } {
  if (count < SMALLEST_TO_PART) return { training: Uint32Array.from({ length: count }, (_, row) => row) };
  const rows = shuffledRows(createRng(seed), count);
  const training = count - Math.floor(count / 10);
  return { training: rows.subarray(0, training), heldOut: rows.subarray(training) };
}

function shuffledRows(rng: Rng, count: number): Uint32Array {
  const rows = Uint32Array.from({ length: count }, (_, row) => row);
  for (let last = count - 1; last > 0; last--) {
    const other = rng.integer(last + 1);
    [rows[last], rows[other]] = [rows[other]!, rows[last]!];
  }
  return rows;
}

function product(shape: readonly number[]): number {
  return shape.reduce((size, axis) => size * axis, 1);
}
