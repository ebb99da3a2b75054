/** The greatest common divisor of two whole numbers of any sign; that of 0 and a number is the number's size. */
export function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}
