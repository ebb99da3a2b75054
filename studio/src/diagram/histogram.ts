const BINS = 30;

/** How many values lie in each of `BINS` equal parts of a range, relative to the fullest of all given lists; what lies outside is in the last part. */
export function histograms(
  lists: readonly Float32Array[],
  [low, high]: readonly [number, number],
): readonly (readonly number[])[] {
  const counted = lists.map((values) => {
    const counts = Array<number>(BINS).fill(0);
    for (const value of values) {
      const bin = Math.floor((BINS * (value - low)) / (high - low));
      if (Number.isFinite(bin)) counts[Math.min(BINS - 1, Math.max(0, bin))]!++;
    }
    return counts;
  });
  const most = Math.max(1, ...counted.flat());
  return counted.map((counts) => counts.map((count) => count / most));
}

/** The range that answers are drawn over: 0 to 1 of probabilities, and of scores a little more than they take. */
export function answerRange(
  output: "probability" | "score",
  lists: readonly Float32Array[],
): readonly [number, number] {
  if (output === "probability") return [0, 1];
  const finite = lists.flatMap((values) => [...values].filter(Number.isFinite));
  if (finite.length === 0) return [-1, 1];
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const margin = Math.max(0.05 * (high - low), 1e-3);
  return [low - margin, high + margin];
}

export function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
