/** Powers of two, by which numbers can be multiplied without rounding. */

const view = new DataView(new ArrayBuffer(8));

/** The whole number `e` with `2^e <= |x| < 2^(e + 1)`, for any finite `x` but 0. */
export function exponentOf(x: number): number {
  view.setFloat64(0, x);
  const biased = (view.getUint16(0) >> 4) & 0x7ff;
  return biased > 0 ? biased - 1023 : exponentOf(x * 2 ** 60) - 60;
}

/** `x` without its sign and power of two, as a whole number: `|x| = wholeMantissa(x) 2^(exponentOf(x) - 52)`, for any finite `x` but 0. */
export function wholeMantissa(x: number): number {
  view.setFloat64(0, x);
  const high = view.getUint32(0) & 0x7fffffff;
  if (high < 0x100000) return wholeMantissa(x * 2 ** 60);
  return ((high & 0xfffff) + 0x100000) * 2 ** 32 + view.getUint32(4);
}

/** `x 2^exponent`, also where `2^exponent` itself is beyond float64. */
export function timesPowerOfTwo(x: number, exponent: number): number {
  if (exponent >= -1000 && exponent <= 1000) return x * 2 ** exponent;
  const step = exponent < 0 ? -1000 : 1000;
  const next = x * 2 ** step;
  return next === 0 || Math.abs(next) === Infinity ? next : timesPowerOfTwo(next, exponent - step);
}

/** The largest absolute value of some lists of numbers. */
export function largestSize(...lists: readonly (Float64Array | Float32Array)[]): number {
  let largest = 0;
  for (const list of lists)
    for (let i = 0; i < list.length; i++) {
      const size = Math.abs(list[i]!);
      if (size > largest) largest = size;
    }
  return largest;
}

/** A copy of numbers times `2^exponent`. */
export function scaledCopy(values: Float64Array | Float32Array, exponent: number): Float64Array {
  const copy = Float64Array.from(values);
  const [factor, other] = [2 ** (exponent >> 1), 2 ** (exponent - (exponent >> 1))];
  for (let i = 0; i < copy.length; i++) copy[i]! *= factor;
  for (let i = 0; i < copy.length; i++) copy[i]! *= other;
  return copy;
}
