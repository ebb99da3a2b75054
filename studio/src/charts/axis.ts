/** How the height of a chart counts. */
export type Scale = "linear" | "logarithmic" | "share";

/** Below this a figure on a logarithmic axis lies at its lower end. */
export const SMALLEST = 1e-9;

/** Iterations between two numbers below a chart: no fractions, which would be written as the same whole number. */
export const ITERATION_STEPS: readonly number[] = [1, 2, 5]
  .flatMap((step) => Array.from({ length: 8 }, (_, power) => step * 10 ** power))
  .sort((a, b) => a - b);

const EMPTY: Readonly<Record<Scale, readonly [number, number]>> = {
  linear: [0, 1],
  logarithmic: [1e-3, 10],
  share: [0, 1],
};

/**
 * What an axis reaches over: the extent of its figures and a little more, in whole powers of ten where it is logarithmic.
 * @param most what a linear axis ends at, where figures go beyond. Default: all are seen
 */
export function axisRange(
  scale: Scale,
  extent: readonly [number, number] | null,
  most: number = Infinity,
): [number, number] {
  const [low, high] = extent ? [extent[0], Math.min(extent[1], Math.max(most, extent[0]))] : EMPTY[scale];
  switch (scale) {
    case "share":
      return [0, 1.02];
    case "logarithmic": {
      const from = Math.floor(Math.log10(Math.max(low, SMALLEST)));
      const to = Math.ceil(Math.log10(Math.max(high, SMALLEST)));
      return [10 ** from, 10 ** Math.max(to, from + 1)];
    }
    case "linear": {
      const margin = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
      // An axis that nearly begins at nought begins there.
      return [low >= 0 && low < high / 2 ? 0 : low - margin, high + margin];
    }
  }
}
