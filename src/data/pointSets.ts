import { InputError } from "../errors.js";
import { listed, quoted } from "../quoting.js";
import { createRng, type Rng } from "../random.js";
import { type DecodeOptions, decode, encode, images } from "./codecs/index.js";
import type { Dataset } from "./dataset.js";
import type { ImageOptions, ImageSet } from "./images.js";
import { arrayPoints } from "./sources/arrayPoints.js";
import { kindsText, taken } from "./sources/kinds.js";
import { mostBytes } from "./sources/limits.js";
import { elementCount } from "./sources/numberArray.js";
import { requireRoom } from "./sources/numberList.js";
import { openSource, type Source, type SourceOptions } from "./sources/source.js";
import { sourceImages } from "./sources/sourceImages.js";
import type { SourceTable } from "./sources/sourceTable.js";

/** The points of a name, file or folder, in its own units. */
export interface FilePoints {
  /** The name or path that they were read from. */
  readonly path: string;
  /** Coordinates `[count, dimension]`, flat. */
  readonly points: Float64Array | Float32Array;
  /** How many points there are. */
  readonly count: number;
  /** How many coordinates a point has. */
  readonly dimension: number;
  /** `[count]`, none negative, with a sum above zero: as the file has them. Absent where all points weigh the same. */
  readonly weights?: Float64Array;
  /** What a table's coordinates are called; absent where they have no names. */
  readonly columns?: readonly string[];
  /** Of one image, `[height, width, channels]`, where the points are images. */
  readonly imageShape?: readonly number[];
  /** What was guessed when they were read, in sentences. */
  readonly warnings?: readonly string[];
}

/** How points are read from a name, file or folder. */
export interface ReadPointOptions extends Omit<ImageOptions, "seed">, SourceOptions {
  /** The column of a table that holds the weights. */
  readonly weights?: string | undefined;
  /** Points drawn from a data set that goes by a name. Default: 1000. */
  readonly draw?: number | undefined;
  /** What draws them. Default: a generator of seed 0. */
  readonly rng?: Rng | undefined;
}

/** Numbers of a set, in float64. */
export const MOST_NUMBERS = Math.floor(mostBytes / Float64Array.BYTES_PER_ELEMENT);

/** Points drawn of what has no end. */
export const USUAL_DRAW = 1000;

/**
 * Reads points in the units of the file, without the scaling that training applies:
 *
 * - a table, one point a row
 * - an array: `[count]` are points on a line, `[count, dimension]` points, of more axes one flattened point a sample; bytes of the shape
 *   of images are images
 * - a folder of images (see `readImages`)
 * - the name of a data set, of which points are drawn
 *
 * `openSource` says which paths are what. Images are points of `height * width * channels` coordinates in [-1, 1],
 * `byte / 127.5 - 1`, the units of everything else here that has to do with images.
 *
 * @param nameOrPath a name of the catalogue, or the path of a table, array or folder of images
 * @param options the column of weights, and how images are read
 * @throws InputError where the path is missing, of no known kind, cannot be read, holds no point or a number that is not finite, and
 * where the weights are absent, negative or all zero
 */
export async function readPoints(nameOrPath: string, options: ReadPointOptions = {}): Promise<FilePoints> {
  return sourcePoints(await openSource(nameOrPath, options), options);
}

/** The points of a source; as `readPoints`. */
export async function sourcePoints(source: Source, options: ReadPointOptions): Promise<FilePoints> {
  const { name } = source;
  if (options.weights !== undefined && source.kind !== "table")
    throw new InputError(`Weights are a column of a table, and ${name} is none; leave out the weights.`);
  const images = isOfPoints(source) ? undefined : await sourceImages(source, options);
  if (images) return imagePoints(name, images);
  switch (source.kind) {
    case "table":
      return tablePoints(name, source.table, options.weights);
    case "array":
      requireRoom(name, source.array.data.length, MOST_NUMBERS);
      return { path: name, ...arrayPoints(name, source.array), warnings: source.array.warnings ?? [] };
    case "name":
      return drawnPoints(await source.open(), options);
    case "run":
    case "folder":
      throw new InputError(`${name} is the folder of a run; give ${kindsText(taken.training)}.`);
  }
}

function drawnPoints(data: Dataset, { draw = USUAL_DRAW, rng = createRng(0) }: ReadPointOptions): FilePoints {
  requireRoom(data.name, draw * elementCount(data.fields.sample.shape), MOST_NUMBERS);
  const points = inFileUnits(data, data.batch(rng, draw).sample);
  return {
    path: data.name,
    points,
    count: draw,
    dimension: points.length / draw,
    ...(data.kind === "images" && { imageShape: data.fields.sample.shape }),
  };
}

/** An array of anything but bytes is points, each sample flattened, in its own units. */
function isOfPoints(source: Source): boolean {
  return source.kind === "array" && !(source.array.data instanceof Uint8Array);
}

/**
 * Samples in the units that files of them have: images, and what has no units but a network's, as they are; all else decoded.
 * @param samples in training units
 */
export function inFileUnits(
  { kind, codec }: Pick<Dataset, "kind" | "codec">,
  samples: Float32Array,
  options?: DecodeOptions,
): Float32Array | Float64Array {
  return kind === "images" || codec.kind === "identity" ? samples : decode(codec, samples, options);
}

function imagePoints(path: string, { shape, bytes, warnings }: ImageSet): FilePoints {
  requireRoom(path, bytes.length, MOST_NUMBERS);
  const dimension = shape[0] * shape[1] * shape[2];
  const points = encode(images, bytes);
  return { path, points, count: bytes.length / dimension, dimension, imageShape: shape, warnings };
}

function tablePoints(path: string, table: SourceTable, weightColumn: string | undefined): FilePoints {
  const { columns: all, values, named, warnings } = table;
  const count = values.length / all.length;
  const place = weightColumn === undefined ? -1 : all.indexOf(weightColumn);
  const columns = all.filter((_, column) => column !== place);
  const points = place < 0 ? values : values.filter((_, i) => i % all.length !== place);
  const set = { path, points, count, dimension: columns.length, warnings, ...(named && { columns }) };
  if (weightColumn === undefined) return set;
  if (place < 0)
    throw new InputError(
      `${path} has no column ${quoted(weightColumn)} to take the weights from; its columns are ${listed(all)}.`,
    );
  if (columns.length === 0) throw new InputError(`${path} has no column of coordinates beside its weights.`);
  const weights = values.filter((_, i) => i % all.length === place);
  checkWeights(path, weightColumn, weights);
  return { ...set, weights };
}

function checkWeights(path: string, column: string, weights: Float64Array): void {
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0)
    throw new InputError(
      `${path}, column ${quoted(column)}: the weight of point ${negative} (counted from 0) is ${weights[negative]}; weights cannot be negative.`,
    );
  if (weights.every((weight) => weight === 0))
    throw new InputError(`${path}, column ${quoted(column)}: all weights are 0; at least one must be positive.`);
}
