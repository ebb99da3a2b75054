import type { Rng } from "../random.js";

/** `size` different whole numbers from 0 to `count - 1`, each choice of them equally likely. */
export function drawDistinct(rng: Rng, count: number, size: number): Uint32Array {
  const numbers = Uint32Array.from({ length: count }, (_, i) => i);
  for (let k = 0; k < size; k++) {
    const other = k + rng.integer(count - k);
    [numbers[k], numbers[other]] = [numbers[other]!, numbers[k]!];
  }
  return numbers.subarray(0, size);
}
