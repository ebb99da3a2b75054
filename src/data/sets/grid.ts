import type { Dataset } from "../dataset.js";
import type { SyntheticEntry } from "../entry.js";
import type { LabelOptions } from "../labels.js";
import { mixture } from "../mixture.js";

/**
 * Grid of 25: an equal mixture of Gaussians with means {-4, -2, 0, 2, 4}^2 and deviation 0.05, the protocol of VEEGAN and PacGAN.
 * Training units are the protocol's divided by 2.828, as in WGAN-GP's toy code, which gives unit variance.
 * @param options whether the labels of its points are the condition. Default: they are not
 */
export function grid(options: LabelOptions = {}): Dataset {
  const steps = [-4, -2, 0, 2, 4];
  const centers = steps.flatMap((x) => steps.map((y) => [x, y]));
  return mixture({ name: "grid", centers, deviation: 0.05, spread: 2.828 }, options);
}

export const gridEntry: SyntheticEntry = {
  name: "grid",
  title: "Grid",
  summary: "25 narrow Gaussians on a 5 by 5 grid",
  labels: "mode",
  open: grid,
};
