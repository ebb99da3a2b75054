/**
 * Pearson's correlation, how near to a straight line that rises (1) or falls (-1) paired numbers lie:
 *
 *     r = sum_i (x_i - mean x) (y_i - mean y) / sqrt(sum_i (x_i - mean x)^2  sum_i (y_i - mean y)^2)
 *
 * @param x finite numbers
 * @param y as many
 * @returns in [-1, 1]; `null` where there are fewer than two pairs, or all of `x` or all of `y` are equal
 * @throws RangeError where `y` is longer or shorter than `x`, or a number is not finite
 *
 * Reference: Pearson, "Notes on regression and inheritance in the case of two parents", Proceedings of the Royal Society 58, 1895.
 */
export function pearsonCorrelation(x: readonly number[], y: readonly number[]): number | null {
  checkPairs(x, y);
  if (x.length < 2 || isConstant(x) || isConstant(y)) return null;
  const [a, b] = [centred(x), centred(y)];
  const r = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  return Math.min(1, Math.max(-1, r));
}

/**
 * Spearman's rank correlation, Pearson's of the ranks: 1 where one number always rises with the other, along whatever curve. Equal
 * numbers share the mean of their ranks.
 * @param x finite numbers
 * @param y as many
 * @returns in [-1, 1]; `null` as for `pearsonCorrelation`
 * @throws RangeError as `pearsonCorrelation`
 *
 * Reference: Spearman, "The proof and measurement of association between two things", American Journal of Psychology 15, 1904.
 */
export function spearmanCorrelation(x: readonly number[], y: readonly number[]): number | null {
  checkPairs(x, y);
  return pearsonCorrelation(ranks(x), ranks(y));
}

function checkPairs(x: readonly number[], y: readonly number[]): void {
  if (x.length !== y.length) throw new RangeError(`${x.length} numbers are not pairs with ${y.length}`);
  for (const [name, values] of Object.entries({ x, y })) {
    const odd = values.findIndex((value) => !Number.isFinite(value));
    if (odd >= 0)
      throw new RangeError(`number ${odd + 1} of ${name} is ${values[odd]}; a correlation needs finite ones`);
  }
}

/** The place of each number in their order, from 1; equal numbers share the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((i, j) => values[i]! - values[j]!);
  const found = new Array<number>(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let place = start; place < end; place++) found[order[place]!] = (start + end + 1) / 2;
  }
  return found;
}

// Their mean may round to another number, so that the squares would not vanish.
function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}

/** Less their mean, in shares of the largest, so that no square overflows or vanishes. */
function centred(values: readonly number[]): number[] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scaled = values.map((value) => value / largest);
  const mean = scaled.reduce((sum, value) => sum + value, 0) / values.length;
  return scaled.map((value) => value - mean);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
