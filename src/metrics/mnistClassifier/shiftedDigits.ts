import type { LabelledImages } from "../../data/sets/mnist.js";
import type { Rng } from "../../random.js";
import { CLASSES, SIDE } from "./network.js";

/** Pixels, at most, that a digit is moved by in each direction: its strokes stay on the page. */
const FARTHEST = 2;
const PAPER = -1;

/** A batch for training: images `[n, 28, 28, 1]` in [-1, 1] and labels `[n, 10]`, 1 at the digit. */
export interface DigitBatch {
  readonly images: Float32Array;
  readonly labels: Float32Array;
}

/** `n` digits drawn uniformly with replacement, each moved by up to two pixels down or up and across. */
export function shiftedDigits({ images, labels }: LabelledImages, rng: Rng, n: number): DigitBatch {
  const batch = { images: new Float32Array(n * SIDE * SIDE).fill(PAPER), labels: new Float32Array(n * CLASSES) };
  for (let i = 0; i < n; i++) {
    const drawn = rng.integer(labels.length);
    batch.labels[i * CLASSES + labels[drawn]!] = 1;
    const down = rng.integer(2 * FARTHEST + 1) - FARTHEST;
    const across = rng.integer(2 * FARTHEST + 1) - FARTHEST;
    for (let row = Math.max(0, down); row < Math.min(SIDE, SIDE + down); row++) {
      for (let column = Math.max(0, across); column < Math.min(SIDE, SIDE + across); column++) {
        const byte = images[(drawn * SIDE + row - down) * SIDE + column - across]!;
        batch.images[(i * SIDE + row) * SIDE + column] = byte / 127.5 - 1;
      }
    }
  }
  return batch;
}
