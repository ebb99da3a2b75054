import { createRng, type Rng } from "../random.js";
import type { Dataset } from "./dataset.js";
import { conditionField, type Labels, oneHot } from "./labels.js";

/** Samples in memory, flat `[count, ...shape]`: numbers in training units, or image bytes that become [-1, 1] when drawn. */
export type Store = Float32Array | Uint8Array;

/** What a stored data set says of itself beside its samples. */
export interface Description extends Pick<Dataset, "name" | "kind" | "columns" | "scaling"> {
  /** Of one sample. */
  readonly shape: readonly number[];
  /** What the samples are labelled with, and the place of each one's category, where these are to be their conditions. */
  readonly labels?: (Labels & { readonly places: Uint8Array | Uint32Array }) | undefined;
}

/** Below this a tenth is too small a sample to compare with. */
const SMALLEST_TO_PART = 20;

/**
 * The data set of stored samples. `batch` draws uniformly *with replacement*, so that the caller's `rng` is all the state there
 * is: a run that restores it draws on exactly as it would have.
 * @param rows which samples belong to it; all where absent
 */
export function storedDataset({ shape, labels, ...facts }: Description, store: Store, rows?: Uint32Array): Dataset {
  const width = product(shape);
  const size = rows?.length ?? store.length / width;
  const rowAt = (place: number) => rows?.[place] ?? place;
  const gather = (n: number, next: (i: number) => number) => {
    const drawn = Uint32Array.from({ length: n }, (_, i) => rowAt(next(i)));
    const sample = new Float32Array(n * width);
    for (const [i, row] of drawn.entries()) sample.set(store.subarray(row * width, (row + 1) * width), i * width);
    if (store instanceof Uint8Array) toUnitRange(sample);
    if (!labels) return { sample };
    const places = drawn.map((row) => labels.places[row]!);
    return { sample, condition: oneHot(places, labels.categories.length) };
  };
  return {
    ...facts,
    fields: { sample: { shape }, condition: labels && conditionField(labels) },
    size,
    content: store,
    range: store instanceof Uint8Array ? [-1, 1] : undefined,
    batch: (rng, n) => gather(n, () => rng.integer(size)),
    distinct(rng, n) {
      const places = Uint32Array.from({ length: size }, (_, place) => place);
      return gather(n, (i) => {
        const drawn = i + rng.integer(size - i);
        [places[i], places[drawn]] = [places[drawn]!, places[i]!];
        return places[i]!;
      });
    },
  };
}

/**
 * Stored samples parted in two: a seeded shuffle's last tenth becomes the held-out set, the rest the data set. Fewer than 20
 * samples stay together, without a held-out set.
 */
export function partedDataset(description: Description, store: Store, seed: number): Dataset {
  const count = store.length / product(description.shape);
  if (count < SMALLEST_TO_PART) return storedDataset(description, store);
  const rows = shuffledRows(createRng(seed), count);
  const training = count - Math.floor(count / 10);
  return {
    ...storedDataset(description, store, rows.subarray(0, training)),
    heldOut: storedDataset(description, store, rows.subarray(training)),
  };
}

/** Bytes 0 to 255, in place, to [-1, 1]: `byte / 127.5 - 1`. */
export function toUnitRange(bytes: Float32Array): Float32Array {
  for (let i = 0; i < bytes.length; i++) bytes[i] = bytes[i]! / 127.5 - 1;
  return bytes;
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
