import type { Dataset } from "../dataset.js";
import { distributionDataset } from "../distribution.js";
import type { SyntheticEntry } from "../entry.js";

/**
 * Two moons, as scikit-learn's `make_moons`: half of the points on (cos t, sin t) and half on (1 - cos t, 0.5 - sin t), t from 0 to
 * pi (drawn uniformly; scikit-learn spaces it evenly), plus normal noise of deviation 0.05. Training units are these less the mean
 * (0.5, 0.25), divided by 0.7: the two variances, 0.76 and 0.25 before, then have a mean of about 1.
 */
export function moons(): Dataset {
  return distributionDataset({
    name: "moons",
    draw(rng, n) {
      const points = rng.normals(2 * n);
      for (let i = 0; i < points.length; i += 2) {
        const t = Math.PI * rng.uniform();
        const upper = rng.integer(2) === 0;
        points[i] = (upper ? Math.cos(t) : 1 - Math.cos(t)) + 0.05 * points[i]!;
        points[i + 1] = (upper ? Math.sin(t) : 0.5 - Math.sin(t)) + 0.05 * points[i + 1]!;
      }
      return { points };
    },
    center: [0.5, 0.25],
    spread: 0.7,
  });
}

export const moonsEntry: SyntheticEntry = {
  name: "moons",
  title: "Two moons",
  summary: "two interleaved half circles",
  open: moons,
};
