import type { Dataset } from "../dataset.js";
import { distributionDataset } from "../distribution.js";
import type { SyntheticEntry } from "../entry.js";

/**
 * A line: (t, t) with t uniform on [-1, 1], without noise. It has no area, so fakes beside it never overlap with it: the case in which
 * the Jensen-Shannon divergence is the same at every distance (arXiv:1701.07875, example 1). Training units are these times the square
 * root of 3, which gives unit variance.
 */
export function line(): Dataset {
  return distributionDataset({
    name: "line",
    draw(rng, n) {
      const points = new Float32Array(2 * n);
      for (let i = 0; i < n; i++) points.fill(2 * rng.uniform() - 1, 2 * i, 2 * i + 2);
      return { points };
    },
    center: [0, 0],
    spread: Math.sqrt(1 / 3),
  });
}

export const lineEntry: SyntheticEntry = {
  name: "line",
  title: "Line",
  summary: "points on a straight line, which has no area",
  open: line,
};
