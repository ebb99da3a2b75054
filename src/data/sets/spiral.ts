import type { Dataset } from "../dataset.js";
import { distributionDataset } from "../distribution.js";
import type { SyntheticEntry } from "../entry.js";

/**
 * Spiral of two arms: half of the points on (t cos t, t sin t) and half on its mirror image (-t cos t, -t sin t), plus normal noise of
 * deviation 0.25, as the two spirals of Lang and Witbrock (1988) with one and a half turns. t is 3 pi times the square root of a uniform
 * number, so that the outer turns are about as dense as the inner ones. Training units are these divided by 4.7.
 */
export function spiral(): Dataset {
  return distributionDataset({
    name: "spiral",
    draw(rng, n) {
      const points = rng.normals(2 * n);
      for (let i = 0; i < points.length; i += 2) {
        const t = 3 * Math.PI * Math.sqrt(rng.uniform());
        const radius = rng.integer(2) === 0 ? t : -t;
        points[i] = radius * Math.cos(t) + 0.25 * points[i]!;
        points[i + 1] = radius * Math.sin(t) + 0.25 * points[i + 1]!;
      }
      return { points };
    },
    center: [0, 0],
    spread: 4.7,
  });
}

export const spiralEntry: SyntheticEntry = {
  name: "spiral",
  title: "Spiral",
  summary: "two arms wound into each other",
  open: spiral,
};
