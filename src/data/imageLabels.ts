import { stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { InputError } from "../errors.js";
import { listed, quoted } from "../quoting.js";
import { labelsByName, labelsInOrder } from "./labelFile.js";
import { type LabelOptions, type Labels, labelPlaces, labelValue } from "./labels.js";

/** How the classes of images are told. */
export interface ImageLabelOptions extends LabelOptions {
  /**
   * A file of their classes: for a folder, a table with a column of file names and one of classes; for an array, as many whole numbers (IDX,
   * .npy) or a table of one column, in the order of the images. Default: the subfolders of a folder, if it has one for each class; of an IDX
   * file `train-images-idx3-ubyte` the file `train-labels-idx1-ubyte` beside it.
   */
  readonly labels?: string | undefined;
}

/** The classes of images, and what the user should know of them. */
export interface ImageLabels {
  /** With the place of each image's class; absent where images have no classes, or are to be trained on without. */
  readonly labels?: (Labels & { readonly places: Uint32Array }) | undefined;
  readonly warnings: readonly string[];
}

/** What classes are called where a sample of one is asked for. */
const NAME = "class";
/** Each class is an output of a critic, and an input of a generator. */
const MOST_CLASSES = 1000;

const WITHOUT = "train without classes (--no-conditional)";
const WITHOUT_FILE = "leave out --labels";

/**
 * The class of each of the images of a folder: as its file of labels says, else the subfolder that it lies in, if all lie directly in one.
 * @param paths of the images
 * @returns `undefined` where they have none
 * @throws InputError where the file does not fit the folder
 */
export async function folderClasses(
  folder: string,
  paths: readonly string[],
  { conditional, labels: file }: ImageLabelOptions,
): Promise<readonly string[] | undefined> {
  if (file !== undefined) return labelsByName(file, folder, paths);
  if (conditional === false) return undefined;
  const parents = paths.map((path) => relative(folder, dirname(path)));
  return parents.some((parent) => parent === "" || parent.includes(sep)) ? undefined : parents;
}

/** The labels that the classes of a folder make, `folderClasses`; as `arrayLabels`. */
export function folderLabels(
  folder: string,
  classes: readonly string[] | undefined,
  { conditional, labels: file }: ImageLabelOptions,
): ImageLabels {
  if (classes === undefined) {
    if (!conditional) return { warnings: [] };
    throw new InputError(
      `${folder} has no classes that could be a condition: sort its images into a subfolder for each class, give a file of their classes (--labels), or ${WITHOUT}.`,
    );
  }
  const labels = labelPlaces(folder, NAME, classes.map(labelValue), classes.length);
  const problem = problemWith(folder, labels);
  if (problem === undefined) {
    const guessed = file === undefined && conditional === undefined;
    const { categories } = labels;
    const told = `The subfolders of ${folder} are taken as ${categories.length} classes (${listed(categories)}); --no-conditional trains without.`;
    return { labels, warnings: guessed ? [told] : [] };
  }
  if (file !== undefined) throw new InputError(`${problem.what}: ${problem.remedy}, or ${WITHOUT_FILE}.`);
  if (conditional) throw new InputError(`${problem.what}: ${problem.remedy}, or ${WITHOUT}.`);
  // A folder within a folder is no class.
  if (labels.categories.length === 1) return { warnings: [] };
  return {
    warnings: [`${problem.what}, so that its subfolders are not taken as classes: for classes, ${problem.remedy}.`],
  };
}

/**
 * The labels of the images of an array, as their file says: of an IDX file by default the one beside it.
 * @param name of the array, for messages
 * @param count of images
 * @throws InputError where there is no file and conditions are asked for, and where it does not fit the array
 */
export async function arrayLabels(
  name: string,
  count: number,
  { conditional, labels: given }: ImageLabelOptions,
): Promise<ImageLabels> {
  const beside = given === undefined && conditional !== false ? await labelsBeside(name) : undefined;
  const file = given ?? beside;
  if (file === undefined) {
    if (!conditional) return { warnings: [] };
    throw new InputError(
      `${name} has no labels that could be a condition: give a file of one for each image (--labels), or ${WITHOUT}.`,
    );
  }
  const labels = labelPlaces(name, NAME, await labelsInOrder(file, name, count), count);
  const problem = problemWith(name, labels);
  if (problem) throw new InputError(`${problem.what}: ${problem.remedy}, or ${beside ? WITHOUT : WITHOUT_FILE}.`);
  const told = `${file} is taken as the ${labels.categories.length} classes of ${name} (${listed(labels.categories)}); --no-conditional trains without.`;
  return { labels, warnings: beside && conditional === undefined ? [told] : [] };
}

/** The file of labels that lies beside IDX images and has their name, as MNIST's files have: train-labels-idx1-ubyte, train-images-idx3-ubyte. */
async function labelsBeside(images: string): Promise<string | undefined> {
  const name = basename(images);
  if (!/images.*idx[34]/.test(name)) return undefined;
  const file = join(dirname(images), name.replace("images", "labels").replace(/idx[34]/, "idx1"));
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() ? file : undefined;
}

/** What keeps classes from being conditions, and what helps; `undefined` where nothing does. */
function problemWith(
  name: string,
  { categories, places }: Labels & { readonly places: Uint32Array },
): { readonly what: string; readonly remedy: string } | undefined {
  if (categories.length > MOST_CLASSES) {
    return {
      what: `${name} has ${categories.length} classes, and ${MOST_CLASSES} are the most`,
      remedy: "join some of them",
    };
  }
  const [only, other] = categories;
  if (other === undefined) {
    return { what: `All images of ${name} are of the class ${quoted(only ?? "")}`, remedy: "add images of another" };
  }
  const counts = new Uint32Array(categories.length);
  for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
  const lonely = categories[counts.indexOf(1)];
  if (lonely === undefined) return undefined;
  return {
    what: `The class ${quoted(lonely)} of ${name} has one image only`,
    remedy: "add others of it, or remove it",
  };
}
