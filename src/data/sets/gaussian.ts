import type { Dataset } from "../dataset.js";
import { distributionDataset } from "../distribution.js";
import type { SyntheticEntry } from "../entry.js";

/**
 * One standard normal distribution in the plane: the simplest thing to learn, since latents have the same distribution. Its one mode is as
 * wide as the data, so that to count it as captured would say nothing.
 */
export function gaussian(): Dataset {
  return distributionDataset({
    name: "gaussian",
    draw: (rng, n) => ({ points: rng.normals(2 * n) }),
    center: [0, 0],
    spread: 1,
  });
}

export const gaussianEntry: SyntheticEntry = {
  name: "gaussian",
  title: "One Gaussian",
  summary: "a single Gaussian",
  open: gaussian,
};
