/** What the values of a table's column have in common. */
export interface Column {
  readonly name: string;
  /** The fewest digits after the point that hold every value: 0 for whole numbers. `null` where 14 are too few. */
  readonly decimals: number | null;
  /** The smallest and the largest value; `null` where there are no bounds. */
  readonly range: readonly [number, number] | null;
}

/** As in SDV: beyond it the digits are those of a measurement that was never rounded, or of arithmetic. */
const MOST_DECIMALS = 14;

/**
 * What the columns of a table have in common.
 * @param values `[rows, names.length]`, flat, all finite
 */
export function describeColumns(names: readonly string[], values: ArrayLike<number>) {
  return names.map((name, column) => {
    let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    let decimals = 0;
    for (let i = column; i < values.length; i += names.length) {
      const value = values[i]!;
      lowest = Math.min(lowest, value);
      highest = Math.max(highest, value);
      while (decimals <= MOST_DECIMALS && !hasDecimals(value, decimals)) decimals++;
    }
    const range: readonly [number, number] = [lowest, highest];
    return { name, decimals: decimals > MOST_DECIMALS ? null : decimals, range } satisfies Column;
  });
}

/** Whether a number is the float64 that is nearest to one of so many decimals. Both parts of the quotient are exact, so it is. */
function hasDecimals(value: number, decimals: number): boolean {
  return Number.isInteger(value) || Math.round(value * 10 ** decimals) / 10 ** decimals === value;
}
