import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { createSession } from "#runtime";
import { unreadable } from "../../data/reading.js";
import { CLASSES, FEATURES, SIDE } from "./network.js";

/**
 * Tells handwritten digits apart. Images are `[count, 28, 28, 1]`, flat, in [-1, 1], ink high; another length, or a pixel that is not
 * finite, is a RangeError.
 */
export interface MnistClassifier {
  /**
   * The digit, 0 to 9, that each image looks most like: `[count]`.
   * @param images `[count, 28, 28, 1]`, flat
   * @param count how many images
   */
  classify(images: Float32Array, count: number): Promise<Uint8Array>;
  /**
   * What the last hidden layer makes of each image, none negative: `[count, featureCount]`, flat.
   * @param images `[count, 28, 28, 1]`, flat
   * @param count how many images
   */
  features(images: Float32Array, count: number): Promise<Float32Array>;
  /** How many features an image has. */
  readonly featureCount: number;
  /** Frees the session. */
  release(): Promise<void>;
}

/** The trained classifier, which comes with this package. */
export const mnistClassifierFile = assetFile("mnist-classifier.onnx");
/** The same network, trained on Fashion-MNIST instead (`bench/fashionClassifier.mjs`). */
export const fashionClassifierFile = assetFile("fashion-classifier.onnx");

function assetFile(name: string): string {
  return fileURLToPath(new URL(`../../../assets/${name}`, import.meta.url));
}

/** Images that go through the network at once: enough to be fast, few enough to need little memory. */
const CHUNK = 500;

/**
 * The classifier of MNIST digits that was trained by this library (`bench/mnistClassifier.mjs`).
 * @param path a classifier of one's own, as `classifierModel` writes it
 * @throws InputError where its file cannot be read
 */
export async function loadMnistClassifier(path: string = mnistClassifierFile): Promise<MnistClassifier> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const session = await createSession(bytes, {});

  /** One output for all images, `[count, width]`. */
  async function through(images: Float32Array, count: number, output: string, width: number): Promise<Float32Array> {
    const pixels = SIDE * SIDE;
    if (images.length !== count * pixels)
      throw new RangeError(`${images.length} numbers are not ${count} images of 28 x 28 pixels`);
    const odd = images.findIndex((value) => !Number.isFinite(value));
    if (odd >= 0)
      throw new RangeError(
        `image ${Math.floor(odd / pixels) + 1} holds ${images[odd]} at its pixel ${(odd % pixels) + 1}; digits are recognised from finite numbers`,
      );
    const values = new Float32Array(count * width);
    for (let start = 0; start < count; start += CHUNK) {
      const n = Math.min(CHUNK, count - start);
      const data = images.subarray(start * pixels, (start + n) * pixels);
      const results = await session.run({ images: { shape: [n, SIDE, SIDE, 1], data } });
      values.set(results[output]!.data, start * width);
    }
    return values;
  }

  return {
    async classify(images, count) {
      const logits = await through(images, count, "logits", CLASSES);
      return Uint8Array.from({ length: count }, (_, i) => largest(logits.subarray(i * CLASSES, (i + 1) * CLASSES)));
    },
    features: (images, count) => through(images, count, "features", FEATURES),
    featureCount: FEATURES,
    release: () => session.release(),
  };
}

function largest(logits: Float32Array): number {
  return logits.reduce((best, logit, digit) => (logit > logits[best]! ? digit : best), 0);
}
