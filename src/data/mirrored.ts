import type { Rng } from "../random.js";
import type { Batch, Dataset } from "./dataset.js";

/** A data set of images of which each that is drawn is mirrored, left to right, with probability 1/2: twice as many, where either is right. */
export function mirrored(data: Dataset): Dataset {
  const [height = 1, width = 1, channels = 1] = data.fields.sample.shape;
  const row = width * channels;

  function someMirrored(rng: Rng, batch: Batch): Batch {
    const { sample } = batch;
    const size = height * row;
    for (let start = 0; start < sample.length; start += size) {
      if (rng.uniform() < 0.5) mirror(sample.subarray(start, start + size));
    }
    return batch;
  }

  function mirror(image: Float32Array): void {
    for (let start = 0; start < image.length; start += row) {
      for (let left = 0, right = width - 1; left < right; left++, right--) {
        for (let channel = 0; channel < channels; channel++) {
          const [a, b] = [start + left * channels + channel, start + right * channels + channel];
          const swapped = image[a]!;
          image[a] = image[b]!;
          image[b] = swapped;
        }
      }
    }
  }

  const { distinct, heldOut } = data;
  return {
    ...data,
    batch: (rng, n) => someMirrored(rng, data.batch(rng, n)),
    ...(distinct && { distinct: (rng: Rng, n: number) => someMirrored(rng, distinct(rng, n)) }),
    ...(heldOut && { heldOut: mirrored(heldOut) }),
  };
}
