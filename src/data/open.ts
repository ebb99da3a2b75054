import { InputError } from "../errors.js";
import { arrayImages } from "./arrayImages.js";
import { datasets } from "./catalogue.js";
import type { Dataset } from "./dataset.js";
import { arrayLabels, type ImageLabelOptions } from "./imageLabels.js";
import type { ImageOptions } from "./images.js";
import { checkLabelOptions, imageDataset, openImages } from "./openImages.js";
import { MOST_NUMBERS } from "./pointSets.js";
import { arrayPoints } from "./sources/arrayPoints.js";
import { kindsText, taken } from "./sources/kinds.js";
import { type NumberArray, shapeText } from "./sources/numberArray.js";
import { requireRoom } from "./sources/numberList.js";
import { openSource, type Source, type SourceOptions } from "./sources/source.js";
import { tableDataset } from "./table.js";
import { isTableFile, openRows, type RowsOptions } from "./tableFile.js";

/** How a path is read: `header` for tables, `seed` for all that is parted into training and held-out, the rest for images only. */
export type OpenOptions = ImageOptions &
  SourceOptions &
  ImageLabelOptions &
  RowsOptions & {
    /** Whether a file of rows is a table, whose columns may hold anything, or points, whose coordinates are numbers. Default: "points". */
    readonly as?: "points" | "table" | undefined;
  };

/**
 * The data set that a name or path stands for (`openSource`): that of a name; images of a folder or of an array, in [-1, 1], with their classes
 * (`openImages`); a table; or an array of points, `[count]` or `[count, dimension]`, as a table of columns "1", "2" and so on. Points are standardised. A
 * seeded tenth of what comes from a path is held out (none below 20 samples).
 * @param nameOrPath a name of the catalogue, such as "grid", or the path of a file or folder
 * @param options how a file is read and what its samples are labelled with
 * @throws InputError where there is no such name or path, or what is there cannot be used
 */
export async function openDataset(nameOrPath: string, options: OpenOptions = {}): Promise<Dataset> {
  if (options.as === "table" && (await isTableFile(nameOrPath))) {
    refuseLabels(nameOrPath, options);
    return openRows(nameOrPath, options);
  }
  const source = await openSource(nameOrPath, options);
  if (options.as === "table")
    throw new InputError(`${source.name} cannot be taken as a table, which is a file of rows; leave out "as".`);
  const data = await sourceData(source, options);
  const labelled = datasets.entries.filter(({ labels }) => labels !== undefined).map(({ name }) => name);
  if (options.conditional && !data.fields.condition)
    throw new InputError(
      `${source.name} has no labels that could be a condition, as ${new Intl.ListFormat("en-GB").format(labelled)} have; train on it without --conditional.`,
    );
  return data;
}

function refuseLabels(name: string, { labels }: OpenOptions): void {
  if (labels === undefined) return;
  throw new InputError(
    `Labels can be given for a folder or file of images only, and ${name} is none; leave out --labels.`,
  );
}

async function sourceData(source: Source, options: OpenOptions): Promise<Dataset> {
  if (source.kind === "folder") return openImages(source.folder, options);
  const images = source.kind === "array" ? await openArray(source.name, source.array, options) : undefined;
  if (images) return images;
  refuseLabels(source.name, options);
  if (
    options.size !== undefined ||
    options.channels !== undefined ||
    options.background !== undefined ||
    options.mirror
  ) {
    throw new InputError(
      `A size, channels, a background or mirroring can be chosen for a folder or file of images only, and ${source.name} is none.`,
    );
  }
  return withoutImages(source, options);
}

/** The data set of the images of an array; `undefined` where its shape is not one of images. */
async function openArray(name: string, array: NumberArray, options: OpenOptions): Promise<Dataset | undefined> {
  checkLabelOptions(options);
  const images = await arrayImages(name, array, options);
  if (!images) return undefined;
  const count = images.bytes.length / (images.shape[0] * images.shape[1] * images.shape[2]);
  return imageDataset(name, images, await arrayLabels(name, count, options), options);
}

async function withoutImages(source: Source, { seed, conditional }: OpenOptions): Promise<Dataset> {
  const { name } = source;
  switch (source.kind) {
    case "name":
      return source.open({ conditional });
    case "table":
      return { ...tableDataset(name, source.table, seed), warnings: source.table.warnings };
    case "array": {
      const { shape, warnings } = source.array;
      if (shape.length > 2) {
        throw new InputError(
          `${name} holds no images and no points: images are [count, height, width] or have 1, 3 or 4 channels beside, points have 1 or 2 axes, and its shape is ${shapeText(shape)}.`,
        );
      }
      requireRoom(name, source.array.data.length, MOST_NUMBERS);
      const { points, dimension } = arrayPoints(name, source.array);
      const columns = Array.from({ length: dimension }, (_, column) => String(column + 1));
      return { ...tableDataset(name, { columns, values: points }, seed), kind: "points", warnings };
    }
    case "run":
    case "folder":
      throw new InputError(`${name} is the folder of a run and no data; give ${kindsText(taken.training)}.`);
  }
}
