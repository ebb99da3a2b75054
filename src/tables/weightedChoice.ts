import type { Rng } from "../random.js";

/** Draws places of a list, each as often as its weight is of all. */
export function weightedChoice(weights: ArrayLike<number>, rng: Rng): () => number {
  const ends = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i] ?? 0;
    ends[i] = total;
  }
  if (weights.length === 1) return () => 0;
  return () => {
    const drawn = rng.uniform() * total;
    let [low, high] = [0, weights.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
