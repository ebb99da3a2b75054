import { z } from "zod";
import type { Coding, Column, DecodeOptions } from "./coding.js";
import { type Identity, identityCoding, identitySchema } from "./identity.js";
import { type Images, imagesCoding, imagesSchema } from "./images.js";
import type { RowLayout } from "./rowLayout.js";
import { type Scale, scaleCoding, scaleSchema } from "./scale.js";
import { type Standardise, standardiseCoding, standardiseSchema } from "./standardise.js";
import { rowLayout, type TableRows, tableRowsCoding, tableRowsSchema } from "./tableRows.js";

/** How rows in the data's units become numbers that suit a network, and back: plain data, which a run keeps. */
export type Codec = Identity | Scale | Standardise | Images | TableRows;

export const codecSchema = z.discriminatedUnion("kind", [
  identitySchema,
  scaleSchema,
  standardiseSchema,
  imagesSchema,
  tableRowsSchema,
]) satisfies z.ZodType<Codec>;

/**
 * Rows in the units of the data, as a network is to see them.
 * @param codec that of the data set or run: `Dataset.codec`
 * @param rows flat `[rows, ...sample]`
 */
export function encode(codec: Codec, rows: ArrayLike<number>): Float32Array {
  return codingOf(codec).encode(rows);
}

/**
 * Samples in the units of the data, computed in float64: the inverse of `encode`. Columns of a table are rounded to as many decimals as
 * they have there and kept inside their range; images become bytes, 0 to 255.
 * @param codec that of the data set or run: `Dataset.codec`
 * @param samples in training units, flat `[count, ...sample]`
 * @param options what is rounded and kept inside the data's range
 */
export function decode(codec: Codec, samples: Float32Array, options: DecodeOptions = {}): Float64Array {
  return codingOf(codec).decode(samples, options);
}

/**
 * The columns of a table, and what is known of them in its units; `undefined` where samples have none.
 * @param codec that of the data set or run: `Dataset.codec`
 */
export function columnsOf(codec: Codec): readonly Column[] | undefined {
  return codingOf(codec).columns;
}

/** The range that samples in training units lie in, where it is bounded. A generator ends in the matching function. */
export function rangeOf(codec: Codec): readonly [number, number] | undefined {
  return codingOf(codec).range;
}

/** What the numbers of a sample mean that is a row of a table; `undefined` where it is none. */
export function rowOf(codec: Codec): RowLayout | undefined {
  return codec.kind === "tableRows" ? rowLayout(codec) : undefined;
}

function codingOf(codec: Codec): Coding {
  switch (codec.kind) {
    case "identity":
      return identityCoding(codec);
    case "scale":
      return scaleCoding(codec);
    case "standardise":
      return standardiseCoding(codec);
    case "images":
      return imagesCoding;
    case "tableRows":
      return tableRowsCoding(codec);
  }
}

export type { Column, DecodeOptions } from "./coding.js";
export { images } from "./images.js";
export { type NumberTable, standardise } from "./standardise.js";
