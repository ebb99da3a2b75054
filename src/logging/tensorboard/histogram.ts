/** How many values lie in each of some buckets, with what TensorBoard is told beside. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** The upper end of each bucket; the first one has no lower end. */
  readonly limits: Float64Array;
  /** As many as limits. */
  readonly counts: Float64Array;
}

/** TensorBoard's own buckets: from 1e-12 each a tenth wider than the one before, to 1e20, mirrored, and 0 between. */
const LIMITS = Float64Array.from(bucketLimits());

function bucketLimits(): number[] {
  const positive: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit);
  positive.push(Number.MAX_VALUE);
  return [...positive.map((limit) => -limit).reverse(), 0, ...positive];
}

/** The histogram of values; those that are not finite are left out. Of buckets in a row that are empty, one is kept. */
export function histogramOf(values: ArrayLike<number>): Histogram {
  const all = new Float64Array(LIMITS.length);
  let [min, max, count, sum, sumOfSquares] = [Number.MAX_VALUE, -Number.MAX_VALUE, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value)) continue;
    const bucket = bucketOf(value);
    all[bucket] = (all[bucket] ?? 0) + 1;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
    sum += value;
    sumOfSquares += value * value;
  }
  const places = [...all.keys()].filter((place) => all[place] !== 0 || all[place + 1] !== 0);
  const kept = places.slice(0, places.findLastIndex((place) => all[place] !== 0) + 1);
  return {
    ...{ min, max, count, sum, sumOfSquares },
    limits: Float64Array.from(kept, (place) => LIMITS[place] ?? 0),
    counts: Float64Array.from(kept, (place) => all[place] ?? 0),
  };
}

/** The first bucket whose limit is above the value. */
function bucketOf(value: number): number {
  let [low, high] = [0, LIMITS.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((LIMITS[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
