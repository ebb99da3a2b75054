import type { Dataset } from "../dataset.js";
import type { SyntheticEntry } from "../entry.js";
import type { LabelOptions } from "../labels.js";
import { mixture } from "../mixture.js";

/**
 * Two Gaussians: an equal mixture with means (-1, -1) and (1, 1) and deviation 0.25, in training units. The smallest case in which a
 * generator can forget a mode.
 * @param options whether the labels of its points are the condition. Default: they are not
 */
export function twoGaussians(options: LabelOptions = {}): Dataset {
  const centers = [
    [-1, -1],
    [1, 1],
  ];
  return mixture({ name: "two-gaussians", centers, deviation: 0.25, spread: 1 }, options);
}

export const twoGaussiansEntry: SyntheticEntry = {
  name: "two-gaussians",
  title: "Two Gaussians",
  summary: "two Gaussians side by side",
  labels: "mode",
  open: twoGaussians,
};
