import { stat } from "node:fs/promises";
import { InputError } from "../errors.js";
import { readTable } from "./csv.js";
import { idxName, readIdx } from "./idx.js";
import { arrayImages } from "./imageArray.js";
import { type ImageBytes, type ImageOptions, readImages } from "./images.js";
import { readNpy, shapeText } from "./npy.js";
import { unreadable } from "./reading.js";
import { toUnitRange } from "./stored.js";

/** The points of a file or folder, in its own units. */
export interface FilePoints {
  readonly path: string;
  /** Coordinates `[count, dimension]`, flat. */
  readonly points: Float64Array | Float32Array;
  readonly count: number;
  readonly dimension: number;
  /** `[count]`, none negative, with a sum above zero: as the file has them. Absent where all points weigh the same. */
  readonly weights?: Float64Array;
  /** What a table's coordinates are called. */
  readonly columns?: readonly string[];
  /** Of one image, `[height, width, channels]`, where the points are images. */
  readonly imageShape?: readonly number[];
}

export interface ReadPointOptions extends Omit<ImageOptions, "seed"> {
  /** The column of a table that holds the weights. */
  readonly weights?: string | undefined;
}

/** Node reads no larger file in one piece. */
const LARGEST_FILE = 2 ** 31;

/**
 * Reads points in the units of the file, without the scaling that training applies:
 *
 * - a `.csv` table (see `readTable`), one point a row
 * - a `.npy` array (see `readNpy`): `[count]` are points on a line, `[count, dimension]` points, of more axes one flattened point a
 *   sample
 * - an IDX file, likewise; bytes of the shape of images are images
 * - a folder of images (see `readImages`)
 *
 * Images are points of `height * width * channels` coordinates in [-1, 1], `byte / 127.5 - 1`, the units of everything else here
 * that has to do with images.
 *
 * @throws InputError where the path is missing, of no known kind, cannot be read, holds no point or a number that is not finite, and
 * where the weights are absent, negative or all zero
 */
export async function readPoints(path: string, options: ReadPointOptions = {}): Promise<FilePoints> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const isTable = !found.isDirectory() && /\.csv$/i.test(path);
  if (options.weights !== undefined && !isTable)
    throw new InputError(`Weights are a column of a .csv table, and ${path} is none; leave out the weights.`);
  if (found.isDirectory()) return imagePoints(path, await readImages(path, options));
  if (isTable) return tablePoints(path, options.weights);
  if (found.size >= LARGEST_FILE)
    throw new InputError(`${path} has ${found.size} bytes, and a file may have 2 GiB; take fewer points.`);
  if (/\.npy$/i.test(path)) return arrayPoints(path, await readNpy(path));
  if (idxName.test(path)) {
    const idx = await readIdx(path);
    const images = idx.data instanceof Uint8Array ? await arrayImages(path, idx, options) : undefined;
    return images ? imagePoints(path, images) : arrayPoints(path, { ...idx, data: Float64Array.from(idx.data) });
  }
  throw new InputError(
    `${path} is of no known kind: give a .csv table, a .npy array, an IDX file (name ending in ubyte or .idx, or these with .gz), or a folder of images.`,
  );
}

function imagePoints(path: string, { shape, bytes }: ImageBytes): FilePoints {
  const dimension = shape[0] * shape[1] * shape[2];
  const points = toUnitRange(Float32Array.from(bytes));
  return { path, points, count: bytes.length / dimension, dimension, imageShape: shape };
}

async function tablePoints(path: string, weightColumn: string | undefined): Promise<FilePoints> {
  const { columns: all, values } = await readTable(path);
  const count = values.length / all.length;
  if (weightColumn === undefined)
    return { path, points: Float64Array.from(values), count, dimension: all.length, columns: all };

  const place = all.indexOf(weightColumn);
  if (place < 0)
    throw new InputError(
      `${path} has no column "${weightColumn}" to take the weights from; its columns are ${all.join(", ")}.`,
    );
  const columns = all.filter((_, column) => column !== place);
  if (columns.length === 0) throw new InputError(`${path} has no column of coordinates beside its weights.`);
  const points = Float64Array.from(values).filter((_, i) => i % all.length !== place);
  const weights = Float64Array.from({ length: count }, (_, row) => values[row * all.length + place]!);
  checkWeights(path, weightColumn, weights);
  return { path, points, count, dimension: columns.length, weights, columns };
}

function checkWeights(path: string, column: string, weights: Float64Array): void {
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0)
    throw new InputError(
      `${path}, column "${column}": the weight of point ${negative} (counted from 0) is ${weights[negative]}; weights cannot be negative.`,
    );
  if (weights.every((weight) => weight === 0))
    throw new InputError(`${path}, column "${column}": all weights are 0; at least one must be positive.`);
}

function arrayPoints(path: string, { shape, data }: { shape: readonly number[]; data: Float64Array }): FilePoints {
  const [count, ...rest] = shape;
  if (count === undefined) throw new InputError(`${path} holds one number without an axis of points; give an array.`);
  if (data.length === 0) throw new InputError(`${path} holds no points: its shape is ${shapeText(shape)}.`);
  const dimension = rest.reduce((product, length) => product * length, 1);
  // Beyond a 32-bit float, squares of coordinates leave the range of float64 as well.
  const bad = data.findIndex((value) => !Number.isFinite(Math.fround(value)));
  if (bad >= 0)
    throw new InputError(
      `${path}: point ${Math.floor(bad / dimension)} (counted from 0) has the coordinate ${data[bad]}, no finite 32-bit number; remove the point.`,
    );
  return { path, points: data, count, dimension };
}
