import type { Rng } from "../random.js";
import type { Batch, Dataset } from "./dataset.js";
import { drawDistinct } from "./drawDistinct.js";

/** Samples that were drawn, which are there whenever some of them are asked for. */
export interface DrawnSamples {
  readonly count: number;
  /** Those from `start` to before `end`, in the order in which they were drawn. */
  some(start: number, end: number): Batch;
}

/** `count` samples of a set drawn with `rng`, different ones where it is stored. */
export function drawnSamples(data: Dataset, rng: Rng, count: number): DrawnSamples {
  const { at } = data;
  if (at) {
    const places = drawDistinct(rng, data.size, count);
    return { count, some: (start, end) => at(places.subarray(start, end)) };
  }
  const { sample, condition } = data.distinct?.(rng, count) ?? data.batch(rng, count);
  const part = (values: Float32Array, start: number, end: number) =>
    values.slice((start * values.length) / count, (end * values.length) / count);
  return {
    count,
    some: (start, end) => ({
      sample: part(sample, start, end),
      condition: condition && part(condition, start, end),
    }),
  };
}
