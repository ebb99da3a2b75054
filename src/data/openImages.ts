import { InputError } from "../errors.js";
import { images } from "./codecs/index.js";
import type { Dataset } from "./dataset.js";
import { imagePaths } from "./imageFolder.js";
import { folderClasses, folderLabels, type ImageLabelOptions, type ImageLabels } from "./imageLabels.js";
import type { ImageOptions, ImageSet } from "./images.js";
import { mirrored } from "./mirrored.js";
import { readImages } from "./readImages.js";
import { partedDataset } from "./stored.js";

/**
 * The data set of the images that `readImages` reads, in [-1, 1], with their classes as the condition "class" where they have any. A seeded
 * tenth is held out (none below 20 images).
 *
 *     await openImages("pictures", { size: 64, labels: "names.csv" })
 * @param folder the path of a folder of images
 * @param options their size and colours, and what they are labelled with
 * @throws InputError as `readImages` does, and where classes are asked for that there are not, do not fit the images, or are no condition:
 * one alone, one of a single image, or more than 1,000
 */
export async function openImages(folder: string, options: ImageOptions & ImageLabelOptions = {}): Promise<Dataset> {
  checkLabelOptions(options);
  const paths = await imagePaths(folder);
  const classes = await folderClasses(folder, paths, options);
  const labels = folderLabels(folder, classes, options);
  const set = await readImages(folder, options);
  if (set.paths.length === paths.length) return imageDataset(folder, set, labels, options);
  const kept = new Set(set.paths);
  const left = classes?.filter((_, place) => kept.has(paths[place] ?? ""));
  return imageDataset(folder, set, folderLabels(folder, left, options), options);
}

/** The data set of images, in [-1, 1]: a tenth, chosen by `seed`, is held out (none below 20 images). With `mirror`, half are mirrored when drawn. */
export function imageDataset(
  name: string,
  { shape, bytes, warnings }: ImageSet,
  { labels, warnings: more }: ImageLabels,
  { seed = 0, mirror = false }: Pick<ImageOptions, "seed" | "mirror">,
): Dataset {
  const store = { name, kind: "images", codec: images, shape, samples: bytes, labels } as const;
  const data = { ...partedDataset(store, seed), warnings: [...warnings, ...more] };
  return mirror ? mirrored(data) : data;
}

/** @throws InputError where there is a file of labels that is not to be used */
export function checkLabelOptions({ conditional, labels }: ImageLabelOptions): void {
  if (labels === undefined || conditional !== false) return;
  throw new InputError(
    "--labels gives conditions to train on and --no-conditional leaves them out: give one of the two.",
  );
}
