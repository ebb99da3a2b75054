import { encode, images as imageCodec } from "../../data/codecs/index.js";
import { loadMnistClassifier } from "./load.js";

/**
 * The share of images that the classifier takes for the digit that was asked for, from 0 to 1. Of real test digits it is .99.
 * @param images bytes `[count, 28, 28, 1]`, flat
 * @param digits asked for, `[count]`
 */
export async function labelAccuracy(images: Uint8Array, digits: ArrayLike<number>): Promise<number> {
  const classifier = await loadMnistClassifier();
  try {
    const found = await classifier.classify(encode(imageCodec, images), digits.length);
    return found.filter((digit, i) => digit === digits[i]).length / digits.length;
  } finally {
    await classifier.release();
  }
}
