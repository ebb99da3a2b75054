import type { Rng } from "../random.js";
import type { Reshaping } from "../tables/reshaping.js";
import type { TableSchema } from "../tables/schema.js";
import type { Codec } from "./codecs/index.js";
import type { SeenPairs } from "./codecs/seenPairs.js";

/** What samples are: points of a space, images, or rows of a table. */
export type DataKind = "points" | "images" | "table";

/** One of the things that each draw of a data set consists of. */
export interface Field {
  /** The shape of one: `[dimension]`, `[columns]` or `[height, width, channels]`. */
  readonly shape: readonly number[];
}

/** What samples are labelled with, as networks are given it: one-hot, `[categories.length]`. */
export interface ConditionField extends Field {
  /** What the categories are of, such as "mode" or "digit". */
  readonly name: string;
  /** The name of each category, in the order of the one-hot numbers. */
  readonly categories: readonly string[];
}

/** What each draw of a data set consists of. */
export interface Fields {
  /** One sample: `[dimension]` of points, `[height, width, channels]` of images, `[numbers]` of encoded rows. */
  readonly sample: Field;
  /** Present where the data was opened with its labels. */
  readonly condition?: ConditionField | undefined;
  /** Present where parts of a sample may be given: which, and what they are. It comes as the condition; zeros give nothing. */
  readonly given?: Field | undefined;
}

/** Draws, one after the other, each field in a flat array `[n, ...shape]`. */
export interface Batch {
  /** In training units: of a size that suits a network. */
  readonly sample: Float32Array;
  /** What each sample is labelled with, one-hot, `[n, ...condition]`. Absent where the data has no condition. */
  readonly condition?: Float32Array | undefined;
}

/** What brings the rows of a table back to the columns of its file. */
export interface TableFacts {
  readonly schema: TableSchema;
  readonly reshaping: Reshaping;
}

/** A set of samples that a run trains on: points, tables or images. */
export interface Dataset {
  /** Its name in reports: "grid", "mnist", or the path it was read from. */
  readonly name: string;
  /** What its samples are, which decides the default settings of a run: "points", "table" or "images". */
  readonly kind: DataKind;
  /** The shapes of what each draw consists of. */
  readonly fields: Fields;
  /** How its samples were brought to training units, and come back from there: see `decode`. */
  readonly codec: Codec;
  /** How many samples there are; `Infinity` for a distribution that is sampled anew. */
  readonly size: number;
  /**
   * `n` samples drawn with `rng`, with their conditions where it has any.
   * A stored set is drawn from uniformly with replacement: nothing is remembered from batch to batch but the state of `rng`.
   * @param rng draws them, and moves on as far as that takes
   * @param n how many samples, from 1
   */
  batch(rng: Rng, n: number): Batch;
  /**
   * As `batch`, with parts of the samples given at random: what is trained on. Absent where `batch` is.
   * @param rng draws them, and moves on as far as that takes
   * @param n how many samples, from 1
   */
  givenBatch?(rng: Rng, n: number): Batch;
  /**
   * As `batch`, but `n` different ones, `n` being `size` at most. Absent where those of `batch` are new each time.
   * @param rng draws them, and moves on as far as that takes
   * @param n how many samples, from 1
   */
  distinct?(rng: Rng, n: number): Batch;
  /**
   * The samples at these places, each from 0 to `size` - 1. Absent where those of `batch` are new each time.
   * @param places numbers of samples in the order of the file
   */
  at?(places: Uint32Array): Batch;
  /** Samples apart from those that `batch` draws, for held-out figures. `undefined` where the set is too small to part. */
  readonly heldOut?: Dataset | undefined;
  /** The known modes of a synthetic distribution, in the units of its samples. */
  readonly modes?:
    | {
        /** The centre of each mode. */
        readonly centers: readonly (readonly number[])[];
        /** The standard deviation of each mode along every axis. */
        readonly deviation: number;
      }
    | undefined;
  /**
   * What its samples come from, by which a run knows them again: the stored samples and labels themselves, or a text that says what is drawn from.
   * Where it is absent a run takes any data of the same shape for the same.
   */
  readonly content?: readonly (Float32Array | Uint8Array | Uint32Array | string)[] | undefined;
  /** Whether images are mirrored at random where they are drawn by `batch` and `distinct`; `at` gives them as they are. Default: no. */
  readonly isMirrored?: boolean | undefined;
  /** Which values of two columns of a table are seen together. Absent where it is none. */
  seenPairs?(): SeenPairs;
  /** What is known of the columns of a table, and how those that are modelled follow from them. */
  readonly table?: TableFacts | undefined;
  /** What the user should know of how it was read, a sentence each. */
  readonly warnings?: readonly string[] | undefined;
}
