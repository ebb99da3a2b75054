import type { Dataset } from "../dataset.js";
import { distributionDataset } from "../distribution.js";
import type { SyntheticEntry } from "../entry.js";

/**
 * Swiss roll in the plane, as WGAN-GP's toy code (arXiv:1704.00028) draws it: columns 0 and 2 of scikit-learn's `make_swiss_roll`,
 * that is (t cos t, t sin t) with t uniform on [1.5 pi, 4.5 pi], plus normal noise of deviation 0.25. Training units are these
 * divided by 7.5.
 */
export function swissRoll(): Dataset {
  return distributionDataset({
    name: "swiss-roll",
    draw(rng, n) {
      const points = rng.normals(2 * n);
      for (let i = 0; i < points.length; i += 2) {
        const t = 1.5 * Math.PI * (1 + 2 * rng.uniform());
        points[i] = t * Math.cos(t) + 0.25 * points[i]!;
        points[i + 1] = t * Math.sin(t) + 0.25 * points[i + 1]!;
      }
      return { points };
    },
    center: [0, 0],
    spread: 7.5,
  });
}

export const swissRollEntry: SyntheticEntry = {
  name: "swiss-roll",
  title: "Swiss roll",
  summary: "a spiral in the plane",
  open: swissRoll,
};
