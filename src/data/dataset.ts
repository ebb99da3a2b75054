import type { Rng } from "../random.js";
import type { Column } from "./columns.js";
import type { Scaling } from "./scaling.js";

/** A set of samples that a run trains on: points, tables or images. */
export interface Dataset {
  /** Its name in reports: "grid", "mnist", or the path it was read from. */
  readonly name: string;
  /** The shape of one sample: `[dimension]` for points, `[height, width, channels]` for images. */
  readonly shape: readonly number[];
  /** How many samples there are; `Infinity` for a distribution that is sampled anew. */
  readonly size: number;
  /**
   * `n` samples drawn with `rng`, one after the other, in a flat array of `n * product(shape)` numbers of a size that suits a network.
   * A stored set is drawn from uniformly with replacement: nothing is remembered from batch to batch but the state of `rng`.
   */
  batch(rng: Rng, n: number): Float32Array;
  /** As `batch`, but `n` different ones, `n` being `size` at most. Absent where those of `batch` are new each time. */
  sample?(rng: Rng, n: number): Float32Array;
  /** Samples apart from those that `batch` draws, for held-out figures. `undefined` where the set is too small to part. */
  readonly heldOut?: Dataset | undefined;
  /** The known modes of a synthetic distribution, in the units of its samples. */
  readonly modes?: { readonly centers: readonly (readonly number[])[]; readonly deviation: number } | undefined;
  /**
   * What its samples come from, by which a run knows them again: the stored samples themselves, or a text that says what is drawn from.
   * Where it is absent a run takes any data of the same shape for the same.
   */
  readonly content?: Float32Array | Uint8Array | string | undefined;
  /** The range that every element lies in, where it is bounded: `[-1, 1]` for images. A generator ends in the matching function. */
  readonly range?: readonly [number, number] | undefined;
  /** What the user should know of how it was read, a sentence each. */
  readonly warnings?: readonly string[] | undefined;
  /** What is known of a table's columns, in the units of the input. */
  readonly columns?: readonly Column[] | undefined;
  /** How the samples were brought to training units; `undefined` where they are in units of their own. See `toOriginalUnits`. */
  readonly scaling?: Scaling | undefined;
}
