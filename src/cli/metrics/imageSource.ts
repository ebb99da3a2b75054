import { askedInTurn, classesInTurn } from "../../data/classesInTurn.js";
import { decode, images } from "../../data/codecs/index.js";
import type { ConditionField } from "../../data/dataset.js";
import { drawDistinct } from "../../data/drawDistinct.js";
import type { ImageBytes, ImageOptions, ImageSet } from "../../data/images.js";
import { mnistLabelled } from "../../data/sets/mnist.js";
import { kindsText, taken } from "../../data/sources/kinds.js";
import { openSource } from "../../data/sources/source.js";
import { sourceImages } from "../../data/sources/sourceImages.js";
import { InputError } from "../../errors.js";
import { generateSamples } from "../../game/sampling.js";
import type { Rng } from "../../random.js";
import { loadRun } from "../../runs/savedRun.js";

/** Where images come from. */
export interface ImageSource {
  readonly name: string;
  /** Of one image. */
  readonly shape: ImageBytes["shape"];
  /** How many there are; `Infinity` where they are generated. */
  readonly size: number;
  /** `count` different images drawn with `rng`, or as many new ones: of a generator with classes, of each in its turn. */
  take(count: number, rng: Rng): Promise<TakenImages>;
  /** The classes of a generator that has any. */
  readonly condition?: ConditionField | undefined;
  /** What the user should know of it. */
  readonly warnings?: readonly string[];
}

/** Images, and what was asked of those that were made. */
export interface TakenImages extends ImageBytes {
  /** The place of each one's class, `[count]`. */
  readonly categories?: Uint32Array | undefined;
}

/** Both halves of MNIST by name; "mnist" is what a run on `--data mnist` trains on. */
const digits: Readonly<Record<string, "train" | "test">> = { mnist: "train", "mnist-test": "test" };

/** The names of sets of images. */
export const imageSetNames: readonly string[] = Object.keys(digits);

/**
 * Opens "mnist" (60,000 training digits), "mnist-test" (10,000 test digits), the folder of a run, whose generator makes the images, a
 * folder of images, or a file with an array of them (`openSource`).
 * @param options for folders and arrays of images
 * @throws InputError where there is no such thing, or it has no images
 */
export async function openImageSource(nameOrPath: string, options: Omit<ImageOptions, "seed">): Promise<ImageSource> {
  if (Object.hasOwn(digits, nameOrPath)) {
    const { images } = (await mnistLabelled())[digits[nameOrPath]!];
    return stored(nameOrPath, { shape: [28, 28, 1], bytes: images, warnings: [] });
  }
  const source = await openSource(nameOrPath);
  if (source.kind === "run") return generated(nameOrPath);
  const images = await sourceImages(source, options);
  if (images) return stored(source.name, images);
  throw new InputError(
    `${source.name} holds no images: give ${kindsText(taken.images)}; the data sets of images are ${imageSetNames.join(" and ")}.`,
  );
}

function stored(name: string, { shape, bytes, warnings }: ImageSet): ImageSource {
  const width = shape[0] * shape[1] * shape[2];
  const size = bytes.length / width;
  return {
    name,
    shape,
    size,
    warnings,
    async take(count, rng) {
      if (count === size) return { shape, bytes };
      const taken = new Uint8Array(count * width);
      drawDistinct(rng, size, count).forEach((row, k) => {
        taken.set(bytes.subarray(row * width, (row + 1) * width), k * width);
      });
      return { shape, bytes: taken };
    },
  };
}

async function generated(folder: string): Promise<ImageSource> {
  const { model, data, warnings } = await loadRun(folder);
  const [height, width, channels] = data.fields.sample.shape;
  if (height === undefined || width === undefined || channels === undefined)
    throw new InputError(
      `The run in ${folder} makes samples of shape [${data.fields.sample.shape.join(", ")}], not images; give one that was trained on images.`,
    );
  const shape = [height, width, channels] as const;
  return {
    name: folder,
    shape,
    size: Number.POSITIVE_INFINITY,
    warnings,
    condition: data.fields.condition,
    async take(count, rng) {
      const classes = classesInTurn(data, count);
      const samples = await generateSamples(model, count, rng, { condition: classes && askedInTurn(classes) });
      if (!samples.every(Number.isFinite))
        throw new InputError(
          `The generator in ${folder} makes samples that are not finite; use an earlier checkpoint.`,
        );
      return { shape, bytes: Uint8Array.from(decode(images, samples)), categories: classes?.categories };
    },
  };
}
