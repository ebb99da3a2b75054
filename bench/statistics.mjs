// @ts-check

/** @param {readonly number[]} values one or more */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const { length } = sorted;
  return mean(sorted.slice((length - 1) >> 1, (length >> 1) + 1));
}

/** @param {readonly number[]} values one or more */
export function summary(values) {
  return { median: median(values), min: Math.min(...values) };
}

/**
 * The b of cost = a size^b, by least squares of log(cost) on log(size).
 * @param {readonly (readonly [size: number, cost: number])[]} points of two sizes or more
 */
export function fittedExponent(points) {
  const logarithms = points.map(([size, cost]) => ({ x: Math.log(size), y: Math.log(cost) }));
  const meanX = mean(logarithms.map(({ x }) => x));
  const meanY = mean(logarithms.map(({ y }) => y));
  const covariance = mean(logarithms.map(({ x, y }) => (x - meanX) * (y - meanY)));
  return covariance / mean(logarithms.map(({ x }) => (x - meanX) ** 2));
}

/** @param {readonly number[]} values */
export function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
