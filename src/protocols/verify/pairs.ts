import type { Rng } from "../../random.js";
import type { GroundTruthPair } from "../../transport/groundTruth.js";

/** Pairs that are drawn at a time, so that few of them are there in float64. */
const PORTION = 4096;

/** Pairs, flat: `real` and where the optimal plan moves each, `fake`, `[count, dimension]`. */
export interface Pairs {
  readonly real: Float32Array;
  readonly fake: Float32Array;
}

/** A batch of `count` reals and as many fakes, drawn from a pool independently of each other, as a generator's samples are of the data. */
export function drawBatch({ real, fake }: Pairs, dimension: number, rng: Rng, count: number): Pairs {
  return { real: drawRows(real, dimension, rng, count), fake: drawRows(fake, dimension, rng, count) };
}

/** `count` points of `from`, `[n, dimension]` flat, drawn independently. */
export function drawRows(from: Float32Array, dimension: number, rng: Rng, count: number): Float32Array {
  const rows = new Float32Array(count * dimension);
  const available = from.length / dimension;
  for (let i = 0; i < count; i++) {
    const start = rng.integer(available) * dimension;
    rows.set(from.subarray(start, start + dimension), i * dimension);
  }
  return rows;
}

/** `count` pairs. */
export function drawPairs(pair: GroundTruthPair, rng: Rng, count: number): Pairs {
  const size = count * pair.dimension;
  const [real, fake] = [new Float32Array(size), new Float32Array(size)];
  for (let start = 0; start < count; start += PORTION) {
    const portion = pair.sample(rng, Math.min(PORTION, count - start));
    real.set(portion.real, start * pair.dimension);
    fake.set(portion.fake, start * pair.dimension);
  }
  return { real, fake };
}

/** The true W1, as far as a draw tells it: the mean of |real - fake| over the optimal plan's pairs. */
export function trueDistance({ real, fake }: Pairs, dimension: number): number {
  let total = 0;
  for (let start = 0; start < real.length; start += dimension) {
    let square = 0;
    for (let k = start; k < start + dimension; k++) square += (real[k]! - fake[k]!) ** 2;
    total += Math.sqrt(square);
  }
  return (total * dimension) / real.length;
}
