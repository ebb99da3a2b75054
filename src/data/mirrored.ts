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
      const before = image.slice(start, start + row);
      for (let x = 0; x < width; x++) {
        image.set(before.subarray(x * channels, (x + 1) * channels), start + (width - 1 - x) * channels);
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
