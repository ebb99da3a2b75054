import { evenTicks, extent } from "../../../src/report/drawing/scale.js";
import { type Grid, meanAt } from "./grid.js";

/** What the colours of a surface mean. */
export interface ScoreScale {
  /** A probability, which lies between 0 and 1 whatever is trained; a score may be any number. */
  readonly bounded: boolean;
  /** From the first to the last colour of the legend: 0 and 1 where bounded, else the smallest and the largest value found. */
  readonly domain: readonly [number, number];
  /** What has the colour between those of real and fake: 0.5, or half-way between the mean scores of both, since scores count up to a constant. */
  readonly middle: number;
  /** The mean output on the real samples and on the fakes; `null` where it is not finite. */
  readonly real: number | null;
  readonly fake: number | null;
}

/** @param real samples `[count, 2]`; `fakes` likewise */
export function scoreScale(
  surface: Grid,
  output: "probability" | "score",
  real: Float32Array,
  fakes: Float32Array,
): ScoreScale {
  const means = { real: meanAt(surface, real), fake: meanAt(surface, fakes) };
  if (output === "probability") return { bounded: true, domain: [0, 1], middle: 0.5, ...means };
  const domain = extent(surface.values);
  const middle = ((means.real ?? domain[1]) + (means.fake ?? domain[0])) / 2;
  return { bounded: false, domain, middle, ...means };
}

/**
 * Which colour a value has, from 0 to 1: 0.5 is the middle. On each side of it equal steps of the value are equal steps of the colour; of
 * scores the two sides differ, since a critic may fall far below the middle and rise little above it.
 */
export function colorShare({ domain: [low, high], middle }: ScoreScale, value: number): number {
  const reach = value < middle ? middle - low : high - middle;
  if (!(reach > 0)) return 0.5;
  return Math.min(1, Math.max(0, 0.5 + (value - middle) / (2 * reach)));
}

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The values that contour lines are drawn at: tenths of a probability, and of scores round ones and those half-way between. */
export function contourLevels({ bounded, domain: [low, high] }: ScoreScale): readonly number[] {
  if (bounded) return TENTHS;
  if (!(low < high)) return [];
  const round = evenTicks([low, high]);
  const half = (round[1]! - round[0]!) / 2;
  return [round[0]! - half, ...round.flatMap((level) => [level, level + half])].filter(
    (level) => level > low && level < high,
  );
}
