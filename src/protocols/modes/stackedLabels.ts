import { loadMnistClassifier } from "../../metrics/mnistClassifier/index.js";
import { type StackedModes, stackedModes } from "../../metrics/stackedModes.js";

/** Tells digits apart: images `[count, 28, 28, 1]` in [-1, 1], flat, to labels `[count]`. */
export type Classify = (images: Float32Array, count: number) => Promise<Uint8Array>;

/** Draws stacked digits `[n, 28, 28, 3]`, flat, as many at a time as it likes. */
export type Draw = () => Float32Array | Promise<Float32Array>;

const PIXELS = 28 * 28;
const CHANNELS = 3;

/** The digit that `classify` sees in each channel of images `[count, 28, 28, 3]`: `[count, 3]`, flat. */
export async function stackedLabels(images: Float32Array, classify: Classify): Promise<Uint8Array> {
  const count = images.length / (PIXELS * CHANNELS);
  const digits = new Float32Array(images.length);
  for (let i = 0; i < count * CHANNELS; i++) {
    const start = Math.floor(i / CHANNELS) * PIXELS * CHANNELS + (i % CHANNELS);
    for (let pixel = 0; pixel < PIXELS; pixel++) digits[i * PIXELS + pixel] = images[start + pixel * CHANNELS]!;
  }
  return await classify(digits, count * CHANNELS);
}

/**
 * The modes among `count` drawn images.
 * @throws the signal's reason where it stops the work
 */
export async function drawnModes(
  draw: Draw,
  count: number,
  classify: Classify,
  options: { readonly signal?: AbortSignal | undefined; readonly onProgress?: (done: number) => void } = {},
): Promise<StackedModes> {
  const labels = new Uint8Array(count * CHANNELS);
  for (let done = 0; done < labels.length; ) {
    options.signal?.throwIfAborted();
    const next = (await stackedLabels(await draw(), classify)).subarray(0, labels.length - done);
    labels.set(next, done);
    done += next.length;
    options.onProgress?.(done / CHANNELS);
  }
  return stackedModes(labels);
}

/** Does work with this library's classifier of MNIST digits. */
export async function withClassifier<T>(work: (classify: Classify) => Promise<T>): Promise<T> {
  const { classify, release } = await loadMnistClassifier();
  try {
    return await work(classify);
  } finally {
    await release();
  }
}
