import { createRng, type Rng } from "../../random.js";
import { encode, images } from "../codecs/index.js";
import type { Dataset } from "../dataset.js";
import type { DatasetEntry } from "../entry.js";
import { mnistLabelled } from "./mnist.js";

const PIXELS = 28 * 28;
const CHANNELS = 3;
const TRIPLES = 128_000;
/** The triples are the same in every run: they are the data. */
const SEED = 0;

/**
 * Stacked MNIST (Metz et al. 2017, arXiv:1611.02163): 128,000 images `[28, 28, 3]` in [-1, 1], ink high, whose channels are three
 * MNIST training digits drawn independently and uniformly, and so 1,000 modes, the triples of digits, of about equal mass. As many
 * triples of test digits are its held-out set. Triples are kept as indices, and images composed when they are drawn.
 * @throws InputError as `mnist` does
 */
export async function stackedMnist(): Promise<Dataset> {
  const { train, test } = await mnistLabelled();
  const rng = createRng(SEED);
  return { ...stacked(train.images, rng), heldOut: stacked(test.images, rng) };
}

export const stackedMnistEntry: DatasetEntry = {
  name: "stacked-mnist",
  title: "Stacked MNIST",
  summary: "three MNIST digits, one in each colour of an image: 1,000 modes",
  open: stackedMnist,
};

/** Triples drawn with `rng` from digits `[count, 28, 28]`, flat bytes. */
function stacked(digits: Uint8Array, rng: Rng): Dataset {
  const count = digits.length / PIXELS;
  const triples = Uint32Array.from({ length: TRIPLES * CHANNELS }, () => rng.integer(count));
  const composed = (chosen: Uint32Array) => {
    const bytes = new Uint8Array(chosen.length * PIXELS * CHANNELS);
    for (const [i, triple] of chosen.entries()) {
      for (let channel = 0; channel < CHANNELS; channel++) {
        const from = triples[triple * CHANNELS + channel]! * PIXELS;
        const to = i * PIXELS * CHANNELS + channel;
        for (let pixel = 0; pixel < PIXELS; pixel++) bytes[to + pixel * CHANNELS] = digits[from + pixel]!;
      }
    }
    return { sample: encode(images, bytes) };
  };
  return {
    name: "stacked-mnist",
    kind: "images",
    fields: { sample: { shape: [28, 28, CHANNELS] } },
    size: TRIPLES,
    content: [digits],
    codec: images,
    batch: (random, n) => composed(Uint32Array.from({ length: n }, () => random.integer(TRIPLES))),
    at: composed,
  };
}
