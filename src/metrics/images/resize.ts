import type { ImageBytes } from "../../data/images.js";

/** The input pixels that make one output pixel. */
interface Taps {
  readonly first: number;
  /** They sum to 1. */
  readonly weights: readonly number[];
}

/**
 * Images scaled to another height and width, not necessarily in proportion, by the bicubic filter that Pillow has for floating-point images:
 * where it shrinks, the filter is widened so that every pixel counts. Parmar et al. 2022 (arXiv:2104.11222) show that a filter which
 * leaves pixels out changes a Frechet distance, and recommend this one.
 * @returns `[count, height, width, channels]`, flat, from 0 to 255
 */
export function resized({ shape, bytes }: ImageBytes, height: number, width: number): Float32Array {
  const [oldHeight, oldWidth, channels] = shape;
  const values = Float32Array.from(bytes);
  if (oldHeight === height && oldWidth === width) return values;
  const across = filtered(values, oldWidth, channels, tapsOf(oldWidth, width));
  const down = filtered(across, oldHeight, width * channels, tapsOf(oldHeight, height));
  return down.map((value) => Math.min(255, Math.max(0, value)));
}

/** Values `[..., length, inner]` with the middle axis made anew: `[..., taps, inner]`. */
function filtered(values: Float32Array, length: number, inner: number, taps: readonly Taps[]): Float32Array {
  const outer = values.length / (length * inner);
  const made = new Float32Array(outer * taps.length * inner);
  for (let block = 0; block < outer; block++) {
    taps.forEach(({ first, weights }, place) => {
      const to = (block * taps.length + place) * inner;
      const from = (block * length + first) * inner;
      for (let k = 0; k < inner; k++) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++) sum += weights[tap]! * values[from + tap * inner + k]!;
        made[to + k] = sum;
      }
    });
  }
  return made;
}

function tapsOf(from: number, to: number): Taps[] {
  const stretch = Math.max(1, from / to);
  return Array.from({ length: to }, (_, place) => {
    const center = ((place + 0.5) * from) / to;
    const first = Math.max(0, Math.floor(center - 2 * stretch + 0.5));
    const end = Math.min(from, Math.floor(center + 2 * stretch + 0.5));
    const raw = Array.from({ length: end - first }, (_, tap) => cubic((first + tap + 0.5 - center) / stretch));
    const total = raw.reduce((sum, weight) => sum + weight, 0);
    return { first, weights: raw.map((weight) => weight / total) };
  });
}

/** Keys' cubic convolution kernel with a = -1/2 (1981, equation 15). */
function cubic(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return (1.5 * size - 2.5) * size * size + 1;
  return size < 2 ? ((-0.5 * size + 2.5) * size - 4) * size + 2 : 0;
}
