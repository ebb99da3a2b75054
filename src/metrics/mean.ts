/** The arithmetic mean; not a number of no values. */
export function mean(values: Float32Array | readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total / values.length;
}
