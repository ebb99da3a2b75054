import type { Dataset } from "../dataset.js";
import { distributionDataset } from "../distribution.js";
import type { SyntheticEntry } from "../entry.js";
import type { LabelOptions } from "../labels.js";

/** Inner and outer radius of the disc and of the ring. */
const REGIONS = [
  [0, 0.5],
  [1.5, 2],
] as const;

/**
 * Disjoint regions: half of the points uniform on a disc of radius 0.5, half on the ring of radii 1.5 to 2 around it. A generator is
 * continuous and its latents are in one piece, so that it can only thin out the bridge between the two, and never cut it. Points are
 * labelled with their region, disc or ring. Training units are these divided by 0.9, which gives about unit variance.
 * @param options whether the labels of its points are the condition. Default: they are not
 */
export function disjointRegions({ conditional = false }: LabelOptions = {}): Dataset {
  return distributionDataset({
    name: "disjoint-regions",
    draw(rng, n) {
      const points = new Float32Array(2 * n);
      const places = new Uint32Array(n);
      for (let i = 0; i < n; i++) {
        const place = rng.integer(2);
        const [inner, outer] = REGIONS[place]!;
        const radius = Math.sqrt(inner ** 2 + (outer ** 2 - inner ** 2) * rng.uniform());
        const angle = 2 * Math.PI * rng.uniform();
        points[2 * i] = radius * Math.cos(angle);
        points[2 * i + 1] = radius * Math.sin(angle);
        places[i] = place;
      }
      return { points, places };
    },
    center: [0, 0],
    spread: 0.9,
    labels: conditional ? { name: "region", categories: ["disc", "ring"] } : undefined,
  });
}

export const disjointRegionsEntry: SyntheticEntry = {
  name: "disjoint-regions",
  title: "Disjoint regions",
  summary: "a disc, and a ring around it that does not touch it",
  labels: "region",
  open: disjointRegions,
};
