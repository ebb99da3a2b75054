import { exponentOf, timesPowerOfTwo, wholeMantissa } from "./powersOfTwo.js";

/** Numbers as whole multiples of a power of two. Sums and differences of these are exact, however far the numbers lie apart. */
export interface FixedPoint {
  /** The multiple that is nearest to a finite number. */
  units(value: number): bigint;
  /** The float64 nearest to a multiple. */
  value(units: bigint): number;
}

/** Bits that are cut off where a multiple is beyond the range of float64. */
const cut = 600;

/** Multiples of `2^exponent`. */
export function fixedPoint(exponent: number): FixedPoint {
  const ofUnit = Math.abs(exponent) <= 1000 ? 2 ** exponent : 0;
  return {
    units(value) {
      if (value === 0) return 0n;
      const whole = wholeMantissa(value);
      const shift = exponentOf(value) - 52 - exponent;
      const size = shift >= 0 ? BigInt(whole) << BigInt(shift) : BigInt(Math.round(timesPowerOfTwo(whole, shift)));
      return value < 0 ? -size : size;
    },
    value(units) {
      const whole = Number(units);
      if (!(Math.abs(whole) < Infinity)) return timesPowerOfTwo(Number(units >> BigInt(cut)), exponent + cut);
      return ofUnit === 0 ? timesPowerOfTwo(whole, exponent) : whole * ofUnit;
    },
  };
}
