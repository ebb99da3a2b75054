import type { Rng } from "../random.js";
import type { Batch, Dataset } from "./dataset.js";
import type { DrawnSamples } from "./drawnSamples.js";

/** A data set of images of which each that is drawn is mirrored, left to right, with probability 1/2: twice as many, where either is right. */
export function mirrored(data: Dataset): Dataset {
  const { shape } = data.fields.sample;

  function someMirrored(rng: Rng, batch: Batch): Batch {
    for (const image of imagesOf(batch, shape)) if (rng.uniform() < 0.5) mirror(image, shape);
    return batch;
  }

  const { distinct, heldOut } = data;
  return {
    ...data,
    isMirrored: true,
    batch: (rng, n) => someMirrored(rng, data.batch(rng, n)),
    ...(distinct && { distinct: (rng: Rng, n: number) => someMirrored(rng, distinct(rng, n)) }),
    ...(heldOut && { heldOut: mirrored(heldOut) }),
  };
}

/** Images that were drawn from such a data set, followed by the mirrored copy of each; of any other, the images alone. */
export function withMirrored(
  { isMirrored, fields }: Pick<Dataset, "isMirrored" | "fields">,
  drawn: DrawnSamples,
): DrawnSamples {
  if (!isMirrored) return drawn;
  const { shape } = fields.sample;
  const { count } = drawn;
  return {
    count: 2 * count,
    some(start, end) {
      const asTheyAre = drawn.some(Math.min(start, count), Math.min(end, count));
      const copies = drawn.some(Math.max(start, count) - count, Math.max(end, count) - count);
      for (const image of imagesOf(copies, shape)) mirror(image, shape);
      return {
        sample: joined(asTheyAre.sample, copies.sample),
        condition: asTheyAre.condition && copies.condition && joined(asTheyAre.condition, copies.condition),
      };
    },
  };
}

function* imagesOf({ sample }: Batch, shape: readonly number[]): Generator<Float32Array> {
  const size = shape.reduce((product, axis) => product * axis, 1);
  for (let start = 0; start < sample.length; start += size) yield sample.subarray(start, start + size);
}

/** Mirrors an image in its place. */
function mirror(image: Float32Array, [, width = 1, channels = 1]: readonly number[]): void {
  for (let start = 0; start < image.length; start += width * channels) {
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

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
