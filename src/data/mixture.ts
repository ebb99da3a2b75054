import type { Rng } from "../random.js";
import type { Dataset } from "./dataset.js";
import { distributionDataset } from "./distribution.js";
import type { LabelOptions } from "./labels.js";

/** Where the Gaussians of a mixture lie, in the units of the paper it comes from. */
export interface Mixture {
  readonly name: string;
  readonly centers: readonly (readonly number[])[];
  /** How frequent each mode is, in whole numbers. Default: all alike. */
  readonly weights?: readonly number[];
  readonly deviation: number;
  readonly spread: number;
}

/** A mixture of Gaussians in the plane, all of one deviation. Points are labelled with their mode, by its place in `centers`. */
export function mixture(
  { name, centers, weights = centers.map(() => 1), deviation, spread }: Mixture,
  { conditional = false }: LabelOptions,
): Dataset {
  const placeOf = weights.flatMap((weight, place) => Array<number>(weight).fill(place));
  const draw = (rng: Rng, n: number) => {
    const points = rng.normals(2 * n);
    const places = new Uint32Array(n);
    for (let i = 0; i < n; i++) {
      const place = placeOf[rng.integer(placeOf.length)]!;
      const [x, y] = centers[place]!;
      points[2 * i] = x! + deviation * points[2 * i]!;
      points[2 * i + 1] = y! + deviation * points[2 * i + 1]!;
      places[i] = place;
    }
    return { points, places };
  };
  const labels = { name: "mode", categories: centers.map((_, mode) => String(mode)) };
  return distributionDataset({
    name,
    draw,
    center: [0, 0],
    spread,
    modes: { centers, deviation },
    labels: conditional ? labels : undefined,
  });
}
