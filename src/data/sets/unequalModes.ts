import type { Dataset } from "../dataset.js";
import type { SyntheticEntry } from "../entry.js";
import type { LabelOptions } from "../labels.js";
import { mixture } from "../mixture.js";

/**
 * Unequal modes: Gaussians with means (cos 2 k pi/5, sin 2 k pi/5), k from 0 to 4, and deviation 0.05, each half as frequent as the one
 * before it: their shares are 16, 8, 4, 2 and 1 of 31. The rarest are the first to be forgotten. Training units are these times the
 * square root of 2, in which the squares along the two axes have a mean of 1 together.
 * @param options whether the labels of its points are the condition. Default: they are not
 */
export function unequalModes(options: LabelOptions = {}): Dataset {
  const weights = [16, 8, 4, 2, 1];
  const centers = weights.map((_, k) => [Math.cos((2 * k * Math.PI) / 5), Math.sin((2 * k * Math.PI) / 5)]);
  return mixture({ name: "unequal-modes", centers, weights, deviation: 0.05, spread: Math.SQRT1_2 }, options);
}

export const unequalModesEntry: SyntheticEntry = {
  name: "unequal-modes",
  title: "Unequal modes",
  summary: "5 Gaussians, each half as frequent as the one before it",
  labels: "mode",
  open: unequalModes,
};
