import type { Dataset } from "./dataset.js";
import { distributionDataset } from "./distribution.js";

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
