const BLOCKS = "▁▂▃▄▅▆▇█";

/**
 * Numbers as a row of blocks, the lowest for the smallest of them; a space where a number is not finite.
 * @param width blocks at most: of more numbers than that, each block is a mean
 */
export function sparkline(values: readonly number[], width: number): string {
  const count = Math.min(width, values.length);
  const means = Array.from({ length: count }, (_, i) => {
    const [from, to] = [i, i + 1].map((end) => Math.round((end * values.length) / count));
    const part = values.slice(from, to).filter(Number.isFinite);
    return part.length === 0 ? Number.NaN : part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const finite = means.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return means
    .map((mean) => {
      if (!Number.isFinite(mean)) return " ";
      const height = high === low ? 0.5 : (mean - low) / (high - low);
      return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(height * BLOCKS.length))];
    })
    .join("");
}
