import { DEVIATION, LARGEST_MEAN, LINE, type Means } from "./protocol.js";

/** The ends of the bar that shows small numbers, and of the one that does not. */
export const LOG_ENDS: readonly [number, number] = [1e-12, 10];
export const LINEAR_END = 1.5;

/** How much of the picture's height a density takes. */
export const HEAP_SHARE = 0.32;

/** How long a bar is on a logarithmic scale, from 0 to 1. */
export function logShare(value: number): number {
  const [low, high] = LOG_ENDS.map(Math.log10) as [number, number];
  return within(0, 1, (Math.log10(value) - low) / (high - low));
}

/** How long a bar is on a linear scale, from 0 to 1. */
export function linearShare(value: number): number {
  return within(0, 1, value / LINEAR_END);
}

/** The nearest place that a distribution may have. */
function allowedMean(mean: number): number {
  return within(-LARGEST_MEAN, LARGEST_MEAN, Math.round(mean * 100) / 100);
}

/** The means so far apart, about the same middle as far as the line allows, and each on the side where it is. */
export function movedApart({ real, fake }: Means, distance: number): Means {
  const half = distance / 2;
  const middle = within(half - LARGEST_MEAN, LARGEST_MEAN - half, (real + fake) / 2);
  const side = real < fake ? -1 : 1;
  return { real: allowedMean(middle + side * half), fake: allowedMean(middle - side * half) };
}

const STEPS: Readonly<Record<string, (mean: number) => number>> = {
  ArrowLeft: (mean) => mean - 0.1,
  ArrowDown: (mean) => mean - 0.1,
  ArrowRight: (mean) => mean + 0.1,
  ArrowUp: (mean) => mean + 0.1,
  PageDown: (mean) => mean - 1,
  PageUp: (mean) => mean + 1,
  Home: () => -LARGEST_MEAN,
  End: () => LARGEST_MEAN,
};

/** Where a key moves a distribution; `null` for a key that moves nothing. */
export function steppedMean(key: string, mean: number): number | null {
  const step = STEPS[key];
  return step ? allowedMean(step(mean)) : null;
}

/** The optimal critic between two Gaussians of one deviation: a line of slope 1 that rises to the reals. It is 0 half-way. */
export function optimalScore(x: number, { real, fake }: Means): number {
  return Math.sign(real - fake) * (x - (real + fake) / 2);
}

/** The density of a Gaussian relative to its highest, at `share` from 0 to 1 of the part that is drawn: `[x, height]`. */
export function densityAt(mean: number, share: number): [number, number] {
  const z = 6.4 * (share - 0.5);
  return [mean + DEVIATION * z, Math.exp((-z * z) / 2)];
}

/** From coordinates of a picture to pixels. */
export interface LineScales {
  readonly x: (value: number) => number;
  readonly probability: (value: number) => number;
  /** Of the same range as the line, so that slope 1 is always drawn as steep. */
  readonly score: (value: number) => number;
}

export interface Edges {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function lineScales({ left, right, top, bottom }: Edges): LineScales {
  const [low, high] = LINE;
  const share = (value: number) => (value - low) / (high - low);
  return {
    x: (value) => left + share(value) * (right - left),
    probability: (value) => bottom - value * (bottom - top),
    score: (value) => bottom - share(value) * (bottom - top),
  };
}

function within(low: number, high: number, value: number): number {
  return Math.min(high, Math.max(low, value));
}
