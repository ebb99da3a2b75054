import type { Dataset } from "../dataset.js";
import type { SyntheticEntry } from "../entry.js";
import type { LabelOptions } from "../labels.js";
import { mixture } from "../mixture.js";

/**
 * Ring of 8: an equal mixture of Gaussians with means (cos k pi/4, sin k pi/4) and deviation 0.01, the protocol of VEEGAN
 * (arXiv:1705.07761, section 4.1) and PacGAN (arXiv:1712.04086). Training units are the protocol's times the square root of 2,
 * which gives unit variance and is the ring that WGAN-GP's toy code trains on (radius 2, deviation 0.02, divided by 1.414).
 * @param options whether the labels of its points are the condition. Default: they are not
 */
export function ring(options: LabelOptions = {}): Dataset {
  const centers = Array.from({ length: 8 }, (_, k) => [Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)]);
  return mixture({ name: "ring", centers, deviation: 0.01, spread: Math.SQRT1_2 }, options);
}

export const ringEntry: SyntheticEntry = {
  name: "ring",
  title: "Ring",
  summary: "8 narrow Gaussians on a circle",
  labels: "mode",
  open: ring,
};
