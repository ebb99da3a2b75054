import { shortfall } from "../../metrics/mainFigure.js";
import type { Shown } from "../../metrics/metric.js";
import { numbersAxis } from "./placedAxis.js";

/** From the best to the worst: both ends, and the grey between them, are read on light and dark pages, and by all eyes. */
const BEST = [0x1f, 0x7a, 0xd1];
const MIDDLE = [0x8b, 0x92, 0x9c];
const WORST = [0xd8, 0x6c, 0x1b];

/** The colour of a mean of a figure among those of all settings, `#rrggbb`, by its logarithm where they span a factor of 10. */
export function coloursOf(figure: Shown, means: readonly number[]): (mean: number) => string {
  const short = means.map((mean) => shortfall(figure, mean));
  const axis = numbersAxis("", short);
  return (mean) => mixed(axis.place(shortfall(figure, mean)) ?? 1);
}

/** 0: best, 1: worst. */
export function mixed(at: number): string {
  const [from, to, share] = at < 0.5 ? [BEST, MIDDLE, 2 * at] : [MIDDLE, WORST, 2 * at - 1];
  const channels = from.map((channel, i) => Math.round(channel + share * ((to[i] ?? 0) - channel)));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
