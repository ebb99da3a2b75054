// @ts-check

/** @param {readonly number[]} values one or more */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {readonly number[]} values one or more
 * @returns {{ median: number, min: number }}
 */
export function summary(values) {
  return { median: median(values), min: Math.min(...values) };
}

/**
 * The b of cost = a size^b, by least squares of log(cost) on log(size).
 * @param {readonly (readonly [size: number, cost: number])[]} points two or more sizes
 */
export function fittedExponent(points) {
  const x = points.map(([size]) => Math.log(size));
  const y = points.map(([, cost]) => Math.log(cost));
  const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}
