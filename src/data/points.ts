import { moons, swissRoll } from "./curves.js";
import type { Dataset } from "./dataset.js";
import { grid, ring, twoGaussians } from "./gaussians.js";

/** The synthetic data sets that go by a name. Nothing that this file imports needs Node, so a browser can use it. */
export const pointDatasets = {
  ring: { description: "8 narrow Gaussians on a circle", open: ring },
  grid: { description: "25 narrow Gaussians on a 5 by 5 grid", open: grid },
  "two-gaussians": { description: "two Gaussians side by side", open: twoGaussians },
  "swiss-roll": { description: "a spiral in the plane", open: swissRoll },
  moons: { description: "two interleaved half circles", open: moons },
} as const satisfies Readonly<Record<string, { readonly description: string; readonly open: () => Dataset }>>;

export { moons, swissRoll } from "./curves.js";
export { disjointPair, gaussian1d, grid, overlappingPair, type Pair, ring, twoGaussians } from "./gaussians.js";
