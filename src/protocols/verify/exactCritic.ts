import { exactTransportSync } from "../../transport/exact.js";
import { type CriticFigures, criticFigures } from "./measure.js";
import { drawPairs } from "./pairs.js";
import type { CellSamples } from "./samples.js";

/** Points of each side that the transport problem is solved for, as many as a batch of the trained critics has. */
const POINTS = 1024;

/** From which side of the batch the potential is extended to the rest of the space. */
export type Extension = "reals" | "fakes";

/**
 * The best critic of one batch, by exact optimal transport, on the held-out fakes. Its estimate is the Earth mover's distance of the
 * batch. The dual potentials say what the critic is on the batch; between its points two extensions are 1-Lipschitz, and anything between
 * them (McShane 1934):
 *
 *     from the reals x_i with u_i:   c(p) = max_i (u_i - |x_i - p|)       from the fakes y_j with v_j:   c(p) = min_j (|p - y_j| - v_j)
 *
 * The gradient of the first points to a real, that of the second away from another fake.
 */
export function exactCriticFigures(samples: CellSamples, extension: Extension): CriticFigures {
  const { pair, heldOut } = samples;
  const { dimension } = pair;
  const rng = samples.rng();
  const { real } = drawPairs(pair, rng, POINTS);
  const { fake } = drawPairs(pair, rng, POINTS);
  const { cost, potentials } = exactTransportSync({
    a: { points: Float64Array.from(real), dimension },
    b: { points: Float64Array.from(fake), dimension },
  });
  const gradients =
    extension === "reals"
      ? directions(heldOut.fake, real, potentials.u, dimension, -1)
      : directions(heldOut.fake, fake, potentials.v, dimension, 1);
  return criticFigures(pair, heldOut, gradients, cost);
}

/** For each point the unit vector from its anchor, the one of the least distance minus height, times `sign`. */
function directions(
  points: Float32Array,
  anchors: Float32Array,
  heights: Float64Array,
  dimension: number,
  sign: 1 | -1,
): Float64Array {
  const result = new Float64Array(points.length);
  for (let p = 0; p < points.length; p += dimension) {
    let [nearest, length, least] = [0, 0, Infinity];
    for (let j = 0, a = 0; j < heights.length; j++) {
      let square = 0;
      for (let k = p; k < p + dimension; k++, a++) square += (points[k]! - anchors[a]!) ** 2;
      const distance = Math.sqrt(square);
      if (distance - heights[j]! >= least) continue;
      nearest = j * dimension;
      length = distance;
      least = distance - heights[j]!;
    }
    if (length === 0) continue;
    for (let k = 0; k < dimension; k++) result[p + k] = (sign * (points[p + k]! - anchors[nearest + k]!)) / length;
  }
  return result;
}
